/** What is said of locks, counters and `Once`, which hold up everybody who comes after. */
import type { StuckProcess } from '../../concurrency/leak.ts';
import { operationAt, type SourceSite, sameSite, sourceSite } from './operation.ts';
import { heldLock, holderOf } from './root-cause.ts';
import type { Story } from './story.ts';

export function waitGroupAdvice({ root, leak }: Story): string {
  if (root.kind !== 'wait') return 'Call `Done` once for each `Add`.';
  const stuck = leak.stuck.find((one) => one !== root);
  if (stuck)
    return `Make the goroutine that waits on line ${lineOf(sourceSite(stuck.site, stuck.callers))} return, so that it calls \`Done\`.`;
  if (leak.contract?.next)
    return 'Call `Add` right before starting the goroutine that calls `Done`, not on a path that may skip it.';
  return 'Call `Add` before the `go` statement and `defer` the `Done` as the first thing in the goroutine.';
}

export function lockAdvice(story: Story): string {
  const { root, leak, keeper } = story;
  if (root.kind === 'once')
    return holderOf(leak, root) === root.process.id
      ? 'Do not call the `Once` from the function that it runs.'
      : 'Do not wait inside the `Once` for something that is only released after it.';
  if (!isLock(root)) return 'Release the lock before the operation that waits.';
  if (keeper) return 'Release the lock on every path, preferably with `defer`.';
  const holder = holderOf(leak, root);
  if (holder === root.process.id)
    return 'Release the lock before it is taken again, or move the work into a function that expects it to be held.';
  const other = leak.stuck.find((one) => one.process.id === holder);
  if (other && isLock(other)) return 'Take the two locks in the same order everywhere.';
  return 'Release the lock before the operation that waits, and on every path, preferably with `defer`.';
}

export function waitGroupSentence({ root, operation, leak, keeper }: Story): string {
  if (root.kind === 'panic-negative-waitgroup')
    return `\`${operation.text}\` panics: the counter of \`${operation.name}\` is already 0`;
  const raised = root.heldAt && sourceSite(root.heldAt, []);
  if (keeper)
    return `\`${operation.text}\` never returns: the counter raised on line ${lineOf(raised)} is not lowered when its function returns on line ${endLineOf(keeper)}`;
  const stuck = leak.stuck.find((one) => one !== root);
  const why = stuck
    ? `: the goroutine that should call \`Done\` is stuck on line ${lineOf(sourceSite(stuck.site, stuck.callers))}`
    : ': no `Done` is left to lower the counter';
  return `\`${operation.text}\` never returns${why}${raised ? ` (raised on line ${lineOf(raised)})` : ''}`;
}

/**
 * Where a lock was taken that a function keeps, when it blocks who comes next in another place: there it is repaired, and not
 * where somebody blocks.
 */
export function keptLock({ leak, root, keeper, site }: Story): SourceSite | undefined {
  const taken = leak.contract?.next && keeper && isLock(root) && root.heldAt ? sourceSite(root.heldAt, []) : undefined;
  return taken && !sameSite(taken, site) ? taken : undefined;
}

/** @param left who has left with the lock held: ` when ... returns`; empty when nobody has */
export function lockSentence(story: Story, left: string): string {
  const { root, operation, leak } = story;
  const held = heldLock(leak);
  if (held && held.waiter !== root && held.holder === root && !isLock(root)) {
    const waiter = sourceSite(held.waiter.site, held.waiter.callers);
    return `\`${operation.text}\` blocks forever while it holds the lock taken on line ${heldLine(held.waiter)}, which the other side needs on line ${lineOf(waiter)}`;
  }
  const subject = `\`${operation.text}\` blocks forever`;
  const holder = holderOf(leak, root);
  const other = leak.stuck.find((one) => one !== root && one.process.id === holder);
  if (root.kind === 'once')
    return other
      ? `${subject}: the function that it runs in another goroutine waits on line ${lineOf(sourceSite(other.site, other.callers))}`
      : `${subject}: the function that it runs waits for the same \`Once\``;
  if (other)
    return `${subject}: the lock has been held since line ${heldLine(root)} by a goroutine that waits on line ${lineOf(sourceSite(other.site, other.callers))}`;
  const kept = keptLock(story);
  if (kept && story.keeper)
    return `\`${operationAt(kept).text}\` is not released when its function returns on line ${endLineOf(story.keeper)}: \`${operation.text}\` on line ${lineOf(story.site)} then blocks forever`;
  if (story.keeper)
    return `${subject}: the lock taken on line ${heldLine(root)} is not released when its function returns on line ${endLineOf(story.keeper)}`;
  if (holder === root.process.id)
    return `${subject}: this goroutine already holds the lock, since line ${heldLine(root)}`;
  if (!root.heldAt) return `${subject}: nobody unlocks \`${operation.name}\``;
  return `${subject}: the lock taken on line ${heldLine(root)} is not released${left}`;
}

function isLock(stuck: StuckProcess): boolean {
  return stuck.kind === 'lock' || stuck.kind === 'rlock' || stuck.kind === 'once';
}

function heldLine(stuck: StuckProcess): string {
  return lineOf(stuck.heldAt && sourceSite(stuck.heldAt, []));
}

function endLineOf(site: SourceSite): number {
  return site.file.lines.linesOf(site.range).endLine;
}

export function lineOf(site: SourceSite | undefined): string {
  return site ? String(site.file.lines.lineAt(site.range.start)) : '?';
}
