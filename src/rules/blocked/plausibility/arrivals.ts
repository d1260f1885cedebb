/** Where a variable got its value from, in source order. */
import type { AssignStmt, FuncDecl, Ident } from '../../../go/ast.ts';
import type { GoPackage } from '../../../go/package.ts';
import { walk } from '../../../go/walk.ts';

/** The assignments before a use by which a variable, not the error itself, gets a result of a call that may fail. */
export function arrivals(pkg: GoPackage, decl: FuncDecl, value: Ident): readonly AssignStmt[] {
  return assignmentsOf(pkg, decl, value).filter(({ lhs, rhs }) => {
    const last = lhs.at(-1);
    if (rhs.length !== 1 || rhs[0]?.kind !== 'CallExpr' || lhs.length < 2 || last?.kind !== 'Ident') return false;
    return /^err|Err$/.test(last.name) && last.name !== value.name;
  });
}

export function assigns({ lhs }: AssignStmt, name: string): boolean {
  return lhs.some((target) => target.kind === 'Ident' && target.name === name);
}

/** The assignments to a variable that stand before one of its uses, in source order. */
export function assignmentsOf(pkg: GoPackage, decl: FuncDecl, use: Ident): readonly AssignStmt[] {
  const binding = pkg.bindingOf(use);
  const found: AssignStmt[] = [];
  walk(decl, (node) => {
    if (node.range.start >= use.range.start) return false;
    if (node.kind === 'AssignStmt' && node.lhs.some((to) => to.kind === 'Ident' && pkg.bindingOf(to) === binding))
      found.push(node);
    return true;
  });
  return found;
}
