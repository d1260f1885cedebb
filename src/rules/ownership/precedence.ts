/** Whether something in a function is done before one of its exits is reached, as far as its text tells. */
import type { Ident, Node, ReturnStmt } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';

/** The outermost literal of the function that holds the use: what runs inside it, and when, is not judged. */
export function lifted(pkg: GoPackage, use: Ident, inside: Node): Node {
  let outermost: Node = use;
  for (let at = pkg.parentOf(use); at && at !== inside; at = pkg.parentOf(at))
    if (at.kind === 'FuncLit') outermost = at;
  return outermost;
}

/** The use stands before the exit (or in it) in a block around the exit, or on one of several branches before it. */
export function precedes(pkg: GoPackage, use: Node, exit: ReturnStmt): boolean {
  if (use.range.start > exit.range.end) return false;
  for (let at = pkg.parentOf(use); at; at = pkg.parentOf(at)) {
    if (at.kind === 'IfStmt' && at.els) continue;
    if (at.kind === 'BlockStmt' && isBranch(pkg, at) && !isInside(exit, at)) continue;
    if ((at.kind === 'CommClause' || at.kind === 'CaseClause') && !isInside(exit, at)) continue;
    if (at.kind === 'BlockStmt' || at.kind === 'CommClause' || at.kind === 'CaseClause') return isInside(exit, at);
  }
  return false;
}

/** A block of an `if` with `else`, of a literal, or of a loop: what it does counts for what follows. */
function isBranch(pkg: GoPackage, block: Node): boolean {
  const parent = pkg.parentOf(block);
  if (parent?.kind === 'IfStmt') return parent.els !== undefined;
  return (
    parent?.kind === 'FuncLit' ||
    parent?.kind === 'ForStmt' ||
    parent?.kind === 'RangeStmt' ||
    parent?.kind === 'BlockStmt'
  );
}

export function isInside(inner: Node, outer: Node): boolean {
  return outer.range.start <= inner.range.start && inner.range.end <= outer.range.end;
}
