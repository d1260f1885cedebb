/** The name under which the tables of resources know a callee. */

import type { CallExpr, Expr, FuncDecl } from '../../go/ast.ts';
import { finalName } from '../../go/model.ts';
import type { GoPackage } from '../../go/package.ts';

/**
 * `net/http.Get`, `net/http.Client.Do`, whether the package is in sight or not; undefined for functions of the package
 * itself and for values.
 */
export function calleeName(pkg: GoPackage, call: CallExpr): string | undefined {
  const callee = pkg.calleeOf(call);
  switch (callee.kind) {
    case 'external':
      return `${callee.path}.${callee.name}`;
    case 'externalMethod':
      return `${callee.path}.${callee.type}.${callee.name}`;
    case 'func':
      return callee.home && `${callee.home.path}.${callee.decl.name.name}`;
    case 'method':
      return callee.home && methodName(pkg, call.fun);
    case 'dynamic':
      return methodName(pkg, call.fun);
    default:
      return undefined;
  }
}

/** By the type of the receiver: a method of an embedded type has the name of its own type only where that is not seen. */
function methodName(pkg: GoPackage, fun: Expr): string | undefined {
  if (fun.kind !== 'SelectorExpr') return undefined;
  const type = pkg.typeOf(fun.x);
  const named = type.kind === 'pointer' ? type.elem : type;
  return named.kind === 'named' ? `${named.path}.${named.name}.${fun.sel.name}` : undefined;
}

/** A function with a body in sight, and the package that answers questions about it. */
export interface VisibleCallee {
  readonly pkg: GoPackage;
  readonly decl: FuncDecl;
}

/** The function that a call reaches, in this package or in another one in sight. */
export function visibleCallee(pkg: GoPackage, call: CallExpr): VisibleCallee | undefined {
  const callee = pkg.calleeOf(call);
  if (callee.kind !== 'func' && callee.kind !== 'method') return undefined;
  const home = callee.home?.pkg ?? pkg;
  return home.funcDecls.includes(callee.decl) ? { pkg: home, decl: callee.decl } : undefined;
}

/** `assert.NoError(t, err)`: true when there is no error, other than `errors.Is(err, x)`. */
export function assertsSuccess({ fun }: CallExpr): boolean {
  return /^(No|Nil|Ok|Success)/i.test(finalName(fun) ?? '');
}
