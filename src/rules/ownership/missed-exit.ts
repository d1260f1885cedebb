/** Returns that are reached before a release: the question of `go vet`'s lostcancel, by the nesting of the blocks. */
import type { FuncDecl, FuncLit, Ident, ReturnStmt, Stmt } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import { isInside, lifted, precedes } from './precedence.ts';
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
