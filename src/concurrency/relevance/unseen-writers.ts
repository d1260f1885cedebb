/** What calls of unseen code may write, in a whole program: see `machine/overwrite.ts`. */
import { isInvocation, meaningOf, slotsAt } from '../instructions.ts';
import type { Instruction, Slot } from '../ir.ts';
import { isReachable } from '../machine/overwrite.ts';
import { contents } from '../operation.ts';
import type { ObjectFacts, ObjectId, ValueId } from './points.ts';
import type { Unit, Units } from './units.ts';

/** A class of objects may lead to so many others; what lies beyond stays as it is. */
const maxReached = 64;

/** Contents that only synchronisation changes. */
const unwritten: ReadonlySet<string> = new Set<string>([contents.sent, contents.done, contents.target, 'L']);

export class UnseenWriters {
  readonly #units: Units;
  readonly #written: ReadonlySet<ValueId>;
  readonly #reached = new Map<string, ReadonlySet<ValueId>>();

  /** @param written contents that the program at hand writes: others, of objects from outside, are unknown already, but for lengths */
  constructor(units: Units, written: ReadonlySet<ValueId>) {
    this.#units = units;
    this.#written = written;
  }

  /** Whether unseen code gets to know the arguments of an instruction, as another package or not. */
  writerAt(unit: Unit, at: number): 'foreign' | 'any' | undefined {
    const instruction = unit.code.instructions[at] as Instruction;
    if (meaningOf(instruction).overwrites !== undefined) return 'foreign';
    if (!isInvocation(instruction)) return undefined;
    if (this.#units.callAt(unit, at)?.open !== true) return undefined;
    if (instruction.callee.kind !== 'static') return 'any';
    return instruction.callee.code.site.file === undefined ? 'foreign' : undefined;
  }

  /** The operands of such an instruction through which it may write a content. */
  operandsWriting(unit: Unit, at: number, content: ValueId): readonly Slot[] {
    const writer = this.writerAt(unit, at);
    const instruction = unit.code.instructions[at] as Instruction;
    if (writer === undefined) return [];
    return operandsOf(instruction).filter((slot) => this.contentsOf(unit, slot, writer).has(content));
  }

  /** Everything that such an instruction may write. */
  writtenAt(unit: Unit, at: number): readonly ValueId[] {
    const writer = this.writerAt(unit, at);
    if (writer === undefined) return [];
    const instruction = unit.code.instructions[at] as Instruction;
    return operandsOf(instruction).flatMap((slot) => [...this.contentsOf(unit, slot, writer)]);
  }

  contentsOf(unit: Unit, slot: Slot, writer: 'foreign' | 'any'): ReadonlySet<ValueId> {
    const root = this.#units.objectOf(unit, slot);
    const key = `${root} ${writer}`;
    let found = this.#reached.get(key);
    if (!found) {
      found = this.#reachedFrom(root, writer);
      this.#reached.set(key, found);
    }
    return found;
  }

  #reachedFrom(root: ObjectId, writer: 'foreign' | 'any'): ReadonlySet<ValueId> {
    const { points } = this.#units;
    const found = new Set<ValueId>();
    const seen = new Set([root]);
    const work = [root];
    for (let object = work.pop(); object !== undefined && seen.size <= maxReached; object = work.pop()) {
      const facts = points.factsIfAny(object);
      if (!facts || facts.closures.size > 0) continue;
      for (const [name, held] of facts.contents) {
        const value = points.value(held);
        const below = points.object(value);
        const isChanged = !unwritten.has(name) && reaches(facts, name, writer);
        if (!isChanged && name !== contents.target) continue;
        const isKnown = facts.home || this.#written.has(value) || name === contents.length;
        if (isChanged && isKnown && points.factsIfAny(below)?.sync !== true) found.add(value);
        if (seen.has(below)) continue;
        seen.add(below);
        work.push(below);
      }
    }
    return found;
  }
}

function operandsOf(instruction: Instruction): readonly Slot[] {
  const { overwrites } = meaningOf(instruction);
  if (overwrites !== undefined) return slotsAt(instruction, overwrites);
  return 'args' in instruction ? instruction.args : [];
}

const elements: ReadonlySet<string> = new Set<string>([contents.cell, contents.element, contents.key, contents.length]);

function reaches({ shapes }: ObjectFacts, name: string, writer: 'foreign' | 'any'): boolean {
  if (writer === 'any' || elements.has(name) || isReachable(undefined, name)) return true;
  return [...shapes].some((shape) => isReachable(shape, name));
}
