/**
 * Branches of which one way only ends the program, such as `if err := start(out); err != nil { log.Fatal(err) }`.
 *
 * They decide nothing that comes after them, so control dependence leaves them out. But who gets past them knows what
 * the condition asked: such a branch matters as soon as its condition hangs together with something that matters, which
 * is a slot that is needed, or an instruction that is kept and gave the condition its value.
 */

import { work } from '../../work/meter.ts';
import { callsNow, isComputation, slotsAt, sourceOf, storesOf, usedSlots, writtenSlots } from '../instructions.ts';
import type { Code, Instruction, Slot } from '../ir.ts';
import { factsOf } from './code-facts.ts';
import type { Flow } from './flow.ts';
import type { Influence } from './influence.ts';
import type { Place, Unit, Units } from './units.ts';

export class Endings {
  readonly #units: Units;
  readonly #influence: Influence;
  readonly #flowOf: (unit: Unit) => Flow;
  /** By the unit's index, then by slot. */
  readonly #bySlot: Map<Slot, Place[]>[];
  /** By the unit's index, then by the instruction's. */
  readonly #byInstruction: Map<number, Place[]>[];
  readonly #propagated = new Set<string>();

  constructor(units: Units, influence: Influence, flowOf: (unit: Unit) => Flow) {
    this.#units = units;
    this.#influence = influence;
    this.#flowOf = flowOf;
    this.#bySlot = units.list.map(() => new Map());
    this.#byInstruction = units.list.map(() => new Map());
    for (const unit of units.list)
      for (const [at, slots] of endingBranches(unit.code, flowOf(unit))) {
        this.#asks(unit, slots, [{ unit, at }]);
        this.#asksAround(unit, at, [{ unit, at }]);
      }
  }

  /** What is to be kept once a slot is needed. */
  ofSlot(unit: Unit, slot: Slot): readonly Place[] {
    return this.#bySlot[unit.index]?.get(slot) ?? [];
  }

  /** What is to be kept once an instruction is kept. */
  ofInstruction(unit: Unit, at: number): readonly Place[] {
    return this.#byInstruction[unit.index]?.get(at) ?? [];
  }

  /** The places end the program depending on what the slots of a unit hold. */
  #asks(unit: Unit, slots: readonly Slot[], places: readonly Place[]): void {
    const { code, facts } = unit;
    for (const slot of slots) {
      note(this.#bySlot[unit.index], slot, places);
      for (const at of facts.defs[slot] ?? []) {
        note(this.#byInstruction[unit.index], at, places);
        this.#asksContent(unit, at, places);
      }
      if (slot < code.captureCount + code.paramCount) this.#asksCallers(unit, slot, places);
    }
  }

  /** `if s.err != nil { log.Fatal(s.err) }`: whether the field was set hangs on what decides the instruction that sets it. */
  #asksContent(unit: Unit, at: number, places: readonly Place[]): void {
    const { points } = this.#units;
    const instruction = unit.code.instructions[at];
    const source = instruction && sourceOf(instruction);
    if (source?.name === undefined) return;
    const content = points.content(this.#units.objectOf(unit, source.slot), source.name);
    for (const writer of this.#influence.writersOf(content)) {
      const { instructions } = writer.unit.code;
      for (const decider of this.#flowOf(writer.unit).deciders[writer.at] ?? [])
        note(this.#byInstruction[writer.unit.index], decider, places);
      const written = instructions[writer.at];
      for (const { from } of written ? storesOf(written) : [])
        for (const slot of slotsAt(written as Instruction, from))
          for (const origin of writer.unit.facts.defs[slot] ?? [])
            note(this.#byInstruction[writer.unit.index], origin, places);
    }
  }

  /** What decides whether an instruction runs that may end the program. */
  #asksAround(unit: Unit, at: number, places: readonly Place[]): void {
    for (const decider of this.#flowOf(unit).deciders[at] ?? []) {
      const instruction = unit.code.instructions[decider];
      if (instruction && 'cond' in instruction) this.#asks(unit, sources(unit.code, instruction.cond), places);
    }
  }

  /** `must(err)`: the call ends the program by what its argument is. */
  #asksCallers(unit: Unit, slot: Slot, places: readonly Place[]): void {
    const end = places[places.length - 1];
    for (const { unit: caller, at, shift } of unit.callers) {
      const key = `${end?.unit.index} ${end?.at} ${slot} ${caller.index} ${at}`;
      if (this.#propagated.has(key)) continue;
      this.#propagated.add(key);
      const call = caller.code.instructions[at];
      const argument = call && callsNow(call) ? call.args[slot - shift] : undefined;
      if (argument === undefined || this.#flowOf(caller).doomed[at] === 1) continue;
      this.#asks(caller, sources(caller.code, argument), [{ unit: caller, at }, ...places]);
      this.#asksAround(caller, at, [{ unit: caller, at }, ...places]);
    }
  }
}

function note(table: Map<number, Place[]> | undefined, key: number, places: readonly Place[]): void {
  work(places.length);
  const list = table?.get(key);
  if (list) list.push(...places);
  else table?.set(key, [...places]);
}

const known = new WeakMap<Flow, ReadonlyMap<number, readonly Slot[]>>();

/** Branches with a way that only ends the program, and the slots that their condition is computed from. */
function endingBranches(code: Code, flow: Flow): ReadonlyMap<number, readonly Slot[]> {
  let branches = known.get(flow);
  if (!branches) {
    const found = new Map<number, readonly Slot[]>();
    code.instructions.forEach((instruction, at) => {
      if ('then' in instruction && flow.next[at]?.length === 1 && instruction.then !== instruction.else)
        found.set(at, sources(code, instruction.cond));
    });
    branches = found;
    known.set(flow, branches);
  }
  return branches;
}

/** What a condition is computed from, and what came together with that: results of a call, an element and whether it is there. */
function sources(code: Code, slot: Slot): readonly Slot[] {
  const { defs } = factsOf(code);
  const found = new Set<Slot>();
  const seen = new Set<Slot>();
  const work: { readonly slot: Slot; readonly depth: number }[] = [{ slot, depth: 0 }];
  for (let item = work.pop(); item; item = work.pop()) {
    if (seen.has(item.slot)) continue;
    seen.add(item.slot);
    const { depth } = item;
    const writer = code.instructions[defs[item.slot]?.[0] ?? -1];
    if (writer && isComputation(writer) && depth <= maxDepth) {
      for (const used of usedSlots(writer)) work.push({ slot: used, depth: depth + 1 });
      continue;
    }
    found.add(item.slot);
    for (const at of depth > maxDepth ? [] : (defs[item.slot] ?? [])) {
      const from = code.instructions[at];
      const source = from && sourceOf(from);
      if (source && source.name === undefined) work.push({ slot: source.slot, depth: depth + 1 });
      else if (from) for (const written of writtenSlots(from)) found.add(written);
    }
  }
  return [...found];
}

const maxDepth = 6;
