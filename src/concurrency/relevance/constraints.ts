/** What instructions say about what their values may refer to, as constraints for `Points`. */
import {
  constantOf,
  contentName,
  globalOf,
  isContent,
  meaningOf,
  type Part,
  partsOf,
  slotAt,
  slotsAt,
} from '../instructions.ts';
import type { Hint, Instruction, NewObject, Slot, StructShape } from '../ir.ts';
import { contents, type Flow, lockOfCond, type Place } from '../operation.ts';
import type { ObjectFacts, ObjectId, Points, ValueId } from './points.ts';
import type { Unit } from './units.ts';

export class Constraints {
  readonly points: Points;
  readonly #globals = new Map<string, ValueId>();
  readonly #pointers: ObjectId[] = [];

  constructor(points: Points) {
    this.points = points;
  }

  /** What an instruction says, except for closures and calls. */
  add(unit: Unit, instruction: Instruction): void {
    const { points } = this;
    const { base } = unit;
    const { makes, hinted, ends } = meaningOf(instruction);
    if ('dst' in instruction && typeof instruction.dst === 'number') {
      const dst = base + instruction.dst;
      if (makes === 'value' || constantOf(instruction) === null) this.home(dst);
      if (makes === 'object' && 'object' in instruction && typeof instruction.object === 'object')
        this.#made(dst, instruction.object);
      if (makes === 'sync') this.#madeSync(dst, instruction);
      const global = globalOf(instruction);
      if (global !== undefined) points.assign(dst, this.#global(global));
      if (hinted === true && 'hint' in instruction) this.hinted(dst, instruction.hint);
    }
    for (const part of partsOf(instruction)) this.#part(unit, part);
    if (ends === 'function') this.#returned(unit, slotsAt(instruction, 'values'));
  }

  /** What an instruction, or one case of a select, says of its operands. */
  #part(unit: Unit, part: Part): void {
    const { on, flows, points, consults } = meaningOf(part);
    if (on !== undefined) {
      if (consults?.some(({ name }) => name === lockOfCond))
        this.points.facts(this.points.object(this.content(unit.base + (slotAt(part, on) as Slot), lockOfCond))).sync =
          true;
      this.sync(unit, slotAt(part, on) as Slot);
    }
    if (points !== undefined) this.#pointers.push(this.points.object(unit.base + (slotAt(part, points) as Slot)));
    for (const flow of flows ?? []) this.#flow(unit, part, flow);
  }

  #flow(unit: Unit, part: Part, { to, from }: Flow): void {
    const targets = this.#valuesAt(unit, part, to);
    for (const source of this.#valuesAt(unit, part, from))
      for (const target of targets) this.points.assign(target, source);
  }

  /** The values that stand at a place: several when the operand is a list of slots. */
  #valuesAt({ base }: Unit, part: Part, place: Place): readonly ValueId[] {
    if (!isContent(place)) return slotsAt(part, place).map((slot) => base + slot);
    const held = this.content(base + (slotAt(part, place.in) as Slot), contentName(part, place));
    if (place.name === contents.done) this.points.facts(this.points.object(held)).sync = true;
    return [held];
  }

  #returned(unit: Unit, values: readonly Slot[]): void {
    values.forEach((slot, index) => {
      const named = unit.code.namedResults?.[index];
      this.points.assign(named === undefined ? unit.results + index : unit.base + named, unit.base + slot);
    });
  }

  /** What a value of a hint may be. */
  hinted(value: ValueId, hint: Hint): void {
    if (typeof hint !== 'object') return;
    if ('struct' in hint) {
      if (hint.struct.typeName !== '') this.points.facts(this.points.object(value)).addType(hint.struct.typeName);
      return;
    }
    const [held, content] = 'list' in hint ? [hint.list, contents.element] : [hint.cell, contents.cell];
    if (typeof held === 'object') this.hinted(this.points.content(this.points.object(value), content), held);
  }

  /** The value may refer to an object that is made here. */
  home(value: ValueId): void {
    this.points.facts(this.points.object(value)).home = true;
  }

  #made(value: ValueId, object: NewObject): void {
    const facts = this.points.facts(this.points.object(value));
    facts.home = true;
    if (object.kind === 'struct') this.#shaped(facts, object.shape());
    else if (object.kind === 'list') {
      const element = this.content(value, contents.element);
      if (object.element?.kind === 'object') this.#made(element, object.element.object);
      else this.points.facts(this.points.object(element)).home = true;
    } else if (object.kind !== 'cell') facts.sync = true;
  }

  #shaped(facts: ObjectFacts, shape: StructShape): void {
    facts.addShape(shape);
    if (shape.typeName !== '') facts.addType(shape.typeName);
  }

  /** A pointer to a field is a struct that names the field in its type: what it points to is that field. */
  followPointers(): void {
    const { points } = this;
    for (const object of this.#pointers) {
      const facts = points.factsIfAny(object);
      for (const type of facts?.types ?? []) {
        if (!type.startsWith('&')) continue;
        const target = points.content(object, 'target');
        points.same(points.content(object, contents.cell), points.content(points.object(target), type.slice(1)));
      }
    }
  }

  sync(unit: Unit, slot: Slot): void {
    const { points } = this;
    points.facts(points.object(unit.base + slot)).sync = true;
  }

  /** A channel, a timer or a context. */
  #madeSync(value: ValueId, instruction: Instruction): void {
    const facts = this.points.facts(this.points.object(value));
    facts.home = true;
    facts.sync = true;
    if ('elem' in instruction) this.hinted(this.content(value, contents.sent), instruction.elem);
  }

  content(value: ValueId, name: string): ValueId {
    return this.points.content(this.points.object(value), name);
  }

  /** The value of a package variable that nobody assigns. */
  #global(key: string): ValueId {
    let value = this.#globals.get(key);
    if (value === undefined) {
      value = this.points.values(1);
      this.#globals.set(key, value);
    }
    return value;
  }
}
