/**
 * Which steps of a path a reader needs: what made the object, what started those who act, what was done with the object, the
 * choices that led somebody away. Locks that were released again, and counters that nobody is stuck at, say nothing.
 */
import type { Leak, StuckProcess, TraceStep } from '../../concurrency/leak.ts';
import { contains } from '../../text/offset.ts';
import { type Departure, departuresOf, witting } from './departure.ts';
import { functionRange, nodesAround, sameSite, sourceSite } from './operation.ts';
import { heldLock } from './root-cause.ts';
import type { Story } from './story.ts';
import { loopAround } from './witness-words.ts';

/** The steps that matter, in order. */
export function relevantSteps(story: Story): readonly TraceStep[] {
  const { leak } = story;
  const matters = relevance(story);
  const telling = leak.trace.filter((step) => step.what.kind !== 'go' && step.what.kind !== 'stuck' && matters(step));
  const chosen = telling.length > 0 ? telling : choicesOf(leak);
  const actors = new Set([...leak.stuck, ...chosen].map((one) => one.process.id));
  for (const step of [...leak.trace].reverse())
    if (step.what.kind === 'go' && actors.has(step.what.started.id)) actors.add(step.process.id);
  const kept = new Set(chosen);
  return leak.trace.filter((step) => kept.has(step) || (step.what.kind === 'go' && actors.has(step.what.started.id)));
}

/** What was made and which way was taken, where no step speaks of what is waited for: then the way itself is the reason. */
function choicesOf({ trace }: Leak): readonly TraceStep[] {
  return trace.filter((step, at) => {
    const { kind } = step.what;
    if (kind === 'make' || kind === 'branch') return true;
    return kind === 'return' && trace[at - 1]?.what.kind === 'branch';
  });
}

function relevance(story: Story): (step: TraceStep) => boolean {
  const { leak } = story;
  const watched = watchedProcesses(story);
  const objects = new Set(watched.flatMap((one) => (one.object === undefined ? [] : [one.object])));
  const madeAt = watched.map((one) => one.madeAt);
  const departures = shownDepartures(story, objects);
  const reasons = new Set(departures.map((one) => one.reason));
  const released = releasedLocks(leak);
  return (step) => {
    const { what } = step;
    if (reasons.has(step)) return true;
    if (what.kind === 'return' && sameSite(step.site, story.keeper)) return true;
    switch (what.kind) {
      case 'make':
        return (
          madeAt.some((site) => sameSite(step.site, site)) &&
          (what.object === undefined || objects.size === 0 || objects.has(what.object))
        );
      case 'return':
      case 'end':
      case 'panic':
        return departures.some(
          (one) =>
            one.process.id === step.process.id && (!one.site || sameSite(step.site, one.site) || what.kind === 'panic'),
        );
      case 'count':
        return holdsWork(step, story);
      case 'branch':
        return avoidsPartner(step, story);
      case 'go':
      case 'stuck':
      case 'cancel':
        return false;
      default:
        return what.object !== undefined && objects.has(what.object) && !released.has(step);
    }
  };
}

/** Whose objects are followed: the root's; for a lock also those of the others who wait for one. */
function watchedProcesses({ leak, root }: Story): readonly StuckProcess[] {
  const isLock = (one: StuckProcess) => one.kind === 'lock' || one.kind === 'rlock';
  if (root.object === undefined) return leak.stuck;
  const locks = isLock(root) || heldLock(leak) !== undefined;
  return leak.stuck.filter((one) => one === root || (locks && isLock(one)));
}

/** Who left: the one that is missed, and others that could have answered and have done nothing. */
function shownDepartures(story: Story, objects: ReadonlySet<number>): readonly Departure[] {
  const { leak, root, operation } = story;
  const took = new Set(
    leak.trace.flatMap(({ process, what }) =>
      'object' in what && what.object !== undefined && objects.has(what.object) ? [process.id] : [],
    ),
  );
  const name = /\w+$/.exec(operation.name)?.[0];
  return witting(leak, root, departuresOf(leak, root)).filter(
    (one) =>
      one.process.id === story.departure?.process.id ||
      (!took.has(one.process.id) && name !== undefined && mentions(one, name)),
  );
}

function mentions({ process }: Departure, name: string): boolean {
  const { site } = process.code;
  const { start, end } = functionRange(site);
  return new RegExp(`\\b${name}\\b`).test(site.file?.text.slice(start, end) ?? '');
}

/** Pairs of a lock and its release by the same process. */
function releasedLocks(leak: Leak): ReadonlySet<TraceStep> {
  const pairs = new Set<TraceStep>();
  const held = new Map<string, TraceStep[]>();
  for (const step of leak.trace) {
    if (step.what.kind !== 'lock' && step.what.kind !== 'unlock') continue;
    const key = `${step.process.id} ${step.what.object}`;
    const open = held.get(key) ?? [];
    if (step.what.kind === 'lock') held.set(key, [...open, step]);
    const lock = step.what.kind === 'unlock' ? open.pop() : undefined;
    if (lock) pairs.add(lock).add(step);
  }
  return pairs;
}

/** A counted loop that starts goroutines or works on channels, locks or groups. */
function holdsWork(step: TraceStep, story: Story): boolean {
  const place = sourceSite(step.site, step.callers);
  if (!place) return false;
  const loop = loopAround(place);
  return (
    loop !== undefined &&
    story.leak.trace.some(
      (other) =>
        ['go', 'send', 'recv', 'wgAdd'].includes(other.what.kind) &&
        other.site.file === place.file &&
        contains(loop.range, other.site.range),
    )
  );
}

/** A condition whose body, not entered or entered, decides about the object: it names the target of the operation. */
function avoidsPartner(step: TraceStep, story: Story): boolean {
  const place = sourceSite(step.site, step.callers);
  const { name } = story.operation;
  if (!place || name === '') return false;
  const statement = nodesAround(place.file, place.range).findLast((node) => node.kind === 'IfStmt');
  if (!statement || contains(statement.range, story.site.range)) return false;
  const last = /\w+$/.exec(name)?.[0] ?? name;
  return new RegExp(`\\b${last}\\b`).test(place.file.text.slice(statement.range.start, statement.range.end));
}
