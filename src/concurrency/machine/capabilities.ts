/**
 * What a function does with the values it gets: for each capture and parameter, the operations that it, and whatever it
 * calls or starts, can do on the value or (through one cell) on what the value points to.
 *
 * Who is handed a closure can do no more to what it captures than the closure does. A capability that is not listed here,
 * and every flow that is not followed (a value stored, sent, returned, given to unseen code), counts as `ALL`.
 */
import {
  isContent,
  isInvocation,
  meaningOf,
  type Part,
  partsOf,
  slotAt,
  slotsAt,
  storesOf,
  writtenSlots,
} from '../instructions.ts';
import type { Callable, Code, CodeRef, Instruction, Slot } from '../ir.ts';
import { type Act, contents, type Place } from '../operation.ts';

export const SEND = 1;
export const RECV = 2;
export const CLOSE = 4;
export const LOCK = 8;
export const UNLOCK = 16;
/** Raises or lowers a WaitGroup. */
export const COUNT = 32;
export const CALL = 64;
export const ALL = 128;

/** What an operation on an object allows; other operations allow nothing that is asked for. */
const capabilities: Readonly<Partial<Record<Act, number>>> = {
  send: SEND,
  receive: RECV,
  close: CLOSE,
  lock: LOCK,
  unlock: UNLOCK,
  count: COUNT,
};

/** Functions nested in, or called by, the one that is asked about; beyond, everything counts as possible. */
const MAX_DEPTH = 6;

/** Inputs are bits of a number; further ones count as used in every way. */
const MAX_INPUTS = 30;

const known = new WeakMap<CodeRef, readonly number[]>();
const underWay = new Set<CodeRef>();

/** Bits for each input of a code, captures first, then receiver and parameters; undefined when its body is not known. */
export function inputBits(slice: CodeRef): readonly number[] | undefined {
  const ref = slice.whole ?? slice;
  const found = known.get(ref);
  if (found !== undefined) return found;
  if (underWay.has(ref) || underWay.size >= MAX_DEPTH) return undefined;
  underWay.add(ref);
  try {
    const code = ref.resolve();
    if (code === undefined) return undefined;
    const bits = new Uses(code).bits();
    // Cut short by recursion or depth an answer says more than is true, never less.
    known.set(ref, bits);
    return bits;
  } finally {
    underWay.delete(ref);
  }
}

/** Flow-insensitive: which inputs each slot may hold, then what the instructions do with those slots. */
class Uses {
  readonly #code: Code;
  readonly #inputs: number;
  /** Inputs that a slot may hold, as bits. */
  readonly #origins: Int32Array;
  readonly #closures = new Map<Slot, Set<CodeRef>>();
  readonly #definitions = new Map<Slot, Instruction[]>();
  readonly #bits: number[];

