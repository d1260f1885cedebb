/** The codes that an entry may run, the calls between them, and what their values may refer to. */
import { work } from '../../work/meter.ts';
import type { Code, CodeRef, Hint, Slot } from '../ir.ts';
import { type CodeFacts, factsOf } from './code-facts.ts';
import type { ObjectFacts, ObjectId, Points, ValueId } from './points.ts';
import { type Limit, UnitBuilder } from './unit-builder.ts';

/** One code of the program at hand. The value of slot `s` has the number `base + s`, result `k` `results + k`. */
export interface Unit {
  /** Its place in `Units.list`. */
  readonly index: number;
  readonly code: Code;
  readonly facts: CodeFacts;
  readonly base: ValueId;
  readonly results: ValueId;
  readonly callers: CallSite[];
  /** Where closures of this code are made. */
  readonly makers: Place[];
}

export interface Place {
  readonly unit: Unit;
  readonly at: number;
}

export interface CallSite extends Place {
  /** The slot of the callee's first argument that is not captured. */
  readonly shift: number;
}

/** A call, and whom it may reach. */
export interface Call extends Place {
  readonly targets: Map<Unit, CallSite>;
  /** Nobody knows all that it may reach. */
  readonly open: boolean;
  /** What its targets were last looked up from. */
  seen: ObjectFacts | undefined;
  seenCount: number;
}

export interface Units {
  readonly points: Points;
  readonly list: readonly Unit[];
  readonly entry: Unit;
  unitOf(ref: CodeRef): Unit | undefined;
  /** By unit and index of the instruction. */
  callAt(unit: Unit, at: number): Call | undefined;
  valueOf(unit: Unit, slot: Slot): ValueId;
  objectOf(unit: Unit, slot: Slot): ObjectId;
}

export type MethodFinder = (typeName: string, name: string) => CodeRef | undefined;

/** All that may run, or what of it is part of the package under analysis. */
export type Extent = 'program' | 'package';

/** Undefined when the entry has no body, or the program is too large to be looked at as a whole. */
export function collectUnits(
  entry: CodeRef,
  hints: readonly Hint[],
  method: MethodFinder,
  largest: number,
  extent: Extent = 'program',
): Units | undefined {
  const enters = extent === 'program' ? () => true : (ref: CodeRef) => ref.imported !== true;
  const limit = { largest, tooLarge: tooLarge[extent] };
  if (!namesTooMuch(entry, enters, limit)) return collect(new UnitBuilder(method, limit, enters), entry, hints);
  limit.tooLarge.add(entry);
  return undefined;
}

/** The same of a program in which only the bodies that `enters` names are seen. */
export function collectSome(
  entry: CodeRef,
  hints: readonly Hint[],
  method: MethodFinder,
  enters: (ref: CodeRef) => boolean,
): Units | undefined {
  return collect(new UnitBuilder(method, unlimited, enters), entry, hints);
}

/**
 * Whether what an entry calls by name is too much already: a part of what it reaches, for which no value has to be followed.
 * Where every function reaches every other one, nothing is collected for most entries only to be thrown away.
 */
function namesTooMuch(entry: CodeRef, enters: (ref: CodeRef) => boolean, { largest, tooLarge }: Limit): boolean {
  const seen = new Set([entry]);
  let size = 0;
  for (const ref of seen) {
    work();
    const code = ref === entry || enters(ref) ? ref.resolve() : undefined;
    if (!code) continue;
    size += code.instructions.length;
    if (size > largest || tooLarge.has(ref)) return true;
    for (const named of factsOf(code).named) seen.add(named);
  }
  return false;
}

function collect(builder: UnitBuilder, entry: CodeRef, hints: readonly Hint[]): Units | undefined {
  const unit = builder.unit(entry, true);
  if (!unit) return undefined;
  hints.forEach((hint, slot) => {
    builder.constraints.hinted(unit.base + slot, hint);
  });
  if (builder.run()) return builder.units(unit);
  builder.limit.tooLarge.add(entry);
  return undefined;
}

const tooLarge: Readonly<Record<Extent, WeakSet<CodeRef>>> = { program: new WeakSet(), package: new WeakSet() };
const unlimited: Limit = { largest: Number.POSITIVE_INFINITY, tooLarge: new WeakSet() };
