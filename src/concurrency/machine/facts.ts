/** Facts about code that the machine asks again and again, computed once per code. */
import type { Code, CodeRef, Slot } from '../ir.ts';

const cancels = new WeakMap<Code, boolean>();
const constants = new WeakMap<Code, number>();
const lives = new WeakMap<Code, readonly (readonly Slot[])[]>();

/** Constants up to this size widen the range in which integers are counted exactly. */
const MAX_COUNTED = 2048;
const MIN_COUNTED = 64;

/** Whether the body itself cancels a context: then who holds its captures may cancel, too. */
export function cancelsContext(ref: CodeRef): boolean {
  const code = (ref.whole ?? ref).resolve();
  return code !== undefined && codeCancels(code);
}

export function codeCancels(code: Code): boolean {
  let known = cancels.get(code);
  if (known === undefined) {
    known = code.instructions.some((instruction) => instruction.op === 'cancelContext');
    cancels.set(code, known);
  }
  return known;
}

/** Largest integer that arithmetic in this code counts exactly: enough for its own constants. */
export function largestCounted(code: Code): number {
  let known = constants.get(code);
  if (known === undefined) {
    known = MIN_COUNTED;
    for (const instruction of code.instructions) {
      if (instruction.op !== 'const' || typeof instruction.value !== 'number') continue;
      const size = Math.abs(instruction.value) + 1;
      if (size <= MAX_COUNTED) known = Math.max(known, size);
    }
    constants.set(code, known);
  }
  return known;
}

/** Slots live in front of `pc`, in ascending order. */
export function liveSlots(code: Code, pc: number): readonly Slot[] {
  let table = lives.get(code);
  if (table === undefined) {
    table = code.liveAt.map((live) => [...live].sort((a, b) => a - b));
    lives.set(code, table);
  }
  return table[pc] ?? [];
}
