/** What the searches of a package have found: of several leaks at one operation the most plausible one. */
import { isTestFile } from '../go/test-code.ts';
import type { CodeRef } from './ir.ts';
import type { Leak, StuckProcess, Weight } from './leak.ts';

const RANK: Readonly<Record<Weight, number>> = { silent: 0, warning: 1, error: 2 };

export class FoundLeaks {
  readonly #everyEntry: boolean;
  readonly #leaks = new Map<string, Leak>();

  constructor(everyEntry: boolean) {
    this.#everyEntry = everyEntry;
  }

  addAll(leaks: readonly Leak[], entry: CodeRef): void {
    for (const leak of leaks) this.add(leak, entry);
  }

  /** Of several leaks at one operation the one of most weight is kept, then the one with the shorter path. */
  add(leak: Leak, ref: CodeRef): void {
    const [first] = leak.stuck;
    if (!first) return;
    const place = (isTold(leak) ? leftPlaceOf(leak) : undefined) ?? placeOf(first);
    const key = this.#everyEntry ? `${ref.id} ${place}` : place;
    const known = this.#leaks.get(key);
    if (!known || isBetter(leak, known)) this.#leaks.set(key, leak);
  }

  /** Those that need no outsider first; of the others, none about a channel of which one of the first tells. */
  all(): readonly Leak[] {
    const hidden = hiddenPlaces([...this.#leaks.values()].filter(hidesOthers));
    return [...this.#leaks.values()]
      .filter((leak) => !isTold(leak) || !hidden.has(leftPlaceOf(leak) ?? ''))
      .sort((a, b) => Number(a.outsider) - Number(b.outsider));
  }
}

/**
 * The stuck processes that the user's code started and did not mean to wait: those inside a library model alone do not
 * count, nor does `select {}` in the caller's goroutine, unless nothing else is stuck.
 */
export function userStuck({ stuck }: Leak): readonly StuckProcess[] {
  const ofUser = stuck.filter(({ site, callers }) => [site, ...callers].some(({ file }) => file !== undefined));
  const meant = ofUser.filter((each) => !isDeliberate(each));
  return meant.length > 0 ? meant : ofUser;
}

/** `select {}` in a function that runs in the caller's goroutine says that it never returns. */
function isDeliberate({ kind, arms, process }: StuckProcess): boolean {
  return kind === 'select' && arms?.length === 0 && process.start === undefined;
}

function isTold({ weight }: Leak): boolean {
  return weight !== 'silent';
}

function placeOf(stuck: StuckProcess): string {
  const site = [stuck.site, ...stuck.callers].find((each) => each.file !== undefined) ?? stuck.site;
  return `${stuck.kind} ${site.file?.path ?? ''} ${site.range.start}`;
}

/** Of the sends on a channel that its reader may leave, the first in the text is told; of other leaks, the shortest path. */
function isBetter(leak: Leak, known: Leak): boolean {
  if (leak.outsider !== known.outsider && isTold(leak) && isTold(known)) return known.outsider;
  const [weight, other] = [RANK[leak.weight ?? 'error'], RANK[known.weight ?? 'error']];
  if (weight !== other) return weight > other;
  if (leak.outsider !== known.outsider) return known.outsider;
  const [here, there] = [leak.stuck[0]?.site, known.stuck[0]?.site];
  if (leftPlaceOf(leak) !== undefined && here?.file === there?.file && here?.range.start !== there?.range.start)
    return (here?.range.start ?? 0) < (there?.range.start ?? 0);
  return leak.trace.length < known.trace.length;
}

/** All sends on a channel that its reader may leave are one leak: where the channel is made. */
function leftPlaceOf({ outsider, stuck: [first] }: Leak): string | undefined {
  if (!outsider || first?.kind !== 'send') return undefined;
  if (!first.outside?.some((role) => role === 'returned' || role === 'argument')) return undefined;
  return first.madeAt && `left ${first.madeAt.file?.path ?? ''} ${first.madeAt.range.start}`;
}

/** What is stuck whatever the outside does says all of a channel. A test arranges what users need not meet. */
function hidesOthers(leak: Leak): boolean {
  const { file } = leak.entry.site;
  return !leak.outsider && isTold(leak) && !(file && isTestFile(file.path));
}

/**
 * Where the channels were made of which sure leaks tell. Of several processes that are stuck together one is told; when that
 * one is stuck without the others as well, nothing is said of them.
 */
function hiddenPlaces(sure: readonly Leak[]): ReadonlySet<string> {
  const alone = new Set(
    sure.flatMap(({ stuck: [first, ...others] }) => (first && others.length === 0 ? placeOf(first) : [])),
  );
  const told = sure.flatMap(({ stuck }) => {
    const known = stuck.filter((each) => alone.has(placeOf(each)));
    return known.length > 0 ? known : stuck;
  });
  return new Set(
    told.flatMap(({ madeAt }) => (madeAt ? [`left ${madeAt.file?.path ?? ''} ${madeAt.range.start}`] : [])),
  );
}
