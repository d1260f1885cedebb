/** Returns that are reached before a release: the question of `go vet`'s lostcancel, by the nesting of the blocks. */
import type { FuncDecl, FuncLit, Ident, Node, ReturnStmt, Stmt } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import { walkOwn } from './reach.ts';

export interface Releasable {
  readonly inside: FuncDecl | FuncLit;
  /** The statement that makes what is to be released; its block is the scope in which the returns count. */
  readonly assignment: Stmt;
  /** Returns before the end of this statement do not count. */
  readonly after: Stmt;
}

/**
 * Returns of the function, its literals left out, that none of the uses precedes, in source order. A use in one of several
 * branches counts for what follows them.
 */
export function missedExits(
  pkg: GoPackage,
  { inside, assignment, after }: Releasable,
  uses: readonly Ident[],
): readonly ReturnStmt[] {
  const scope = pkg.parentOf(assignment);
  const missed: ReturnStmt[] = [];
  if (!inside.body || !scope) return missed;
  walkOwn(inside.body, (node) => {
    if (node.kind !== 'ReturnStmt' || !isInside(node, scope) || node.range.start < after.range.end) return;
    if (!uses.some((use) => precedes(pkg, lifted(pkg, use, inside), node))) missed.push(node);
  });
  return missed;
}

/** The outermost literal of the function that holds the use: what runs inside it, and when, is not judged. */
function lifted(pkg: GoPackage, use: Ident, inside: Node): Node {
  let outermost: Node = use;
  for (let at = pkg.parentOf(use); at && at !== inside; at = pkg.parentOf(at))
    if (at.kind === 'FuncLit') outermost = at;
  return outermost;
}

/** The use stands before the exit (or in it) in a block around the exit, or on one of several branches before it. */
function precedes(pkg: GoPackage, use: Node, exit: ReturnStmt): boolean {
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
