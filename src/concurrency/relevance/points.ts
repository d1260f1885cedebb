/**
 * What values may refer to: an analysis after Steensgaard. Each value has one class of objects; assigning one value to
 * another makes their classes one. Contents of objects (fields, elements, what a cell holds) are values again.
 */

import { work } from '../../work/meter.ts';
import type { CodeRef, StructShape } from '../ir.ts';

/** Number of a value: a slot of a code, a result, or the contents of an object class. */
export type ValueId = number;
/** Number of an object class; ask `find` for the one that stands for it now. */
export type ObjectId = number;

const noTypes: ReadonlySet<string> = new Set();
const noShapes: ReadonlySet<StructShape> = new Set();
const noClosures: ReadonlyMap<CodeRef, number> = new Map();

/** Most classes have few facts, and there are many classes: what is not there takes no room. */
export class ObjectFacts {
  readonly contents = new Map<string, ValueId>();
  #types: Set<string> | undefined;
  #shapes: Set<StructShape> | undefined;
  #closures: Map<CodeRef, number> | undefined;
  /** Some object of the class is made by the code at hand (or is nil). */
  home = false;
  /** Operated on by a synchronisation instruction. */
  sync = false;

  /** Struct types that objects of the class may have. */
  get types(): ReadonlySet<string> {
    return this.#types ?? noTypes;
  }

  get shapes(): ReadonlySet<StructShape> {
    return this.#shapes ?? noShapes;
  }

  /** Closures of the class: their code and how many values they capture. */
  get closures(): ReadonlyMap<CodeRef, number> {
    return this.#closures ?? noClosures;
  }

  addType(type: string): void {
    this.#types ??= new Set();
    this.#types.add(type);
  }

  addShape(shape: StructShape): void {
    this.#shapes ??= new Set();
    this.#shapes.add(shape);
  }

  addClosure(code: CodeRef, captures: number): void {
    this.#closures ??= new Map();
    this.#closures.set(code, captures);
  }
}

export class Points {
  readonly #valueParent: ValueId[] = [];
  readonly #objectOf: ObjectId[] = [];
  readonly #parent: ObjectId[] = [];
  readonly #facts: (ObjectFacts | undefined)[] = [];

  get valueCount(): number {
    return this.#valueParent.length;
  }

  /** `count` new values, each with a class of its own; the first one's number. */
  values(count: number): ValueId {
    const first = this.#valueParent.length;
    for (let at = first; at < first + count; at += 1) {
      this.#valueParent.push(at);
      this.#objectOf.push(this.#parent.push(this.#parent.length) - 1);
    }
    return first;
  }

  /** The value that stands for a value. */
  value(id: ValueId): ValueId {
    let at = id;
    while (this.#valueParent[at] !== at) at = this.#valueParent[at] as ValueId;
    if (at !== id) this.#valueParent[id] = at;
    return at;
  }

  /** The class of what a value refers to. */
  object(value: ValueId): ObjectId {
    return this.find(this.#objectOf[this.value(value)] as ObjectId);
  }

  find(object: ObjectId): ObjectId {
    let at = object;
    while (this.#parent[at] !== at) {
      const above = this.#parent[at] as ObjectId;
      this.#parent[at] = this.#parent[above] as ObjectId;
      at = above;
    }
    return at;
  }

  facts(object: ObjectId): ObjectFacts {
    const root = this.find(object);
    let facts = this.#facts[root];
    if (!facts) {
      facts = new ObjectFacts();
      this.#facts[root] = facts;
    }
    return facts;
  }

  /** Facts of a class, when it has any. */
  factsIfAny(object: ObjectId): ObjectFacts | undefined {
    return this.#facts[this.find(object)];
  }

  /** The value that objects of a class hold under a name. */
  content(object: ObjectId, name: string): ValueId {
    const { contents: held } = this.facts(object);
    let value = held.get(name);
    if (value === undefined) {
      value = this.values(1);
      held.set(name, value);
    }
    return this.value(value);
  }

  /** One value may become the other: they refer to the same objects. */
  assign(x: ValueId, y: ValueId): void {
    this.unify(this.#objectOf[this.value(x)] as ObjectId, this.#objectOf[this.value(y)] as ObjectId);
  }

  /** Two names of the same place. */
  same(x: ValueId, y: ValueId): void {
    const [a, b] = [this.value(x), this.value(y)];
    if (a === b) return;
    this.#valueParent[b] = a;
    this.unify(this.#objectOf[a] as ObjectId, this.#objectOf[b] as ObjectId);
  }

  unify(x: ObjectId, y: ObjectId): void {
    const pairs: (readonly [ObjectId, ObjectId])[] = [[x, y]];
    for (let pair = pairs.pop(); pair; pair = pairs.pop()) {
      work();
      const [a, b] = [this.find(pair[0]), this.find(pair[1])];
      if (a === b) continue;
      const [factsA, factsB] = [this.#facts[a], this.#facts[b]];
      // The one without facts goes into the other.
      const [keep, lose] =
        factsA === undefined || (factsB !== undefined && factsB.contents.size > factsA.contents.size) ? [b, a] : [a, b];
      this.#parent[lose] = keep;
      const from = this.#facts[lose];
      if (!from) continue;
      this.#facts[lose] = undefined;
      const into = this.facts(keep);
      into.home ||= from.home;
      into.sync ||= from.sync;
      work(from.types.size + from.shapes.size + from.closures.size + from.contents.size);
      for (const type of from.types) into.addType(type);
      for (const shape of from.shapes) into.addShape(shape);
      for (const [code, captures] of from.closures) into.addClosure(code, captures);
      for (const [name, value] of from.contents) {
        const own = into.contents.get(name);
        if (own === undefined) {
          into.contents.set(name, value);
          continue;
        }
        const [v, w] = [this.value(own), this.value(value)];
        if (v === w) continue;
        this.#valueParent[w] = v;
        pairs.push([this.#objectOf[v] as ObjectId, this.#objectOf[w] as ObjectId]);
      }
    }
  }

  /** Every class that stands for itself and has facts. */
  *classes(): Iterable<readonly [ObjectId, ObjectFacts]> {
    for (let at = 0; at < this.#facts.length; at += 1) {
      const facts = this.#facts[at];
      if (facts) yield [at, facts];
    }
  }
}
