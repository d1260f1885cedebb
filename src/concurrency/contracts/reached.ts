/** What a function leads to, as far as the package shows it. */
import type { FuncDecl } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import { walk } from '../../go/walk.ts';
import type { Func } from './services.ts';

/** How many functions below one are looked at. */
const maxReached = 40;

/** By package and function, as many contracts ask about the same ones. */
const known = new WeakMap<GoPackage, Map<Func, ReadonlySet<Func>>>();

/** A function with those that it calls or starts, as far as the package shows. */
export function reachedFrom(pkg: GoPackage, func: Func): ReadonlySet<Func> {
  const ofPackage = known.get(pkg) ?? new Map<Func, ReadonlySet<Func>>();
  known.set(pkg, ofPackage);
  const reached = ofPackage.get(func) ?? reach(pkg, func);
  ofPackage.set(func, reached);
  return reached;
}

function reach(pkg: GoPackage, func: Func): ReadonlySet<Func> {
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
  for (const one of reachedFrom(pkg, func)) if (one.kind === 'FuncDecl' && others.has(one)) return true;
  return false;
}
