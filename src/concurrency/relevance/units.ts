/**
 * The codes that an entry may run, and what their values may refer to: all instructions become constraints for `Points`,
 * and calls through values and methods are linked to the codes that reach them until nothing is added.
 */
import type { Code, CodeRef, Hint, Instruction, Slot } from '../ir.ts';
import { type CodeFacts, factsOf } from './code-facts.ts';
import { Constraints } from './constraints.ts';
import { contents, type ObjectFacts, type ObjectId, Points, type ValueId } from './points.ts';

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
  return collect(new Builder(method, { largest, tooLarge: tooLarge[extent] }, enters), entry, hints);
}

/** The same of a program in which only the bodies that `enters` names are seen. */
export function collectSome(
  entry: CodeRef,
  hints: readonly Hint[],
  method: MethodFinder,
  enters: (ref: CodeRef) => boolean,
): Units | undefined {
  return collect(new Builder(method, unlimited, enters), entry, hints);
}

function collect(builder: Builder, entry: CodeRef, hints: readonly Hint[]): Units | undefined {
  const unit = builder.unit(entry, true);
  if (!unit) return undefined;
  hints.forEach((hint, slot) => {
    builder.constraints.hinted(unit.base + slot, hint);
  });
  if (builder.run()) return builder.units(unit);
  builder.limit.tooLarge.add(entry);
  return undefined;
}

interface Limit {
  /** Instructions. */
  readonly largest: number;
  /** Entries that were found too large: who reaches one of them is so, too. */
  readonly tooLarge: WeakSet<CodeRef>;
}

const tooLarge: Readonly<Record<Extent, WeakSet<CodeRef>>> = { program: new WeakSet(), package: new WeakSet() };
const unlimited: Limit = { largest: Number.POSITIVE_INFINITY, tooLarge: new WeakSet() };

type Invocation = Extract<Instruction, { op: 'call' | 'go' | 'defer' | 'onceDo' }>;

function isInvocation(instruction: Instruction): instruction is Invocation {
  const { op } = instruction;
  return op === 'call' || op === 'go' || op === 'defer' || op === 'onceDo';
}

class Builder {
  readonly points = new Points();
  readonly constraints = new Constraints(this.points);
  readonly #units = new Map<CodeRef, Unit>();
  readonly #list: Unit[] = [];
  /** By the unit's index, then by the instruction's. */
  readonly #calls: Map<number, Call>[] = [];
  readonly #open: Call[] = [];
  readonly #method: MethodFinder;
  readonly limit: Limit;
  readonly #enters: (ref: CodeRef) => boolean;
  #size = 0;
  #done = 0;

  constructor(method: MethodFinder, limit: Limit, enters: (ref: CodeRef) => boolean) {
    this.#method = method;
    this.limit = limit;
    this.#enters = enters;
  }

  units(entry: Unit): Units {
    const { points } = this;
    return {
      points,
      list: this.#list,
      entry,
      unitOf: (ref) => this.#units.get(ref),
      callAt: (unit, at) => this.#calls[unit.index]?.get(at),
      valueOf: (unit, slot) => points.value(unit.base + slot),
      objectOf: (unit, slot) => points.object(unit.base + slot),
    };
  }

  /** False when the program is too large. */
  run(): boolean {
    for (;;) {
      while (this.#done < this.#list.length) {
        if (this.#size > this.limit.largest) return false;
        this.#constrain(this.#list[this.#done++] as Unit);
      }
      let linked = false;
      for (const call of this.#open) linked = this.#linkOpen(call) || linked;
      this.constraints.followPointers();
      if (!linked && this.#done === this.#list.length) return true;
    }
  }

  /** @param always for the entry: whether others that call it see its body is another question */
  unit(ref: CodeRef, always = false): Unit | undefined {
    const known = this.#units.get(ref);
    if (known) return known;
    const code = always ? ref.resolve() : this.#body(ref);
    if (!code) return undefined;
    this.#size += this.limit.tooLarge.has(ref) ? this.limit.largest + 1 : code.instructions.length;
    const base = this.points.values(code.slotCount + code.resultCount);
    const unit: Unit = {
      index: this.#list.length,
      code,
      facts: factsOf(code),
      base,
      results: base + code.slotCount,
      callers: [],
      makers: [],
    };
    this.#units.set(ref, unit);
    this.#list.push(unit);
    return unit;
  }

  #body(ref: CodeRef): Code | undefined {
    return this.#enters(ref) ? ref.resolve() : undefined;
  }

  #constrain(unit: Unit): void {
    const { code } = unit;
    for (const at of unit.facts.telling) {
      const instruction = code.instructions[at] as Instruction;
      if (instruction.op === 'closure') this.#closure(unit, instruction, at);
      else if (isInvocation(instruction)) this.#call(unit, instruction, at);
      else this.constraints.add(unit, instruction);
    }
    code.namedResults?.forEach((slot, index) => {
      const value = unit.base + slot;
      const held = code.resultCells?.has(index) === true ? this.constraints.content(value, contents.cell) : value;
      this.points.assign(unit.results + index, held);
    });
  }

  #closure(unit: Unit, instruction: Extract<Instruction, { op: 'closure' }>, at: number): void {
    const { points } = this;
    const facts = points.facts(points.object(unit.base + instruction.dst));
    facts.home = true;
    facts.addClosure(instruction.code, instruction.captures.length);
    instruction.captures.forEach((slot, index) => {
      points.assign(this.constraints.content(unit.base + instruction.dst, `^${index}`), unit.base + slot);
    });
    const target = this.unit(instruction.code);
    target?.makers.push({ unit, at });
    if (!target) return;
    instruction.captures.forEach((slot, index) => {
      points.assign(target.base + index, unit.base + slot);
    });
  }

