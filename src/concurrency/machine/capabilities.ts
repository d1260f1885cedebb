/**
 * What a function does with the values it gets: for each capture and parameter, the operations that it, and whatever it
 * calls or starts, can do on the value or (through one cell) on what the value points to.
 *
 * Who is handed a closure can do no more to what it captures than the closure does. A capability that is not listed here,
 * and every flow that is not followed (a value stored, sent, returned, given to unseen code), counts as `ALL`.
 */
import type { Callable, Code, CodeRef, Instruction, Slot } from '../ir.ts';
import { definedSlots } from '../liveness.ts';

export const SEND = 1;
export const RECV = 2;
export const CLOSE = 4;
export const LOCK = 8;
export const UNLOCK = 16;
/** Raises or lowers a WaitGroup. */
export const COUNT = 32;
export const CALL = 64;
export const ALL = 128;

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
    const slots =
      instruction.op === 'select'
        ? instruction.cases.flatMap((arm) => [arm.dst, arm.ok].filter((slot) => slot !== undefined))
        : definedSlots(instruction);
    for (const slot of slots) {
      const before = this.#definitions.get(slot);
      if (before === undefined) this.#definitions.set(slot, [instruction]);
      else before.push(instruction);
    }
    if (instruction.op === 'closure') this.#addClosure(instruction.dst, instruction.code);
  }

  #flow(): boolean {
    let changed = false;
    for (const instruction of this.#code.instructions) {
      if (instruction.op === 'move' || instruction.op === 'copy')
        changed = this.#pass(instruction.src, instruction.dst) || changed;
      else if (instruction.op === 'load') changed = this.#pass(instruction.cell, instruction.dst) || changed;
      else if (instruction.op === 'store' && this.#isOwnCell(instruction.cell))
        changed = this.#pass(instruction.src, instruction.cell) || changed;
    }
    return changed;
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
    return slot >= this.#inputs && definitions !== undefined && definitions.every((each) => each.op === 'new');
  }

  #grant(slot: Slot, bits: number): void {
    const origins = this.#origins[slot] ?? 0;
    for (let input = 0; origins >>> input !== 0; input += 1) {
      if ((origins & (1 << input)) !== 0) this.#bits[input] = (this.#bits[input] ?? 0) | bits;
    }
  }

  #use(instruction: Instruction): void {
    switch (instruction.op) {
      case 'send':
        this.#grant(instruction.chan, SEND);
        this.#grant(instruction.value, ALL);
        return;
      case 'recv':
        this.#grant(instruction.chan, RECV);
        return;
      case 'close':
        this.#grant(instruction.chan, CLOSE);
        return;
      case 'select':
        for (const arm of instruction.cases) {
          this.#grant(arm.chan, arm.kind === 'send' ? SEND : RECV);
          if (arm.value !== undefined) this.#grant(arm.value, ALL);
        }
        return;
      case 'lock':
      case 'tryLock':
        this.#grant(instruction.mutex, LOCK);
        return;
      case 'unlock':
        this.#grant(instruction.mutex, UNLOCK);
        return;
      case 'wgAdd':
        this.#grant(instruction.group, COUNT);
        return;
      default:
        this.#useOther(instruction);
    }
  }

  #useOther(instruction: Instruction): void {
    switch (instruction.op) {
      case 'call':
      case 'go':
      case 'defer':
        this.#useCall(instruction.callee, instruction.args);
        return;
      case 'closure':
        // Whatever becomes of the closure, it can do no more than this.
        this.#useAs(instruction.captures, inputBits(instruction.code));
        return;
      case 'onceDo':
        this.#grant(instruction.once, ALL);
        this.#grant(instruction.fn, CALL);
        return;
      case 'store':
        if (!this.#isOwnCell(instruction.cell)) this.#grant(instruction.src, ALL);
        return;
      case 'const':
      case 'unknown':
      case 'move':
      case 'copy':
      case 'load':
      case 'binary':
      case 'not':
      case 'hasType':
      case 'len':
      case 'new':
      case 'jump':
      case 'branch':
      case 'recover':
      case 'makeChan':
      case 'makeTimer':
      case 'wgWait':
      case 'newContext':
      case 'contextDone':
      case 'contextErr':
      case 'cancelContext':
      case 'goexit':
      case 'exit':
      case 'pause':
        return;
      default:
        this.#leak(instruction);
    }
  }

  /** Everything that the instruction reads may go anywhere. */
  #leak(instruction: Instruction): void {
    switch (instruction.op) {
      case 'getField':
        this.#grant(instruction.object, ALL);
        return;
      case 'setField':
        this.#grant(instruction.object, ALL);
        this.#grant(instruction.src, ALL);
        return;
      case 'getIndex':
        this.#grant(instruction.list, ALL);
        return;
      case 'setIndex':
        for (const slot of [instruction.list, instruction.index, instruction.src]) this.#grant(slot, ALL);
        return;
      case 'append':
        for (const slot of [instruction.list, ...instruction.values]) this.#grant(slot, ALL);
        return;
      case 'return':
        for (const slot of instruction.values) this.#grant(slot, ALL);
        return;
      default:
        for (const slot of slotsOf(instruction)) this.#grant(slot, ALL);
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
      if (codes !== undefined && (this.#definitions.get(callee.slot) ?? []).every((each) => each.op === 'closure')) {
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

function slotsOf(instruction: Instruction): readonly Slot[] {
  return Object.entries(instruction).flatMap(([name, value]) =>
    name !== 'dst' && name !== 'ok' && typeof value === 'number' ? [value] : [],
  );
}
