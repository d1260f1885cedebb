/** Which of the leaks that the searches of a package find are kept: one per stuck operation, as far as it convinces. */
import type { FuncDecl } from '../go/ast.ts';
import type { GoPackage } from '../go/package.ts';
import { isTestFile } from '../go/test-code.ts';
import { contains } from '../text/offset.ts';
import type { CodeRef, Site } from './ir.ts';
import type { Leak, StuckProcess, TraceStep } from './leak.ts';
import { nodesAround } from './open/place.ts';

export class KeptLeaks {
  readonly #pkg: GoPackage;
  readonly #everyEntry: boolean;
  readonly #everyOutsider: boolean;
  readonly #leaks = new Map<string, Leak>();

  constructor(pkg: GoPackage, options: { readonly everyEntry?: boolean; readonly everyOutsider?: boolean }) {
    this.#pkg = pkg;
    this.#everyEntry = options.everyEntry ?? false;
    this.#everyOutsider = options.everyOutsider ?? false;
  }

  /** Of several leaks at one operation, the one that needs no outsider, then the one with the shorter path, is kept. */
  keep(leak: Leak, ref: CodeRef, wholeProgram: boolean): void {
    const stuck = leak.stuck.filter((each) => isOfUser(each) && !isDeliberate(each));
    const [first] = stuck;
    if (!first || !isSubstantiated(this.#pkg, first, leak)) return;
    // When main ends, the program ends: only main itself can be stuck in it.
    if (wholeProgram && !stuck.some((each) => each.process.code === ref && each.process.start === undefined)) return;
    const place = (!this.#everyOutsider && leftPlaceOf(leak)) || placeOf(first);
    const key = this.#everyEntry ? `${ref.id} ${place}` : place;
    const known = this.#leaks.get(key);
    if (known && known.outsider === leak.outsider && !isBetter(leak, known)) return;
    if (known && !known.outsider && leak.outsider) return;
    this.#leaks.set(key, { ...leak, stuck });
  }

  /** Those that need no outsider first; of the others, none about a channel of which one of the first tells. */
  all(): readonly Leak[] {
    const hidden = hiddenPlaces([...this.#leaks.values()].filter(hidesOthers));
    return [...this.#leaks.values()]
      .filter((leak) => !hidden.has(leftPlaceOf(leak) ?? ''))
      .sort((a, b) => Number(a.outsider) - Number(b.outsider));
  }
}

/** Whether a stuck process is one that the user's code started: those inside a library model alone do not count. */
function isOfUser(stuck: StuckProcess): boolean {
  return stuck.site.file !== undefined || stuck.callers.some((site) => site.file !== undefined);
}

/**
 * A crash is told only of a channel that the function around it made: what a channel from outside has been through, and
 * which flags beside it say so, is not known; and whoever gets one in a message or field relies on a protocol that the
 * order of its messages keeps, of which a search sees too little to call it broken.
 */
function isSubstantiated(pkg: GoPackage, stuck: StuckProcess, leak: Leak): boolean {
  if (stuck.kind !== 'panic-close-closed' && stuck.kind !== 'panic-send-closed') return true;
  if (leak.trace.some(isEndFromOutside)) return false;
  const closed = leak.trace.findLast((step) => step.what.kind === 'close');
  const object = closed && 'object' in closed.what ? closed.what.object : undefined;
  const made = leak.trace.find(
    (step) => step.what.kind === 'make' && 'object' in step.what && step.what.object === object,
  );
  return made !== undefined && declaredIn(pkg, made.site) === declaredIn(pkg, stuck.site);
}

/**
 * The end of a range over a channel from outside. When that channel is closed is up to the outside: often only after the
 * function that is at work here has closed another one.
 */
function isEndFromOutside({ site, what }: TraceStep): boolean {
  if (what.kind !== 'recv' || what.fromOutside !== true || what.fromClosed !== true || !site.file) return false;
  return nodesAround(site.file, site.range).some(
    (node) => node.kind === 'RangeStmt' && node.x.range.start === site.range.start,
  );
}

/** The declared function in which a place stands. */
function declaredIn(pkg: GoPackage, { file, range }: Site): FuncDecl | undefined {
  return pkg.funcDecls.find((decl) => decl.file === file && contains(decl.range, range));
}

/** `select {}` in a function that runs in the caller's goroutine says that it never returns. */
function isDeliberate(stuck: StuckProcess): boolean {
  return stuck.kind === 'select' && stuck.arms?.length === 0 && stuck.process.start === undefined;
}

function placeOf(stuck: StuckProcess): string {
  const site = [stuck.site, ...stuck.callers].find((each) => each.file !== undefined) ?? stuck.site;
  return `${stuck.kind} ${site.file?.path ?? ''} ${site.range.start}`;
}

/** Of the sends on a channel that its reader may leave, the first in the text is told; of other leaks, the shortest path. */
function isBetter(leak: Leak, known: Leak): boolean {
  const [one, other] = [leak.stuck[0]?.site, known.stuck[0]?.site];
  if (leftPlaceOf(leak) !== undefined && one?.file === other?.file && one?.range.start !== other?.range.start)
    return (one?.range.start ?? 0) < (other?.range.start ?? 0);
  return leak.trace.length < known.trace.length;
}

/** All sends on a channel that its reader may leave are one leak: where the channel is made. */
function leftPlaceOf({ outsider, stuck: [first] }: Leak): string | undefined {
  if (!outsider || first?.kind !== 'send') return undefined;
  if (!first.outside?.some((role) => role === 'returned' || role === 'argument')) return undefined;
  return first.madeAt && `left ${first.madeAt.file?.path ?? ''} ${first.madeAt.range.start}`;
}

/** What is stuck whatever the outside does says all of a channel. A test arranges what users need not meet. */
function hidesOthers({ outsider, entry }: Leak): boolean {
  return !outsider && !(entry.site.file && isTestFile(entry.site.file.path));
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
