/** Who writes what, and who lets whom go on, in a whole program. */

import { work } from '../../work/meter.ts';
import { contentName, enables, partsOf, putsOf, slotAt } from '../instructions.ts';
import type { Instruction, Slot } from '../ir.ts';
import { namedField } from '../operation.ts';
import { isFresh } from './effects.ts';
import type { ObjectId, ValueId } from './points.ts';
import type { Place, Unit, Units } from './units.ts';
import { UnseenWriters } from './unseen-writers.ts';

export class Influence {
  readonly unseen: UnseenWriters;
  readonly #units: Units;
  readonly #writers = new Map<ValueId, Place[]>();
  /** Operations that let others go on, by the class of their object. */
  readonly #enablers = new Map<ObjectId, Place[]>();
  readonly #parents = new Map<ObjectId, ObjectId[]>();
  readonly #fields = new Set<string>();

  constructor(units: Units) {
    this.#units = units;
    for (const unit of units.list) {
      work(unit.code.instructions.length);
      for (const at of unit.facts.writes) this.#write(unit, at);
      for (const at of unit.facts.acting) this.#enabler(unit, unit.code.instructions[at] as Instruction, at);
    }
    this.unseen = new UnseenWriters(units, new Set(this.#writers.keys()));
    for (const unit of units.list) for (const at of unit.facts.acting) this.#unseen(unit, at);
  }

  /** Names of fields that are written after their struct was made. */
  get writtenFields(): ReadonlySet<string> {
    return this.#fields;
  }

  /** Instructions that may put something into a content. */
  writersOf(content: ValueId): readonly Place[] {
    return this.#writers.get(content) ?? [];
  }

  /** Operations that may let go on who waits for objects of a class. */
  enablersOf(object: ObjectId): readonly Place[] {
    return this.#enablers.get(object) ?? [];
  }

  /** Contexts whose end is the end of a context. */
  parentsOf(context: ObjectId): readonly ObjectId[] {
    return this.#parents.get(context) ?? [];
  }

  #write(unit: Unit, at: number): void {
    const { points } = this.#units;
    const instruction = unit.code.instructions[at] as Instruction;
    for (const part of partsOf(instruction)) {
      for (const put of putsOf(part)) {
        const holder = slotAt(part, put.in) as Slot;
        const name = contentName(part, put);
        if (put.name === namedField && !isFresh(unit, holder)) this.#fields.add(name);
        this.#note(points.content(this.#units.objectOf(unit, holder), name), { unit, at });
      }
    }
  }

  #unseen(unit: Unit, at: number): void {
    for (const value of this.unseen.writtenAt(unit, at)) this.#note(value, { unit, at });
  }

  #note(value: ValueId, place: Place): void {
    const list = this.#writers.get(value);
    if (list) list.push(place);
    else this.#writers.set(value, [place]);
  }

  #enabler(unit: Unit, instruction: Instruction, at: number): void {
    const slot = enables(instruction);
    if (slot !== undefined) {
      const object = this.#units.objectOf(unit, slot);
      const list = this.#enablers.get(object) ?? [];
      list.push({ unit, at });
      this.#enablers.set(object, list);
    }
    if (!('parent' in instruction) || instruction.parent === undefined || instruction.detached) return;
    const child = this.#units.objectOf(unit, instruction.dst);
    const parents = this.#parents.get(child) ?? [];
    parents.push(this.#units.objectOf(unit, instruction.parent));
    this.#parents.set(child, parents);
  }
}
