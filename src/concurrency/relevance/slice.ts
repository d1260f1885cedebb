/**
 * What a search of one entry has to run: the codes that the entry reaches, reduced to the instructions that can decide
 * whether a process is stuck forever. Sliced codes keep names, sites and the order of what they hold.
 */
import { callsNow, meaningOf, onlyLooks, usedSlots } from '../instructions.ts';
import type { Code, CodeRef, Hint, Slot } from '../ir.ts';
import { keepRealLocks } from './leaf-locks.ts';
import { leadingToMade, spreadHome } from './made.ts';
import { manyRounds } from './many.ts';
import { Needs } from './needs.ts';
import type { ObjectId } from './points.ts';
import { rewrite } from './rewrite.ts';
import { mayHaveRoots, rootsOf } from './roots.ts';
import { collectUnits, type Extent, type MethodFinder, type Unit, type Units } from './units.ts';
import { unseenRef } from './unseen.ts';

export interface Slice {
  readonly entry: CodeRef;
  method(typeName: string, name: string): CodeRef | undefined;
  /** How often a loop has to run to fill the channels made here, and to find no room twice. */
  readonly many?: number;
  /** False when nothing in the entry can be stuck: no search is needed. */
  readonly relevant: boolean;
  /** Whether functions of imported packages are among the codes. */
  readonly crossing?: boolean;
  /** Instructions that are left, in all codes together: a measure for the size of the search. */
  readonly size: number;
  /** Instructions of all codes before slicing: a measure for the memory that the slice holds. */
  readonly weight: number;
  /** Instructions that were looked at to find out, also for a slice that holds nothing. */
  readonly seen: number;
  /** Nothing was sliced: the entry reaches too much. */
  readonly tooLarge: boolean;
  /** The function that the entry does nothing but call, once, with values from outside: its own search says it all. */
  readonly forwardsTo: CodeRef | undefined;
  /** Lets go of what sliced codes are made from, as leaks keep their CodeRefs: codes that did not run have no body then. */
  release(): void;
}

/**
 * Programs of more instructions are out of reach of a search, and of a look at them as a whole. One that is larger with the
 * packages that it imports is looked at without them.
 */
const largestProgram = 6_000;

/**
 * @param hints of the entry's parameters, receiver first
 * @param owned names of fields that nobody outside the slice can reach
 * @param extent `package`: without the packages that the one under analysis imports
 */
export function sliceEntry(
  entry: CodeRef,
  hints: readonly Hint[],
  method: MethodFinder,
  owned: ReadonlySet<string> = new Set(),
  extent: Extent = 'program',
): Slice {
  const all = extent === 'program' ? collectUnits(entry, hints, method, largestProgram) : undefined;
  const units = all ?? collectUnits(entry, hints, method, largestProgram, 'package');
  const seen = (all || extent === 'package' ? 0 : largestProgram) + (units ? sizeOf(units) : largestProgram);
  const whole = { entry, method, size: 0, weight: 0, seen, forwardsTo: undefined, release: () => undefined };
  if (!units) return { ...whole, relevant: true, size: largestProgram, tooLarge: true };
  const irrelevant: Slice = { ...whole, relevant: false, tooLarge: false };
  if (!units.list.some((unit) => unit.facts.waits)) return irrelevant;
  spreadHome(units.points);
  return sliceUnits(units, entry, method, {
    leading: leadingToMade(units.points),
    owned,
    ...(all ? {} : { unseen: unseenRef }),
  });
}

/** What a slice is about. */
export interface Subject {
  /** Classes of objects that lead to what is made and waited for. */
  readonly leading: ReadonlySet<ObjectId>;
  /** What stands for a code that is not among the units; absent when all that may run is. */
  readonly unseen?: (ref: CodeRef) => CodeRef;
  readonly narrow?: true;
  /** Names of fields that nobody outside the slice can reach. */
  readonly owned?: ReadonlySet<string>;
}

