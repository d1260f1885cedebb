/** The name under which the tables of resources know a callee. */
import type { CallExpr, FuncDecl } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';

/** `net/http.Get`, `net/http.Client.Do`; undefined for functions of the package and for values. */
export function calleeName(pkg: GoPackage, call: CallExpr): string | undefined {
  const callee = pkg.calleeOf(call);
  if (callee.kind === 'external') return `${callee.path}.${callee.name}`;
  return callee.kind === 'externalMethod' ? `${callee.path}.${callee.type}.${callee.name}` : undefined;
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
