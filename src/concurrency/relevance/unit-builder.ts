/**
 * Collects the codes that an entry may run: all instructions become constraints for `Points`, and calls through values and
 * methods are linked to the codes that reach them until nothing is added.
 */
import { work } from '../../work/meter.ts';
import { callsNow, type Invocation, isInvocation, meaningOf } from '../instructions.ts';
import type { Callable, Code, CodeRef, Instruction, Slot } from '../ir.ts';
import { contents } from '../operation.ts';
import { factsOf } from './code-facts.ts';
import { Constraints } from './constraints.ts';
import { type ObjectFacts, Points } from './points.ts';
import type { Call, CallSite, MethodFinder, Unit, Units } from './units.ts';

export interface Limit {
  /** Instructions. */
  readonly largest: number;
  /** Entries that were found too large: who reaches one of them is so, too. */
  readonly tooLarge: WeakSet<CodeRef>;
}

type Calling = Invocation | Extract<Instruction, { readonly fn: Slot }>;

function isCalling(instruction: Instruction): instruction is Calling {
  return meaningOf(instruction).calls !== undefined;
}

/** The function value that is called, or how else the callee is found. */
function calleeOf(instruction: Calling): Callable {
  return 'fn' in instruction ? { kind: 'value', slot: instruction.fn } : instruction.callee;
}

/** Making constraints of an instruction, and asking for its flow, its effects and its roots afterwards. */
const stepsPerInstruction = 20;

export class UnitBuilder {
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
      work(this.#open.length);
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
    work(unit.code.instructions.length * stepsPerInstruction);
    for (const at of unit.facts.telling) {
      const instruction = code.instructions[at] as Instruction;
      if ('captures' in instruction) this.#closure(unit, instruction, at);
      else if (isCalling(instruction)) this.#call(unit, instruction, at);
      else this.constraints.add(unit, instruction);
    }
    code.namedResults?.forEach((slot, index) => {
      const value = unit.base + slot;
      const held = code.resultCells?.has(index) === true ? this.constraints.content(value, contents.cell) : value;
      this.points.assign(unit.results + index, held);
    });
  }

  #closure(unit: Unit, instruction: Extract<Instruction, { readonly captures: readonly Slot[] }>, at: number): void {
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

  #call(unit: Unit, instruction: Calling, at: number): void {
    const callee = calleeOf(instruction);
    const call: Call = {
      unit,
      at,
      targets: new Map(),
      open: callee.kind !== 'static' || this.#body(callee.code) === undefined,
      seen: undefined,
      seenCount: 0,
    };
    if ('once' in instruction) this.constraints.sync(unit, instruction.once);
    let calls = this.#calls[unit.index];
    if (!calls) {
      calls = new Map();
      this.#calls[unit.index] = calls;
    }
    calls.set(at, call);
    if (callsNow(instruction)) {
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
    const instruction = call.unit.code.instructions[call.at] as Calling;
    const callee = calleeOf(instruction);
    const before = call.targets.size;
    if (callee.kind === 'value') {
      const facts = points.factsIfAny(points.object(call.unit.base + callee.slot));
      if (!facts || !isFresh(call, facts, facts.closures.size)) return false;
      for (const [ref, captures] of facts.closures) {
        const target = this.unit(ref);
        if (target) this.#link(call, target, captures);
      }
      return call.targets.size > before;
    }
    const receiver = 'args' in instruction ? instruction.args[0] : undefined;
    if (callee.kind !== 'method' || receiver === undefined) return false;
    const facts = points.factsIfAny(points.object(call.unit.base + receiver));
    if (!facts || !isFresh(call, facts, facts.types.size)) return false;
    for (const type of facts.types) {
      const ref = this.#method(type, callee.name);
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
    const instruction = unit.code.instructions[at] as Calling;
    if (!isInvocation(instruction)) return;
    const { captureCount, paramCount } = target.code;
    instruction.args.forEach((slot, index) => {
      if (shift + index < captureCount + paramCount) points.assign(target.base + shift + index, unit.base + slot);
    });
    if (!callsNow(instruction)) return;
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
