/**
 * Releasing a lock: before the `return` that forgets it, by `defer` right after it was taken, or before the operation that
 * waits.
 */
import { fixOf, insertAfter, insertBefore, refuse, removeLines } from '../../../analysis/code-edits.ts';
import type { FixRefusal, SuggestedFix } from '../../../analysis/diagnostic.ts';
import type { Pass } from '../../../analysis/rule.ts';
import type { File, Node, Stmt } from '../../../go/ast.ts';
import type { GoPackage } from '../../../go/package.ts';
import { walk } from '../../../go/walk.ts';
import type { TextEdit } from '../../../text/text-edit.ts';
import { nodesAround, operationAt, type SourceSite, sourceSite } from '../operation.ts';
import { heldLock } from '../root-cause.ts';
import type { Story } from '../story.ts';
import { functionAround, lineOf, loopAround, meansTheSameAt, statementAround } from './scope.ts';

export function lockFixes(story: Story, { pkg }: Pass): readonly SuggestedFix[] | FixRefusal {
  const held = heldLock(story.leak);
  const heldAt = (held?.waiter ?? story.root).heldAt;
  const taken = heldAt && sourceSite(heldAt, []);
  if (!taken) return refuse('it is not known where the lock was taken');
  const unlock = unlockFor(taken);
  if (!unlock) return refuse('the lock is not taken by a plain `Lock` or `RLock`');
  const deferred = byDefer(taken, unlock);
  const single =
    deferred.length > 0 && forgetfulReturns(taken, unlock) > 1 ? [] : beforeReturn(story, taken, unlock, pkg);
  const fixes = [...beforeOperation(story, unlock), ...single, ...deferred];
  return fixes.length > 0 ? fixes : refuse('the lock is released by code that cannot be moved safely');
}

/** `s.mu.Unlock()` for a lock taken by `s.mu.Lock()`. */
function unlockFor(taken: SourceSite): string | undefined {
  const { node, name } = operationAt(taken);
  if (node?.kind !== 'CallExpr' || node.fun.kind !== 'SelectorExpr') return undefined;
  const method = node.fun.sel.name;
  return method === 'Lock' ? `${name}.Unlock()` : method === 'RLock' ? `${name}.RUnlock()` : undefined;
}

/** The stuck operation stands between `Lock` and `Unlock` of one block: the `Unlock` moves before it. */
function beforeOperation({ site, root }: Story, unlock: string): readonly SuggestedFix[] {
  // Releasing one lock before taking the other would let others see what the two protect together.
  if (root.kind === 'lock' || root.kind === 'rlock') return [];
  const around = statementAround(site.file, site.range);
  const release = around?.list.slice(around.at + 1).find((stmt) => isCall(site.file, stmt, unlock));
  if (!around || !release) return [];
  return [
    fixOf(site.file, `Call \`${unlock}\` before the operation that waits`, [
      insertBefore(site.file, around.stmt, [lineOf(site.file, release)]),
      removeLines(site.file, release),
    ]),
  ];
}

/** The `return` that leaves with the lock held gets an `Unlock` before it. */
function beforeReturn(
  { departure, keeper }: Story,
  taken: SourceSite,
  unlock: string,
  pkg: GoPackage,
): readonly SuggestedFix[] {
  const place = keeper ?? departure?.site;
  if (
    !place ||
    place.file !== taken.file ||
    functionAround(place.file, place.range)?.node !== functionAround(taken.file, taken.range)?.node
  )
    return [];
  const around = statementAround(place.file, place.range);
  if (around?.stmt.kind !== 'ReturnStmt') return [];
  const { target } = operationAt(taken);
  if (!target || !meansTheSameAt(pkg, place.file, target, around.stmt.range.start)) return [];
  return [
    fixOf(place.file, `Call \`${unlock}\` before this return`, [insertBefore(place.file, around.stmt, [unlock])]),
  ];
}

/** Returns behind the lock to which no `Unlock` leads; with several of them one more `Unlock` is no repair. */
function forgetfulReturns(taken: SourceSite, unlock: string): number {
  const { file } = taken;
  let count = 0;
  const func = functionAround(file, taken.range);
  if (!func) return count;
  walk(func.body, (node: Node) => {
    if (node.kind === 'ReturnStmt' && node.range.start > taken.range.end && !isReleased(file, node, taken, unlock))
      count += 1;
    return node.kind !== 'FuncLit';
  });
  return count;
}

/** An `Unlock` stands above a statement, behind the lock, in a block around it. */
function isReleased(file: File, stmt: Node, taken: SourceSite, unlock: string): boolean {
  return nodesAround(file, stmt.range)
    .flatMap((node) =>
      node.kind === 'BlockStmt' ? node.list : node.kind === 'CaseClause' || node.kind === 'CommClause' ? node.body : [],
    )
    .some((one) => one.range.start > taken.range.end && one.range.end <= stmt.range.start && isCall(file, one, unlock));
}

/** The function waits for others once it has released the lock: it must not keep the lock meanwhile. */
function waitsAfterRelease(file: File, body: Node, unlock: string): boolean {
  let waits = false;
  walk(body, (node: Node) => {
    const list = node.kind === 'BlockStmt' ? node.list : [];
    const released = list.findIndex((stmt) => isCall(file, stmt, unlock));
    waits ||= released >= 0 && list.slice(released + 1).some((stmt) => waiting.test(textOf(file, stmt)));
    return node.kind !== 'FuncLit' && !waits;
  });
  return waits;
}

const waiting = /\bselect\b|<-|\.(R?Lock|Wait|Do)\(|\bSleep\(/;

/** `defer` right after the lock; plain unlocks of the same function go. Not in a loop, where it would pile up. */
function byDefer(taken: SourceSite, unlock: string): readonly SuggestedFix[] {
  const { file } = taken;
  const func = functionAround(file, taken.range);
  const around = statementAround(file, taken.range);
  if (!func || !around || loopAround(file, taken.range) || !func.body.list.includes(around.stmt)) return [];
  const edits: TextEdit[] = [];
  let other = false;
  walk(func.body, (node: Node) => {
    if (node.kind === 'FuncLit') return false;
    if (node.kind === 'DeferStmt' && textOf(file, node.call) === unlock) other = true;
    if (node.kind === 'ExprStmt' && isCall(file, node, unlock)) edits.push(removeLines(file, node));
    return true;
  });
  if (other || waitsAfterRelease(file, func.body, unlock)) return [];
  const next = around.list[around.at + 1];
  const nextIsUnlock = next !== undefined && isCall(file, next, unlock);
  if (nextIsUnlock) return [];
  const at = insertAfter(file, around.stmt, [`defer ${unlock}`]);
  return [fixOf(file, `Defer \`${unlock}\`, so that every path releases the lock`, [at, ...edits])];
}

function isCall(file: File, stmt: Stmt, text: string): boolean {
  return stmt.kind === 'ExprStmt' && textOf(file, stmt.x) === text;
}

function textOf(file: File, node: Node): string {
  return file.text.slice(node.range.start, node.range.end);
}