  #call(unit: Unit, instruction: Invocation, at: number): void {
    const callee =
      instruction.op === 'onceDo' ? ({ kind: 'value', slot: instruction.fn } as const) : instruction.callee;
    const call: Call = {
      unit,
      at,
      targets: new Map(),
      open: callee.kind !== 'static' || this.#body(callee.code) === undefined,
      seen: undefined,
      seenCount: 0,
    };
    if (instruction.op === 'onceDo') this.constraints.sync(unit, instruction.once);
    let calls = this.#calls[unit.index];
    if (!calls) {
      calls = new Map();
      this.#calls[unit.index] = calls;
    }
    calls.set(at, call);
    if (instruction.op === 'call') {
      instruction.dst.forEach((slot, index) => {
        this.constraints.hinted(unit.base + slot, instruction.resultHints[index] ?? 'any');
      });
    }
    if (callee.kind !== 'static') {
      this.#open.push(call);
      return;
    }
    const target = call.open ? undefined : this.unit(callee.code);
    if (target) this.#link(call, target, 0);
  }

  #linkOpen(call: Call): boolean {
    const { points } = this;
    const instruction = call.unit.code.instructions[call.at] as Invocation;
    const before = call.targets.size;
    if (instruction.op === 'onceDo' || instruction.callee.kind === 'value') {
      const slot = instruction.op === 'onceDo' ? instruction.fn : (instruction.callee as { readonly slot: Slot }).slot;
      const facts = points.factsIfAny(points.object(call.unit.base + slot));
      if (!facts || !isFresh(call, facts, facts.closures.size)) return false;
      for (const [ref, captures] of facts.closures) {
        const target = this.unit(ref);
        if (target) this.#link(call, target, captures);
      }
      return call.targets.size > before;
    }
    const receiver = instruction.args[0];
    if (instruction.callee.kind !== 'method' || receiver === undefined) return false;
    const facts = points.factsIfAny(points.object(call.unit.base + receiver));
    if (!facts || !isFresh(call, facts, facts.types.size)) return false;
    for (const type of facts.types) {
      const ref = this.#method(type, instruction.callee.name);
      const target = ref && this.unit(ref);
      if (target) this.#link(call, target, 0);
    }
    return call.targets.size > before;
  }

  #link(call: Call, target: Unit, shift: number): void {
    if (call.targets.has(target)) return;
    const { points } = this;
    const { unit, at } = call;
    const site: CallSite = { unit, at, shift };
    call.targets.set(target, site);
    target.callers.push(site);
    const instruction = unit.code.instructions[at] as Invocation;
    if (instruction.op === 'onceDo') return;
    const { captureCount, paramCount } = target.code;
    instruction.args.forEach((slot, index) => {
      if (shift + index < captureCount + paramCount) points.assign(target.base + shift + index, unit.base + slot);
    });
    if (instruction.op !== 'call') return;
    instruction.dst.forEach((slot, index) => {
      if (index < target.code.resultCount) points.assign(unit.base + slot, target.results + index);
    });
  }
}

/** Whether there is anything that the targets of a call were not looked up from. */
function isFresh(call: Call, facts: ObjectFacts, count: number): boolean {
  if (call.seen === facts && call.seenCount === count) return false;
  call.seen = facts;
  call.seenCount = count;
  return true;
}