  constructor(code: Code) {
    this.#code = code;
    this.#inputs = code.captureCount + code.paramCount;
    this.#origins = new Int32Array(code.slotCount);
    this.#bits = Array.from({ length: this.#inputs }, (_, input) => (input < MAX_INPUTS ? 0 : ALL));
    for (let input = 0; input < Math.min(this.#inputs, MAX_INPUTS); input += 1) this.#origins[input] = 1 << input;
  }

  bits(): readonly number[] {
    for (const instruction of this.#code.instructions) this.#define(instruction);
    while (this.#flow());
    for (const instruction of this.#code.instructions) this.#use(instruction);
    for (const slot of this.#code.namedResults ?? []) this.#grant(slot, ALL);
    return this.#bits;
  }

  #define(instruction: Instruction): void {
    for (const slot of writtenSlots(instruction)) {
      const before = this.#definitions.get(slot);
      if (before === undefined) this.#definitions.set(slot, [instruction]);
      else before.push(instruction);
    }
    if ('captures' in instruction) this.#addClosure(instruction.dst, instruction.code);
  }

  /** Values go from slot to slot, and through cells that the code made. */
  #flow(): boolean {
    let changed = false;
    for (const instruction of this.#code.instructions) {
      for (const { from, to } of meaningOf(instruction).flows ?? []) {
        const [source, target] = [this.#followed(instruction, from), this.#followed(instruction, to)];
        if (source === undefined || target === undefined) continue;
        if (isContent(to) && !this.#isOwnCell(target)) continue;
        changed = this.#pass(source, target) || changed;
      }
    }
    return changed;
  }

  /** The slot that stands for a place; undefined for places of which this keeps no account. */
  #followed(instruction: Instruction, place: Place): Slot | undefined {
    if (!isContent(place)) {
      const slots = slotsAt(instruction, place);
      return slots.length === 1 ? slots[0] : undefined;
    }
    return place.name === contents.cell ? slotAt(instruction, place.in) : undefined;
  }

  #pass(from: Slot, to: Slot): boolean {
    let changed = false;
    for (const code of this.#closures.get(from) ?? []) changed = this.#addClosure(to, code) || changed;
    const before = this.#origins[to] ?? 0;
    this.#origins[to] = before | (this.#origins[from] ?? 0);
    return changed || this.#origins[to] !== before;
  }

  #addClosure(slot: Slot, code: CodeRef): boolean {
    const codes = this.#closures.get(slot) ?? new Set();
    this.#closures.set(slot, codes);
    const before = codes.size;
    return codes.add(code).size > before;
  }

  #isOwnCell(slot: Slot): boolean {
    const definitions = this.#definitions.get(slot);
    return (
      slot >= this.#inputs &&
      definitions !== undefined &&
      definitions.every((each) => meaningOf(each).makes === 'object')
    );
  }

  #grant(slot: Slot, bits: number): void {
    const origins = this.#origins[slot] ?? 0;
    for (let input = 0; origins >>> input !== 0; input += 1) {
      if ((origins & (1 << input)) !== 0) this.#bits[input] = (this.#bits[input] ?? 0) | bits;
    }
  }

  #use(instruction: Instruction): void {
    if (isInvocation(instruction)) this.#useCall(instruction.callee, instruction.args);
    // Whatever becomes of the closure, it can do no more than this.
    if ('captures' in instruction) this.#useAs(instruction.captures, inputBits(instruction.code));
    if ('fn' in instruction) this.#grant(instruction.fn, CALL);
    for (const part of partsOf(instruction)) this.#usePart(part);
  }

  #usePart(part: Part): void {
    const { on, act, leaks = [] } = meaningOf(part);
    if (on !== undefined && act !== undefined) this.#grant(slotAt(part, on) as Slot, capabilities[act] ?? 0);
    for (const name of leaks) for (const slot of slotsAt(part, name)) this.#grant(slot, ALL);
    // What goes into a cell of the code's own is followed; into everything else, it may go anywhere.
    for (const { to, from } of storesOf(part)) {
      if (to.name === contents.cell && this.#isOwnCell(slotAt(part, to.in) as Slot)) continue;
      for (const slot of slotsAt(part, from)) this.#grant(slot, ALL);
    }
  }

  #useCall(callee: Callable, args: readonly Slot[]): void {
    if (callee.kind === 'static') {
      this.#useAs(args, inputBits(callee.code));
      return;
    }
    if (callee.kind === 'value') {
      this.#grant(callee.slot, CALL);
      const codes = this.#closures.get(callee.slot);
      if (codes !== undefined && (this.#definitions.get(callee.slot) ?? []).every((each) => 'captures' in each)) {
        for (const code of codes) this.#useAs(args, inputBits(code)?.slice(code.resolve()?.captureCount ?? 0));
        return;
      }
    }
    this.#useAs(args, undefined);
  }

  #useAs(slots: readonly Slot[], bits: readonly number[] | undefined): void {
    slots.forEach((slot, at) => {
      this.#grant(slot, bits === undefined ? ALL : (bits[at] ?? ALL));
    });
  }
}
