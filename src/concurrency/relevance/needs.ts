/**
 * The backward slice over a whole program: from the roots to everything that decides whether they run and on which
 * values. What is not kept can change nothing that the search asks for. What one instruction needs of its operands stands
 * in `operand-needs.ts`.
 */

import { work } from '../../work/meter.ts';
import { callsNow, isCall, isWaiting, slotsAt, startsGoroutine } from '../instructions.ts';
import type { Hint, Instruction, Slot } from '../ir.ts';
import { contents } from '../operation.ts';
import { isEffect } from './effects.ts';
import { Endings } from './endings.ts';
import { Influence } from './influence.ts';
import { Agenda, type Kept, newKept } from './kept.ts';
import { isOpaque } from './opaque.ts';
import { needConsulted, needFromCallers, needOperands, needWritten } from './operand-needs.ts';
import type { ObjectId, ValueId } from './points.ts';
import { isRoot, type Roots } from './roots.ts';
import type { Call, Place, Unit, Units } from './units.ts';

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
  readonly #agenda = new Agenda();

  constructor(units: Units, roots: Roots) {
    this.units = units;
    this.roots = roots;
    this.#influence = new Influence(units);
    for (const unit of units.list) this.#kept.push(newKept(unit, roots.recovers));
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

  /** Follows what was kept to all that it needs. */
  finish(): void {
    this.#agenda.run(
      (unit, at) => this.#kept1(unit, this.keptOf(unit), at),
      (unit, slot) => this.#slotNeeded(unit, slot),
    );
  }

  keep(unit: Unit, at: number): void {
    const kept = this.keptOf(unit);
    if (kept.instructions[at] === 1 || kept.flow.doomed[at] === 1) return;
    kept.instructions[at] = 1;
    this.#agenda.instruction(unit, at);
  }

  #keepAll(places: readonly Place[]): void {
    work(places.length);
    for (const { unit, at } of places) this.keep(unit, at);
  }

  #kept1(unit: Unit, kept: Kept, at: number): void {
    const instruction = unit.code.instructions[at] as Instruction;
    for (const decider of kept.flow.deciders[at] ?? []) this.keep(unit, decider);
    this.#keepAll(this.#endings.ofInstruction(unit, at));
    needOperands(this, unit, instruction, at);
    if (isWaiting(instruction)) this.#waits(unit);
    if (isEffect(unit, instruction)) this.#effective(unit);
  }

  needSlots(unit: Unit, slots: readonly Slot[]): void {
    for (const slot of slots) this.needSlot(unit, slot);
  }

  needSlot(unit: Unit, slot: Slot): void {
    const kept = this.keptOf(unit);
    if (kept.slots[slot] === 1) return;
    kept.slots[slot] = 1;
    this.#agenda.slot(unit, slot);
  }

  #slotNeeded(unit: Unit, slot: Slot): void {
    for (const at of unit.facts.defs[slot] ?? []) this.#keepDefinition(unit, at, slot);
    this.#keepAll(this.#endings.ofSlot(unit, slot));
    work(unit.callers.length + unit.makers.length);
    needFromCallers(this, unit, slot);
  }

  /** An instruction writes a slot that is needed. */
  #keepDefinition(unit: Unit, at: number, slot: Slot): void {
    const instruction = unit.code.instructions[at] as Instruction;
    this.keep(unit, at);
    if (callsNow(instruction)) {
      instruction.dst.forEach((dst, index) => {
        if (dst === slot) this.#needCallResult(unit, at, index, instruction.resultHints[index] ?? 'any');
      });
      return;
    }
    const named = unit.code.namedResults?.indexOf(slot) ?? -1;
    const value = unit.facts.returns.includes(at) ? slotsAt(instruction, 'values')[named] : undefined;
    if (value !== undefined) this.needSlot(unit, value);
    needConsulted(this, unit, instruction, slot);
  }

  needContent(object: ObjectId, name: string): void {
    const value = this.units.points.content(object, name);
    if (this.#contents.has(value)) return;
    this.#contents.add(value);
    this.#agenda.task(() => {
      for (const { unit, at } of this.#influence.writersOf(value)) {
        work();
        this.keep(unit, at);
        needWritten(this, unit, at, name, value);
      }
    });
  }

  isContentNeeded(object: ObjectId, name: string): boolean {
    const facts = this.units.points.factsIfAny(object);
    return facts?.contents.has(name) === true && this.#contents.has(this.units.points.content(object, name));
  }

  /** A kept call of unseen code writes something that is needed, through some of its operands. */
  keepWriting(unit: Unit, at: number, value: ValueId): void {
    this.needSlots(unit, this.#influence.unseen.operandsWriting(unit, at, value));
    this.#writing.add(unit.code.instructions[at] as Instruction);
    this.#effective(unit);
  }

  /** Whether a call of unseen code may write something that is needed. */
  isWriting(instruction: Instruction): boolean {
    return this.#writing.has(instruction);
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
      this.needSlot(unit, named);
      if (code.resultCells?.has(index) === true) this.needContent(this.units.objectOf(unit, named), contents.cell);
      return;
    }
    for (const at of unit.facts.returns) {
      const instruction = code.instructions[at];
      const slot = instruction && slotsAt(instruction, 'values')[index];
      if (slot === undefined) continue;
      this.keep(unit, at);
      this.needSlot(unit, slot);
    }
  }

  #effective(unit: Unit): void {
    const kept = this.keptOf(unit);
    if (kept.effective) return;
    kept.effective = true;
    const parked = this.#parked.get(unit) ?? [];
    this.#parked.delete(unit);
    for (const [, index] of parked) this.#needResult(unit, index);
    work(unit.callers.length);
    for (const { unit: caller, at } of unit.callers) {
      if (this.keptOf(caller).flow.doomed[at] === 1) continue;
      this.keep(caller, at);
      this.#agenda.task(() => this.#effective(caller));
    }
  }

  #waits(unit: Unit): void {
    const kept = this.keptOf(unit);
    if (kept.waits) return;
    kept.waits = true;
    this.#effective(unit);
    work(unit.callers.length);
    for (const { unit: caller, at } of unit.callers) {
      const reached =
        !startsGoroutine(caller.code.instructions[at] as Instruction) && this.keptOf(caller).flow.doomed[at] !== 1;
      if (reached) this.#agenda.task(() => this.#waits(caller));
    }
  }

  /** Somebody may wait for objects of a class: who lets them go on is relevant. */
  watch(object: ObjectId): void {
    if (this.#watched.has(object)) return;
    this.#watched.add(object);
    this.#agenda.task(() => {
      const enablers = this.#influence.enablersOf(object);
      work(enablers.length);
      for (const { unit, at } of enablers) this.keep(unit, at);
      for (const parent of this.#influence.parentsOf(object)) this.watch(parent);
    });
  }
}
