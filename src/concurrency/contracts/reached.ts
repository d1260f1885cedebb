/** What a function leads to, as far as the package shows it. */
import type { FuncDecl } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import { walk } from '../../go/walk.ts';
import type { Func } from './services.ts';

/** How many functions below one are looked at. */
const maxReached = 40;

/** A function with those that it calls or starts, as far as the package shows. */
export function reachedFrom(pkg: GoPackage, func: Func): ReadonlySet<Func> {
  const reached = new Set<Func>([func]);
  for (const one of reached) {
    if (reached.size > maxReached) break;
    walk(one, (node) => {
      const callee = node.kind === 'CallExpr' ? pkg.calleeOf(node) : undefined;
      if (callee?.kind === 'func' || callee?.kind === 'method') reached.add(callee.decl);
      return true;
    });
  }
  return reached;
}

/** Whether a function leads to one of others. */
export function leadsTo(pkg: GoPackage, func: Func, others: ReadonlySet<FuncDecl>): boolean {
  return [...reachedFrom(pkg, func)].some((one) => one.kind === 'FuncDecl' && others.has(one));
}
