/** What a slice keeps of each unit, and what is still to be looked at. */
import { work } from '../../work/meter.ts';
import type { Slot } from '../ir.ts';
import { type Flow, flowOf } from './flow.ts';
import type { Unit } from './units.ts';

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

/** @param panicsReturn whether somebody may recover a panic */
export function newKept({ code }: Unit, panicsReturn: boolean): Kept {
  return {
    flow: flowOf(code, panicsReturn),
    instructions: new Uint8Array(code.instructions.length),
    slots: new Uint8Array(code.slotCount),
    results: new Set(),
    effective: false,
    waits: false,
  };
}

/** A list of work that is taken from its end. Most entries are instructions and slots: they are kept as numbers. */
export class Agenda {
  /** Twice an instruction, twice a slot and one, or -1 for a task. */
  readonly #work: number[] = [];
  readonly #about: (Unit | (() => void))[] = [];

  /** An instruction is kept. */
  instruction(unit: Unit, at: number): void {
    this.#add(at * 2, unit);
  }

  /** A slot is needed. */
  slot(unit: Unit, slot: Slot): void {
    this.#add(slot * 2 + 1, unit);
  }

  task(run: () => void): void {
    this.#add(-1, run);
  }

  run(instruction: (unit: Unit, at: number) => void, slot: (unit: Unit, slot: Slot) => void): void {
    for (let about = this.#about.pop(); about; about = this.#about.pop()) {
      const what = this.#work.pop() as number;
      work();
      if (typeof about === 'function') about();
      else if ((what & 1) === 0) instruction(about, what >> 1);
      else slot(about, what >> 1);
    }
  }

  #add(what: number, about: Unit | (() => void)): void {
    this.#work.push(what);
    this.#about.push(about);
  }
}
