/**
 * Results that a caller fetches by a call: a function starts a goroutine that sends one value on an unbuffered channel, and
 * returns a value whose method (or a function that) receives it. The caller need not fetch the result, and a method that
 * waits for something beside the result leaves without it; the send then waits forever. Room for the value costs nothing.
 */
import type { FuncDecl, Node, SendStmt } from '../../go/ast.ts';
import { isExported } from '../../go/exported.ts';
import type { GoPackage } from '../../go/package.ts';
import { isTestFile } from '../../go/test-code.ts';
import type { Site } from '../ir.ts';
import type { StuckProcess } from '../leak.ts';
import { escapes } from './escaping.ts';
import { type Func, isFunc, nodesAround } from './place.ts';

/** Whether a stuck goroutine has such a result, which the caller of `entry` may leave unfetched. */
export function isUnfetchedFuture(pkg: GoPackage, entry: Func, stuck: StuckProcess): boolean {
  const { kind, outside, process, site, callers, madeAt } = stuck;
  if (kind !== 'send' || !process.start || !madeAt || outside?.some((role) => role !== 'returned') !== false)
    return false;
  if (entry.kind !== 'FuncDecl' || asksToFetch(entry) || [site, ...callers].some(isInLoop)) return false;
  const send = site.file && nodesAround(site.file, site.range).findLast((node) => node.kind === 'SendStmt');
  const receives = send?.kind === 'SendStmt' ? fetchesOf(pkg, send) : undefined;
  if (!receives || receives.length === 0) return false;
  if (receives.some((node) => isBesideAnother(pkg, node))) return true;
  // Who calls it in the package is searched himself.
  return isExported(entry.name.name) && !isCalled(pkg, entry);
}

/** Where the result is received, when that is only in functions that the caller of the package may call or not. */
function fetchesOf(pkg: GoPackage, { chan }: SendStmt): readonly Node[] | undefined {
  const field = pkg.fieldOf(chan);
  if (field) {
    const uses = field.uses.filter(
      ({ file, kind }) => !isTestFile(file.path) && (kind === 'receive' || kind === 'range'),
    );
    const fetched = uses.every(({ kind, func, inGoroutine }) => {
      return kind === 'receive' && !inGoroutine && func?.recv !== undefined && isExported(func.name.name);
    });
    return isExported(field.name) || !fetched ? undefined : uses.map(({ node }) => node);
  }
  const binding = chan.kind === 'Ident' ? pkg.bindingOf(chan) : undefined;
  if (binding?.kind !== 'var' || binding.global) return undefined;
  const receives = pkg.usesOf(binding).flatMap((use) => {
    const parent = pkg.parentOf(use);
    return parent?.kind === 'UnaryExpr' && parent.op === '<-' ? [parent] : [];
  });
  const fetched = receives.every((node) => {
    const { inner } = pkg.enclosing(node);
    return inner !== undefined && escapes(pkg, inner);
  });
  return fetched ? receives : undefined;
}

/** `case v := <-f.result:` in a select that has other arms. */
function isBesideAnother(pkg: GoPackage, receive: Node): boolean {
  for (let at = pkg.parentOf(receive); at && at.kind !== 'BlockStmt'; at = pkg.parentOf(at)) {
    const select = at.kind === 'CommClause' ? pkg.parentOf(at) : undefined;
    if (select?.kind === 'SelectStmt') return select.clauses.length > 1;
  }
  return false;
}

/** The documentation obliges the caller. */
function asksToFetch({ doc }: FuncDecl): boolean {
  return /\b(must|should|has to|have to|needs? to|required)\b/i.test(doc ?? '');
}

function isCalled(pkg: GoPackage, decl: FuncDecl): boolean {
  return pkg.callersOf(decl).some((call) => !isTestFile(pkg.fileOf(call).path));
}

function isInLoop({ file, range }: Site): boolean {
  const around = file ? nodesAround(file, range) : [];
  const inner = around.slice(around.findLastIndex(isFunc) + 1);
  return inner.some((node) => node.kind === 'ForStmt' || node.kind === 'RangeStmt');
}
