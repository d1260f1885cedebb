/**
 * The backward slice over a whole program: from the roots to everything that decides whether they run and on which
 * values. What is not kept can change nothing that the search asks for.
 */
import type { Hint, Instruction, Op, Slot } from '../ir.ts';
import { usedSlots } from '../liveness.ts';
import { isCall, isEffect, watchedBy } from './effects.ts';
import { Endings } from './endings.ts';
import { type Flow, flowOf } from './flow.ts';
import { Influence } from './influence.ts';
import { isOpaque } from './opaque.ts';
import { contents, type ObjectId, type ValueId } from './points.ts';
import { isRoot, isWaiting, type Roots } from './roots.ts';
import type { Call, Place, Unit, Units } from './units.ts';

/** What is kept of one unit. */
export interface Kept {
  readonly flow: Flow;
  readonly instructions: Uint8Array;
  readonly slots: Uint8Array;
  readonly results: Set<number>;
  /** Something in it is more than the computation of its results. */
  effective: boolean;
  /** It may come to a scheduling point. */
  waits: boolean;
}

export class Needs {
  readonly units: Units;
  readonly roots: Roots;
  /** By the unit's index. */
  readonly #kept: Kept[] = [];
  readonly #influence: Influence;
  readonly #endings: Endings;
  readonly #contents = new Set<ValueId>();
  readonly #watched = new Set<ObjectId>();
  readonly #writing = new Set<Instruction>();
  /** Results that stay unknown as long as their callee is nothing but a computation. */
  readonly #parked = new Map<Unit, (readonly [Call, number])[]>();
  /** What is to be done, and about whom: twice an instruction, twice a slot and one, or -1 for a function to call. */
  readonly #work: number[] = [];
  readonly #about: (Unit | (() => void))[] = [];