export function sliceUnits(units: Units, entry: CodeRef, method: MethodFinder, subject: Subject): Slice {
  const seen = sizeOf(units);
  const whole = { entry, method, size: 0, weight: 0, seen, forwardsTo: undefined, release: () => undefined };
  const roots = rootsOf(units, subject.leading, subject.narrow === true);
  if (!mayHaveRoots(units, roots)) return { ...whole, relevant: false, tooLarge: false };
  const needs = new Needs(units, roots);
  needs.start();
  keepRealLocks(needs);
  const codes = new SlicedCodes(needs, subject);
  const slicedMethod: MethodFinder = (typeName, name) => {
    const ref = method(typeName, name);
    return ref && codes.refOf(ref);
  };
  const many = manyRounds(needs);
  return {
    entry: codes.refOf(entry),
    method: slicedMethod,
    ...(many === undefined ? {} : { many }),
    release: () => codes.release(),
    relevant: units.list.some((unit) => needs.keptOf(unit).waits),
    crossing: units.list.some((unit) => unit.code.ref.imported === true),
    size: units.list.reduce((sum, unit) => sum + count(needs.keptOf(unit).instructions), 0),
    weight: seen,
    seen,
    tooLarge: false,
    forwardsTo: forwarded(needs, units.entry),
  };
}

/** The sliced codes of one program, each written when it is asked for. */
class SlicedCodes {
  #needs: Needs | undefined;
  readonly #subject: Subject;
  readonly #refs = new Map<CodeRef, CodeRef>();

  constructor(needs: Needs, subject: Subject) {
    this.#needs = needs;
    this.#subject = subject;
  }

  release(): void {
    this.#needs = undefined;
    this.#refs.clear();
  }

  refOf(ref: CodeRef): CodeRef {
    const { unseen } = this.#subject;
    if (!this.#needs?.units.unitOf(ref)) return unseen ? unseen(ref) : ref;
    let sliced = this.#refs.get(ref);
    if (!sliced) {
      sliced = this.#sliced(ref);
      this.#refs.set(ref, sliced);
    }
    return sliced;
  }

  #sliced(ref: CodeRef): CodeRef {
    const { owned = new Set<string>() } = this.#subject;
    let code: Code | undefined;
    const sliced: CodeRef = {
      id: ref.id,
      name: ref.name,
      site: ref.site,
      whole: ref,
      resolve: () => {
        const needs = code ? undefined : this.#needs;
        const unit = needs?.units.unitOf(ref);
        if (needs && unit) code = rewrite(unit, sliced, { needs, owned, refOf: (callee) => this.refOf(callee) });
        return code;
      },
    };
    return sliced;
  }
}

function sizeOf({ list }: Units): number {
  return list.reduce((sum, unit) => sum + unit.code.instructions.length, 0);
}

function count(flags: Uint8Array): number {
  let sum = 0;
  for (const flag of flags) sum += flag;
  return sum;
}

function forwarded(needs: Needs, unit: Unit): CodeRef | undefined {
  const { flow } = needs.keptOf(unit);
  let target: CodeRef | undefined;
  for (const [at, instruction] of unit.code.instructions.entries()) {
    if (!needs.isKept(unit, at) || onlyLooks(instruction)) continue;
    if (!callsNow(instruction) || instruction.callee.kind !== 'static' || flow.looping[at] === 1) return undefined;
    if (target || instruction.args.some((slot) => needs.roots.leading.has(needs.units.objectOf(unit, slot))))
      return undefined;
    if (keepsBack(needs, unit, instruction.dst ?? [])) return undefined;
    target = instruction.callee.code;
  }
  return target;
}

/** What the callee has made is its caller's, unless the caller returns it: nobody else can end it then. */
function keepsBack(needs: Needs, unit: Unit, results: readonly Slot[]): boolean {
  const { units, roots } = needs;
  const made = results.map((slot) => units.objectOf(unit, slot)).filter((object) => roots.leading.has(object));
  if (made.length === 0) return false;
  const returned = new Set(
    unit.code.instructions
      .filter((one) => meaningOf(one).ends === 'function')
      .flatMap((one) => usedSlots(one).map((slot) => units.objectOf(unit, slot))),
  );
  return made.some((object) => !returned.has(object));
}
