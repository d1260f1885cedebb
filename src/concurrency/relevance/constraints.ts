/** What instructions say about what their values may refer to, as constraints for `Points`. */
import type { Hint, Instruction, NewObject, Slot, StructShape } from '../ir.ts';
import { usedSlots } from '../liveness.ts';
import { contents, type ObjectFacts, type ObjectId, type Points, type ValueId } from './points.ts';
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
    switch (instruction.op) {
      case 'const':
        if (instruction.value === null) this.home(base + instruction.dst);
        return;
      case 'copy':
        this.home(base + instruction.dst);
        points.assign(base + instruction.dst, base + instruction.src);
        return;
      case 'move':
        points.assign(base + instruction.dst, base + instruction.src);
        return;
      case 'unknown':
        if (instruction.key !== undefined) points.assign(base + instruction.dst, this.#global(instruction.key));
        this.hinted(base + instruction.dst, instruction.hint);
        return;
      case 'new':
        this.#made(base + instruction.dst, instruction.object);
        return;
      case 'load':
        this.#pointers.push(points.object(base + instruction.cell));
        points.assign(base + instruction.dst, this.content(base + instruction.cell, contents.cell));
        return;
      case 'store':
        this.#pointers.push(points.object(base + instruction.cell));
        points.assign(this.content(base + instruction.cell, contents.cell), base + instruction.src);
        return;
      case 'getField':
        this.hinted(base + instruction.dst, instruction.hint);
        points.assign(base + instruction.dst, this.content(base + instruction.object, instruction.field));
        return;
      case 'setField':
        points.assign(this.content(base + instruction.object, instruction.field), base + instruction.src);
        return;
      case 'getIndex':
        this.hinted(base + instruction.dst, instruction.hint);
        points.assign(base + instruction.dst, this.content(base + instruction.list, contents.element));
        return;
      case 'setIndex':
        points.assign(this.content(base + instruction.list, contents.key), base + instruction.index);
        points.assign(this.content(base + instruction.list, contents.element), base + instruction.src);
        return;
      case 'append':
        this.home(base + instruction.dst);
        points.assign(base + instruction.dst, base + instruction.list);
        for (const each of instruction.values)
          points.assign(this.content(base + instruction.dst, contents.element), base + each);
        return;
      case 'keys':
        this.home(base + instruction.dst);
        points.assign(
          this.content(base + instruction.dst, contents.element),
          this.content(base + instruction.map, contents.key),
        );
        return;
      case 'return':
        instruction.values.forEach((slot, index) => {
          const named = unit.code.namedResults?.[index];
          points.assign(named === undefined ? unit.results + index : base + named, base + slot);
        });
        return;
      default:
        this.#synchronisation(unit, instruction);
        return;
    }
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

  #synchronisation(unit: Unit, instruction: Instruction): void {
    const { points } = this;
    const { base } = unit;
    switch (instruction.op) {
      case 'makeChan':
      case 'makeTimer':
      case 'newContext': {
        const facts = points.facts(points.object(base + instruction.dst));
        facts.home = true;
        facts.sync = true;
        if (instruction.op === 'makeChan')
          this.hinted(this.content(base + instruction.dst, contents.sent), instruction.elem);
        return;
      }
      case 'send':
        this.sync(unit, instruction.chan);
        points.assign(this.content(base + instruction.chan, contents.sent), base + instruction.value);
        return;
      case 'recv':
        this.sync(unit, instruction.chan);
        if (instruction.dst !== undefined)
          points.assign(base + instruction.dst, this.content(base + instruction.chan, contents.sent));
        return;
      case 'select':
        for (const arm of instruction.cases) {
          this.sync(unit, arm.chan);
          const sent = this.content(base + arm.chan, contents.sent);
          if (arm.value !== undefined) points.assign(sent, base + arm.value);
          if (arm.dst !== undefined) points.assign(base + arm.dst, sent);
        }
        return;
      case 'contextDone': {
        this.sync(unit, instruction.context);
        const done = this.content(base + instruction.context, contents.done);
        points.facts(points.object(done)).sync = true;
        points.assign(base + instruction.dst, done);
        return;
      }
      case 'tryLock':
      case 'lock':
      case 'unlock':
      case 'wgAdd':
      case 'wgWait':
      case 'condSignal':
      case 'close':
      case 'stopTimer':
      case 'contextErr':
      case 'cancelContext':
      case 'condWait':
        if (instruction.op === 'condWait')
          points.facts(points.object(this.content(base + instruction.cond, 'L'))).sync = true;
        for (const slot of usedSlots(instruction).slice(0, 1)) this.sync(unit, slot);
        return;
      default:
        return;
    }
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
