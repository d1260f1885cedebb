/** Deletes a map entry on every path, under the lock that the function takes for storing it. */
import { fixOf, insertAfter, refuse, removeLines } from '../../analysis/code-edits.ts';
import type { FixRefusal, SuggestedFix } from '../../analysis/diagnostic.ts';
import type { CallExpr, Stmt } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import { loopsAround } from '../ownership/loop.ts';
import { textOf } from '../ownership/waiting.ts';
import type { KeptEntry } from './unclosed-channel.ts';

/** The deletes that are there become superfluous and are removed with their lock, each in one contiguous range. */
export function entryFix(
  pkg: GoPackage,
  { store, target, inside, deletes }: KeptEntry,
): readonly SuggestedFix[] | FixRefusal {
  const file = pkg.fileOf(store);
  const key = target.indices[0];
  if (!key || pkg.parentOf(store) !== inside.body || loopsAround(pkg, store).length > 0)
    return refuse('a `defer` would be in an inner block');
  const locked = lockAround(pkg, store);
  if (locked === 'deferred') return refuse('the lock is held until the function returns');
  const entry = `delete(${textOf(pkg, target.x)}, ${textOf(pkg, key)})`;
  const lines = locked
    ? ['defer func() {', `\t${locked.name}.Lock()`, `\tdefer ${locked.name}.Unlock()`, `\t${entry}`, '}()']
    : [`defer ${entry}`];
  const removals = deletes.flatMap((call) => removalOf(pkg, call, locked?.name));
  const insertion = insertAfter(file, locked?.unlock ?? store, lines);
  return [fixOf(file, 'Delete the entry when the function returns', [insertion, ...removals])];
}

interface LockAround {
  /** `s.mu`. */
  readonly name: string;
  readonly unlock: Stmt;
}

/** The plain lock of the block that is held at the statement. */
function lockAround(pkg: GoPackage, stmt: Stmt): LockAround | 'deferred' | undefined {
  const block = pkg.parentOf(stmt);
  if (block?.kind !== 'BlockStmt') return undefined;
  const at = block.list.indexOf(stmt);
  let held: string | undefined;
  for (const each of block.list.slice(0, at)) {
    const lock = lockCall(pkg, each);
    if (lock?.method === 'Lock') held = lock.name;
    if (lock?.method === 'Unlock' && lock.name === held) held = undefined;
    if (held && each.kind === 'DeferStmt' && textOf(pkg, each.call) === `${held}.Unlock()`) return 'deferred';
  }
  if (!held) return undefined;
  const unlock = block.list.slice(at + 1).find((each) => isUnlock(pkg, each, held));
  return unlock ? { name: held, unlock } : 'deferred';
}

function isUnlock(pkg: GoPackage, stmt: Stmt, name: string): boolean {
  const call = lockCall(pkg, stmt);
  return call?.method === 'Unlock' && call.name === name;
}

function lockCall(pkg: GoPackage, stmt: Stmt): { readonly name: string; readonly method: string } | undefined {
  if (stmt.kind !== 'ExprStmt' || stmt.x.kind !== 'CallExpr' || stmt.x.fun.kind !== 'SelectorExpr') return undefined;
  const method = stmt.x.fun.sel.name;
  return method === 'Lock' || method === 'Unlock' ? { name: textOf(pkg, stmt.x.fun.x), method } : undefined;
}

/** `mu.Lock(); delete(m, k); mu.Unlock()` alone, or the bare delete. Other shapes stay: deleting twice does no harm. */
function removalOf(pkg: GoPackage, call: CallExpr, lock: string | undefined) {
  const stmt = pkg.parentOf(call);
  const block = stmt && pkg.parentOf(stmt);
  const file = pkg.fileOf(call);
  const list: readonly Stmt[] =
    block?.kind === 'BlockStmt'
      ? block.list
      : block?.kind === 'CommClause' || block?.kind === 'CaseClause'
        ? block.body
        : [];
  const at = list.indexOf(stmt as Stmt);
  const before = list[at - 1];
  const after = list[at + 1];
  if (!stmt || at < 0) return [];
  if (!lock) return [removeLines(file, stmt)];
  if (!before || !after || lockCall(pkg, before)?.method !== 'Lock' || !isUnlock(pkg, after, lock)) return [];
  return [removeLines(file, before), removeLines(file, stmt), removeLines(file, after)];
}
