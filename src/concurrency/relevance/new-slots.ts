/** The slots of a sliced code: those that are still needed, numbered anew; all others read as nil. */
import type { Slot } from '../ir.ts';
import type { Needs } from './needs.ts';
import type { Unit } from './units.ts';

export class NewSlots {
  readonly #needs: Needs;
  readonly #unit: Unit;
  readonly #slots = new Map<Slot, Slot>();
  #count: number;
  #dead: Slot | undefined;

  constructor(needs: Needs, unit: Unit) {
    this.#needs = needs;
    this.#unit = unit;
    this.#count = unit.code.captureCount + unit.code.paramCount;
    for (let slot = 0; slot < this.#count; slot += 1) this.#slots.set(slot, slot);
  }

  get count(): number {
    return this.#count;
  }

  isNeeded(slot: Slot): boolean {
    return this.#needs.isNeeded(this.#unit, slot);
  }

  of(slot: Slot): Slot {
    let mapped = this.#slots.get(slot);
    if (mapped === undefined) {
      mapped = this.#count++;
      this.#slots.set(slot, mapped);
    }
    return mapped;
  }

  /** A slot that holds nothing of the old code. */
  fresh(): Slot {
    return this.#count++;
  }

  /** A slot that nothing writes: nil. */
  nothing(): Slot {
    this.#dead ??= this.#count++;
    return this.#dead;
  }

  readonly used = (slot: Slot): Slot => (this.isNeeded(slot) ? this.of(slot) : this.nothing());

  /** A result that nobody needs still has its place. */
  readonly written = (slot: Slot): Slot => (this.isNeeded(slot) ? this.of(slot) : this.fresh());
}