  constructor(units: Units, roots: Roots) {
    this.units = units;
    this.roots = roots;
    this.#influence = new Influence(units);
    for (const unit of units.list) {
      const { code } = unit;
      const flow = flowOf(code, roots.recovers);
      const instructions = new Uint8Array(code.instructions.length);
      this.#kept.push({
        flow,
        instructions,
        slots: new Uint8Array(code.slotCount),
        results: new Set(),
        effective: false,
        waits: false,
      });
    }
    this.#endings = new Endings(units, this.#influence, (unit) => this.keptOf(unit).flow);
  }

  keptOf(unit: Unit): Kept {
    return this.#kept[unit.index] as Kept;
  }

  isKept(unit: Unit, at: number): boolean {
    return this.keptOf(unit).instructions[at] === 1;
  }

  isNeeded(unit: Unit, slot: Slot): boolean {
    return this.keptOf(unit).slots[slot] === 1;
  }

  /** Whether a result of a call is left unknown. */
  isOpaqueCall(call: Call): boolean {
    return [...call.targets.keys()].some(
      (target) => this.#parked.get(target)?.some(([each]) => each === call) === true,
    );
  }

  /** Keeps the roots and all that they need. */
  start(): void {
    const { units, roots } = this;
    for (const unit of units.list) {
      const { flow } = this.keptOf(unit);
      if (!flow.returns) this.#effective(unit);
      for (const at of unit.facts.acting) {
        if (flow.doomed[at] === 1 || !isRoot(units, roots, unit, at, flow.looping[at] === 1)) continue;
        this.keep(unit, at);
        // A call of what cannot be seen lets it know its arguments.
        if (isCall(unit.code.instructions[at] as Instruction)) this.#effective(unit);
      }
    }
    for (let index = 0; index < units.entry.code.resultCount; index += 1) {
      if (roots.leading.has(units.points.object(units.entry.results + index))) this.#needResult(units.entry, index);
    }
    this.finish();
  }

  finish(): void {
    for (let about = this.#about.pop(); about; about = this.#about.pop()) {
      const what = this.#work.pop() as number;
      if (typeof about === 'function') about();
      else if ((what & 1) === 0) this.#kept1(about, this.keptOf(about), what >> 1);
      else this.#slotNeeded(about, what >> 1);
    }
  }

  #later(what: number, about: Unit | (() => void)): void {
    this.#work.push(what);
    this.#about.push(about);
  }

  keep(unit: Unit, at: number): void {
    const kept = this.keptOf(unit);
    if (kept.instructions[at] === 1 || kept.flow.doomed[at] === 1) return;
    kept.instructions[at] = 1;
    this.#later(at * 2, unit);
  }

  #keepAll(places: readonly Place[]): void {
    for (const { unit, at } of places) this.keep(unit, at);
  }

  #kept1(unit: Unit, kept: Kept, at: number): void {
    const instruction = unit.code.instructions[at] as Instruction;
    for (const decider of kept.flow.deciders[at] ?? []) this.keep(unit, decider);
    this.#keepAll(this.#endings.ofInstruction(unit, at));
    this.#needOperands(unit, instruction, at);
    if (isWaiting(instruction)) this.#waits(unit);
    if (isEffect(unit, instruction)) this.#effective(unit);
  }

  #needSlots(unit: Unit, slots: readonly Slot[]): void {
    for (const slot of slots) this.#needSlot(unit, slot);
  }

  #needSlot(unit: Unit, slot: Slot): void {
    const kept = this.keptOf(unit);
    if (kept.slots[slot] === 1) return;
    kept.slots[slot] = 1;
    this.#later(slot * 2 + 1, unit);
  }

  #slotNeeded(unit: Unit, slot: Slot): void {
    const { code } = unit;
    for (const at of unit.facts.defs[slot] ?? []) this.#keepDefinition(unit, at, slot);
    this.#keepAll(this.#endings.ofSlot(unit, slot));
    if (slot >= code.captureCount + code.paramCount) return;
    for (const site of unit.callers)
      if (this.isKept(site.unit, site.at)) this.#needArgument(site.unit, site.at, slot - site.shift);
    for (const { unit: maker, at } of unit.makers) if (this.isKept(maker, at)) this.#needCapture(maker, at, slot);
  }

  #needArgument(caller: Unit, at: number, index: number): void {
    const instruction = caller.code.instructions[at];
    const slot = instruction && 'args' in instruction ? instruction.args[index] : undefined;
    if (slot !== undefined) this.#needSlot(caller, slot);
  }

  #needCapture(maker: Unit, at: number, index: number): void {
    const instruction = maker.code.instructions[at];
    const slot = instruction?.op === 'closure' ? instruction.captures[index] : undefined;
    if (slot !== undefined) this.#needSlot(maker, slot);
  }

  /** An instruction writes a slot that is needed. */
  #keepDefinition(unit: Unit, at: number, slot: Slot): void {
    const instruction = unit.code.instructions[at] as Instruction;
    this.keep(unit, at);
    const { units } = this;
    const object = (of: Slot): ObjectId => units.objectOf(unit, of);
    switch (instruction.op) {
      case 'call':
        instruction.dst.forEach((dst, index) => {
          if (dst === slot) this.#needCallResult(unit, at, index, instruction.resultHints[index] ?? 'any');
        });
        return;
      case 'return': {
        const index = unit.code.namedResults?.indexOf(slot) ?? -1;
        const value = instruction.values[index];
        if (value !== undefined) this.#needSlot(unit, value);
        return;
      }
      case 'load':
        this.#needContent(object(instruction.cell), contents.cell);
        // The cell may be a pointer to a field: the struct of the field is needed as well.
        this.#needContent(object(instruction.cell), contents.target);
        return;
      case 'getField':
        this.#needContent(object(instruction.object), instruction.field);
        return;
      case 'getIndex':
        this.#needContent(object(instruction.list), contents.element);
        this.#needContent(object(instruction.list), contents.length);
        return;
      case 'keys':
        this.#needContent(object(instruction.map), contents.key);
        this.#needContent(object(instruction.map), contents.length);
        return;
      case 'len':
        this.#needContent(object(instruction.of), contents.length);
        return;
      case 'recv':
        if (instruction.dst === slot) this.#needContent(object(instruction.chan), contents.sent);
        return;
      case 'select':
        for (const arm of instruction.cases) if (arm.dst === slot) this.#needContent(object(arm.chan), contents.sent);
        return;
      default:
        return;
    }
  }

  #needContent(object: ObjectId, name: string): void {
    const value = this.units.points.content(object, name);
    if (this.#contents.has(value)) return;
    this.#contents.add(value);
    this.#later(-1, () => {
      for (const { unit, at } of this.#influence.writersOf(value)) {
        this.keep(unit, at);
        this.#needWritten(unit, at, name, value);
      }
    });
  }

  #isContentNeeded(object: ObjectId, name: string): boolean {
    const facts = this.units.points.factsIfAny(object);
    return facts?.contents.has(name) === true && this.#contents.has(this.units.points.content(object, name));
  }

  /** The operands that a kept write puts under a needed name. */
  #needWritten(unit: Unit, at: number, name: string, value: ValueId): void {
    const instruction = unit.code.instructions[at] as Instruction;
    switch (instruction.op) {
      case 'store':
      case 'setField':
        this.#needSlot(unit, instruction.src);
        return;
      case 'setIndex':
        this.#needSlot(unit, name === contents.element ? instruction.src : instruction.index);
        return;
      case 'append':
        name === contents.element ? this.#needSlots(unit, instruction.values) : undefined;
        return;
      case 'send':
        this.#needSlot(unit, instruction.value);
        return;
      case 'select':
        for (const arm of instruction.cases) {
          if (arm.value !== undefined && this.#isContentNeeded(this.units.objectOf(unit, arm.chan), name))
            this.#needSlot(unit, arm.value);
        }
        return;
      case 'call':
      case 'go':
      case 'defer':
        this.#needSlots(unit, this.#influence.unseen.operandsWriting(unit, at, value));
        this.#writing.add(instruction);
        this.#effective(unit);
        return;
      default:
        return;
    }
  }

  /** Whether a call of code that cannot be seen may write something that is needed. */
  isWriting(instruction: Instruction): boolean {
    return this.#writing.has(instruction);
  }

  /** Operands of a kept instruction that it needs in any case. */
  #needOperands(unit: Unit, instruction: Instruction, at: number): void {
    if (partial.has(instruction.op)) {
      this.#needSome(unit, instruction, at);
      return;
    }
    if (instruction.op === 'condWait') this.#needLock(unit, instruction.cond);
    this.#needSlots(unit, usedSlots(instruction));
    const watched = watchedBy(instruction);
    if (watched !== undefined) this.#watch(this.units.objectOf(unit, watched));
  }

  #needLock(unit: Unit, cond: Slot): void {
    const { points } = this.units;
    const object = this.units.objectOf(unit, cond);
    this.#needContent(object, 'L');
    this.#watch(points.object(points.content(object, 'L')));
  }

  /** Instructions that need some of their operands only when somebody needs what becomes of them. */
  #needSome(unit: Unit, instruction: Instruction, at: number): void {
    const { leading } = this.roots;
    const { units } = this;
    const object = (slot: Slot): ObjectId => units.objectOf(unit, slot);
    const needLeading = (slots: readonly Slot[]): void =>
      this.#needSlots(
        unit,
        slots.filter((slot) => leading.has(object(slot))),
      );
    const needIfRead = (slot: Slot, of: Slot, name: string): void => {
      if (leading.has(object(slot)) || this.#isContentNeeded(object(of), name)) this.#needSlot(unit, slot);
    };
    switch (instruction.op) {
      case 'store':
        this.#needSlot(unit, instruction.cell);
        this.#needContent(object(instruction.cell), contents.target);
        needIfRead(instruction.src, instruction.cell, contents.cell);
        return;
      case 'setField':
        this.#needSlot(unit, instruction.object);
        needIfRead(instruction.src, instruction.object, instruction.field);
        return;
      case 'setIndex':
        this.#needSlots(unit, [instruction.list, instruction.index]);
        needIfRead(instruction.src, instruction.list, contents.element);
        return;
      case 'append':
        this.#needSlot(unit, instruction.list);
        for (const each of instruction.values) needIfRead(each, instruction.dst, contents.element);
        return;
      case 'send':
        this.#needSlot(unit, instruction.chan);
        this.#watch(object(instruction.chan));
        needIfRead(instruction.value, instruction.chan, contents.sent);
        return;
      case 'select':
        for (const arm of instruction.cases) {
          this.#needSlot(unit, arm.chan);
          this.#watch(object(arm.chan));
          if (arm.value !== undefined) needIfRead(arm.value, arm.chan, contents.sent);
        }
        return;
      case 'closure': {
        needLeading(instruction.captures);
        const target = units.unitOf(instruction.code);
        instruction.captures.forEach((slot, index) => {
          if (!target || this.isNeeded(target, index)) this.#needSlot(unit, slot);
        });
        return;
      }
      case 'call':
      case 'go':
      case 'defer':
      case 'onceDo':
        this.#needArguments(unit, instruction, at, needLeading);
        return;
      default:
        return;
    }
  }

  #needArguments(
    unit: Unit,
    instruction: Extract<Instruction, { op: 'call' | 'go' | 'defer' | 'onceDo' }>,
    at: number,
    needLeading: (slots: readonly Slot[]) => void,
  ): void {
    const call = this.units.callAt(unit, at);
    if (instruction.op === 'onceDo') {
      this.#needSlots(unit, [instruction.once, instruction.fn]);
      this.#watch(this.units.objectOf(unit, instruction.once));
      return;
    }
    if (call?.open === true && (call.targets.size > 0 || instruction.op !== 'call')) {
      if (instruction.callee.kind === 'value') this.#needSlot(unit, instruction.callee.slot);
      if (instruction.callee.kind === 'method') this.#needSlots(unit, instruction.args.slice(0, 1));
    }
    if (call?.open === true)
      needLeading(
        instruction.callee.kind === 'value' ? [instruction.callee.slot, ...instruction.args] : instruction.args,
      );
    for (const [target, { shift }] of call?.targets ?? []) {
      instruction.args.forEach((slot, index) => {
        if (
          this.keptOf(target).slots[shift + index] === 1 &&
          shift + index < target.code.captureCount + target.code.paramCount
        )
          this.#needSlot(unit, slot);
      });
    }
  }

  #needCallResult(unit: Unit, at: number, index: number, hint: Hint): void {
    const call = this.units.callAt(unit, at);
    if (!call) return;
    for (const target of call.targets.keys()) {
      const visible = (!call.open || this.roots.narrow) && call.targets.size === 1;
      if (visible && !this.keptOf(target).effective && this.#isOpaque(target, hint)) {
        const list = this.#parked.get(target) ?? [];
        list.push([call, index]);
        this.#parked.set(target, list);
      } else this.#needResult(target, index);
    }
  }

  #isOpaque(target: Unit, hint: Hint): boolean {
    return (this.roots.narrow && hint === 'error') || isOpaque(this.units, target, hint, this.#influence.writtenFields);
  }

  #needResult(unit: Unit, index: number): void {
    const kept = this.keptOf(unit);
    if (kept.results.has(index)) return;
    kept.results.add(index);
    const { code } = unit;
    const named = code.namedResults?.[index];
    if (named !== undefined) {
      this.#needSlot(unit, named);
      if (code.resultCells?.has(index) === true) this.#needContent(this.units.objectOf(unit, named), contents.cell);
      return;
    }
    for (const at of unit.facts.returns) {
      const instruction = code.instructions[at];
      const slot = instruction?.op === 'return' ? instruction.values[index] : undefined;
      if (slot === undefined) continue;
      this.keep(unit, at);
      this.#needSlot(unit, slot);
    }
  }

  #effective(unit: Unit): void {
    const kept = this.keptOf(unit);
    if (kept.effective) return;
    kept.effective = true;
    const parked = this.#parked.get(unit) ?? [];
    this.#parked.delete(unit);
    for (const [, index] of parked) this.#needResult(unit, index);
    for (const { unit: caller, at } of unit.callers) {
      if (this.keptOf(caller).flow.doomed[at] === 1) continue;
      this.keep(caller, at);
      this.#later(-1, () => this.#effective(caller));
    }
  }

  #waits(unit: Unit): void {
    const kept = this.keptOf(unit);
    if (kept.waits) return;
    kept.waits = true;
    this.#effective(unit);
    for (const { unit: caller, at } of unit.callers) {
      const reached = caller.code.instructions[at]?.op !== 'go' && this.keptOf(caller).flow.doomed[at] !== 1;
      if (reached) this.#later(-1, () => this.#waits(caller));
    }
  }

  /** Somebody may wait for objects of a class: who lets them go on is relevant. */
  #watch(object: ObjectId): void {
    if (this.#watched.has(object)) return;
    this.#watched.add(object);
    this.#later(-1, () => {
      for (const { unit, at } of this.#influence.enablersOf(object)) this.keep(unit, at);
      for (const parent of this.#influence.parentsOf(object)) this.#watch(parent);
    });
  }
}

const partial: ReadonlySet<Op> = new Set<Op>([
  'store',
  'setField',
  'setIndex',
  'append',
  'send',
  'select',
  'closure',
  'call',
  'go',
  'defer',
  'onceDo',
  'return',
  'panic',
]);
