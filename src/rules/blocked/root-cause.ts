/**
 * Which of several stuck processes is the cause, and which rule it belongs to.
 *
 * 1. A crash (send on a closed channel, negative counter) comes before everything that is stuck because of it.
 * 2. A nil channel needs no partner to explain it.
 * 3. A process that blocks on a channel while it holds the lock that another stuck process waits for: the lock is the cause.
 * 4. Two processes that wait for each other's lock, or one for its own: the lock is the cause.
 * 5. A `range` whose end would lower a counter comes before the `Wait` on it; otherwise the `Wait` comes first, because
 *    the `close` usually stands behind it.
 * 6. Then sends, receives, ranges, conditions, waits, locks in this order; goroutines before the function that started
 *    them, because that one usually waits for them.
 */

import type { Site } from '../../concurrency/ir.ts';
import type { Leak, StuckKind, StuckProcess } from '../../concurrency/leak.ts';
import { contains } from '../../text/offset.ts';
import { functionRange, operationAt, sourceSite } from './operation.ts';

/** The lock that a process holds while it is stuck elsewhere, and who waits for it. */
export interface HeldLock {
  readonly holder: StuckProcess;
  readonly waiter: StuckProcess;
}

const RANK: Readonly<Record<StuckKind, number>> = {
  'panic-send-closed': 0,
  'panic-close-closed': 0,
  'panic-negative-waitgroup': 0,
  'nil-send': 1,
  'nil-recv': 1,
  send: 3,
  select: 4,
  recv: 5,
  range: 6,
  cond: 7,
  wait: 8,
  once: 9,
  lock: 10,
  rlock: 10,
};

/** One that only time keeps awake is mostly a victim of whoever should have ended it. */
const LAST = 11;

/** The stuck process whose operation is reported; the others are related. */
export function rootOf(leak: Leak): StuckProcess | undefined {
  const held = heldLock(leak);
  if (held) return held.holder;
  const rank = (one: StuckProcess) => {
    if (one.ticking) return LAST;
    return one.kind === 'wait' && leak.stuck.some((other) => other.kind === 'range') && !leak.stuck.some(lowersCounter)
      ? 5.5
      : RANK[one.kind];
  };
  const visible = leak.stuck.filter((one) => sourceSite(one.site, one.callers) !== undefined);
  return [...visible].sort((a, b) => rank(a) - rank(b) || startedFirst(a, b) || a.process.id - b.process.id)[0];
}

/** A process that is stuck on something else than this lock while it holds a lock that another stuck process wants. */
export function heldLock(leak: Leak): HeldLock | undefined {
  for (const waiter of leak.stuck) {
    if (waiter.kind !== 'lock' && waiter.kind !== 'rlock') continue;
    const holderId = holderOf(leak, waiter);
    const holder = leak.stuck.find((one) => one.process.id === holderId);
    if (holder && sourceSite(holder.site, holder.callers) && couldAnswer(waiter, holder)) return { holder, waiter };
  }
  return undefined;
}

/**
 * Whether the waiter, had it the lock, would do what the holder waits for, as far as the text of its function shows: else
 * the lock is held up by something else, and that is the cause.
 */
export function couldAnswer(waiter: StuckProcess, holder: StuckProcess): boolean {
  if (waiter === holder || holder.kind === 'lock' || holder.kind === 'rlock' || holder.kind === 'once') return true;
  const place = sourceSite(holder.site, holder.callers);
  const code = [waiter.site, ...waiter.callers].map(functionText).join('\n');
  if (!place) return false;
  if (holder.kind === 'wait') return /\.Done\(\)/.test(code) || waiter.process.start !== undefined;
  if (holder.kind === 'cond') return /\.(Signal|Broadcast)\(\)/.test(code);
  const name = /\w+$/.exec(operationAt(place).name)?.[0];
  if (name === undefined) return true;
  const answers =
    holder.kind === 'send'
      ? `(<-\\s*|range\\s+)[\\w.]*\\b${name}\\b`
      : `\\b${name}\\s*<-|close\\([\\w.]*\\b${name}\\)|<-\\s*[\\w.]*\\b${name}\\b`;
  return new RegExp(answers).test(code);
}

function functionText(site: Site): string {
  const decl = site.file?.decls.find((one) => contains(one.range, site.range));
  return site.file && decl ? site.file.text.slice(decl.range.start, decl.range.end) : '';
}

/** Id of the process that took the lock a stuck process waits for: its last `lock` step at the site. */
export function holderOf(leak: Leak, waiter: StuckProcess): number | undefined {
  const { heldAt } = waiter;
  if (!heldAt) return undefined;
  const step = leak.trace.findLast(
    (one) =>
      (one.what.kind === 'lock' || one.what.kind === 'once') &&
      one.site.file === heldAt.file &&
      one.site.range.start === heldAt.range.start &&
      (one.what.object === undefined || waiter.object === undefined || one.what.object === waiter.object),
  );
  return step?.process.id;
}

function startedFirst(a: StuckProcess, b: StuckProcess): number {
  return Number(b.process.start !== undefined) - Number(a.process.start !== undefined);
}

/** A `range` whose process would call `Done` after it: its function says so, or it was started by `wg.Go`. */
function lowersCounter(stuck: StuckProcess): boolean {
  if (stuck.kind !== 'range') return false;
  const { site } = stuck.process.code;
  const { start: from, end } = functionRange(site);
  const body = site.file?.text.slice(from, end) ?? '';
  const { start } = stuck.process;
  const call = start?.file?.text.slice(start.range.start, start.range.start + 200) ?? '';
  return /\.Done\(\)/.test(body) || /\.Go\(/.test(call.split('\n', 1)[0] ?? '');
}
