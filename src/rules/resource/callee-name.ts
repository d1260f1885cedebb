/** The name under which the tables of resources know a callee. */
import type { CallExpr, FuncDecl } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';

/** `net/http.Get`, `net/http.Client.Do`; undefined for functions of the package and for values. */
export function calleeName(pkg: GoPackage, call: CallExpr): string | undefined {
  const callee = pkg.calleeOf(call);
  if (callee.kind === 'external') return `${callee.path}.${callee.name}`;
  return callee.kind === 'externalMethod' ? `${callee.path}.${callee.type}.${callee.name}` : undefined;
}

/** The function of this package that a call reaches. */
export function visibleCallee(pkg: GoPackage, call: CallExpr): FuncDecl | undefined {
  const callee = pkg.calleeOf(call);
  return (callee.kind === 'func' || callee.kind === 'method') && pkg.funcDecls.includes(callee.decl)
    ? callee.decl
    : undefined;
}
