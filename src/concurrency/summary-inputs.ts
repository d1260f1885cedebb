/** The effects of one code on its inputs, from its instructions and from the summaries of what it calls. */
import { ALL, CALL, effectOf } from './effects.ts';
import {
  isContent,
  isInvocation,
  meaningOf,
  type Part,
  partsOf,
  slotAt,
  slotsAt,
  sourceOf,
  storesOf,
  writtenSlots,
} from './instructions.ts';
import type { Callable, Code, CodeRef, Instruction, Slot } from './ir.ts';
import { contents, type Place } from './operation.ts';
import type { Ask, Summary } from './summary.ts';

/** Effects on what a field of an input holds. */
export interface FieldEffect {
  readonly input: number;
  readonly field: string;
  readonly effects: number;
}

/** Inputs and fields of inputs are bits of a number: of further inputs anything may become, further fields are not followed. */
const maxPlaces = 30;

/** Flow-insensitive: which inputs, and fields of them, each slot may hold, then what the instructions do with those slots. */
export class InputUses {
  readonly #ask: Ask;
  readonly #code: Code;
  readonly #inputs: number;
  /** Inputs, and fields of inputs, that a slot may hold: bit i for `#places[i]`. */
  readonly #origins: Int32Array;
  readonly #places: { readonly input: number; readonly field?: string }[];
  readonly #closures = new Map<Slot, Set<CodeRef>>();
  readonly #definitions = new Map<Slot, Instruction[]>();
  /** By place. */
  readonly #effects: number[];

  constructor(code: Code, ask: Ask) {
    this.#code = code;
    this.#ask = ask;
    this.#inputs = code.captureCount + code.paramCount;
    this.#origins = new Int32Array(code.slotCount);
    this.#places = Array.from({ length: Math.min(this.#inputs, maxPlaces) }, (_, input) => ({ input }));
    this.#effects = this.#places.map(() => 0);
    for (const { input } of this.#places) this.#origins[input] = 1 << input;
  }

  effects(): Pick<Summary, 'inputs' | 'fields'> {
    for (const instruction of this.#code.instructions) this.#define(instruction);
    while (this.#flow());
    for (const instruction of this.#code.instructions) this.#use(instruction);
    for (const slot of this.#code.namedResults ?? []) this.#grant(slot, ALL);
    const inputs = Array.from({ length: this.#inputs }, (_, input) =>
      input < maxPlaces ? (this.#effects[input] ?? 0) : ALL,
    );
    const fields = this.#places.flatMap(({ input, field }, at): readonly FieldEffect[] => {
      const effects = this.#effects[at] ?? 0;
      return field === undefined || effects === 0 ? [] : [{ input, field, effects }];
    });
    return { inputs, fields };
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
      changed = this.#passField(instruction) || changed;
    }
    return changed;
  }

  /** `x.f` of an input is a place of its own. */
  #passField(instruction: Instruction): boolean {
    const source = 'field' in instruction ? sourceOf(instruction) : undefined;
    if (source?.name === undefined || !('dst' in instruction) || typeof instruction.dst !== 'number') return false;
    const before = this.#origins[instruction.dst] ?? 0;
    const after = before | this.#fieldOf(source.slot, source.name);
    this.#origins[instruction.dst] = after;
    return after !== before;
  }

  /** The places that are a field of the inputs in a slot; fields of fields, and those beyond the limit, are not followed. */
  #fieldOf(slot: Slot, field: string): number {
    let places = 0;
    for (let input = 0; input < Math.min(this.#inputs, maxPlaces); input += 1) {
      if (((this.#origins[slot] ?? 0) & (1 << input)) === 0) continue;
      let at = this.#places.findIndex((place) => place.input === input && place.field === field);
      if (at < 0 && this.#places.length < maxPlaces) {
        at = this.#places.push({ input, field }) - 1;
        this.#effects.push(0);
      }
      if (at >= 0) places |= 1 << at;
    }
    return places;
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

  #grant(slot: Slot, effects: number): void {
    this.#grantPlaces(this.#origins[slot] ?? 0, effects);
  }

  #grantPlaces(places: number, effects: number): void {
    for (let at = 0; places >>> at !== 0; at += 1)
      if ((places & (1 << at)) !== 0) this.#effects[at] = (this.#effects[at] ?? 0) | effects;
  }

  #use(instruction: Instruction): void {
    if (isInvocation(instruction)) this.#useCall(instruction.callee, instruction.args);
    // Whatever becomes of the closure, it can do no more than this.
    if ('captures' in instruction) this.#useAs(instruction.captures, this.#ask(instruction.code), 0);
    if ('fn' in instruction) this.#grant(instruction.fn, CALL);
    for (const part of partsOf(instruction)) this.#usePart(part);
  }

  #usePart(part: Part): void {
    const { on, act, leaks = [] } = meaningOf(part);
    if (on !== undefined && act !== undefined) this.#grant(slotAt(part, on) as Slot, effectOf[act]);
    for (const name of leaks) for (const slot of slotsAt(part, name)) this.#grant(slot, ALL);
    // What goes into a cell of the code's own is followed; into everything else, it may go anywhere.
    for (const { to, from } of storesOf(part)) {
      if (to.name === contents.cell && this.#isOwnCell(slotAt(part, to.in) as Slot)) continue;
      for (const slot of slotsAt(part, from)) this.#grant(slot, ALL);
    }
  }

  #useCall(callee: Callable, args: readonly Slot[]): void {
    if (callee.kind === 'static') {
      this.#useAs(args, this.#ask(callee.code), 0);
      return;
    }
    if (callee.kind === 'value') {
      this.#grant(callee.slot, CALL);
      const codes = this.#closures.get(callee.slot);
      if (codes !== undefined && (this.#definitions.get(callee.slot) ?? []).every((each) => 'captures' in each)) {
        for (const code of codes) this.#useAs(args, this.#ask(code), code.resolve()?.captureCount ?? 0);
        return;
      }
    }
    this.#useAs(args, undefined, 0);
  }

  /** Slots are the inputs of another function, from a number on. */
  #useAs(slots: readonly Slot[], summary: Summary | undefined, first: number): void {
    slots.forEach((slot, at) => {
      this.#grant(slot, summary?.inputs[first + at] ?? ALL);
    });
    for (const { input, field, effects } of summary?.fields ?? []) {
      const slot = slots[input - first];
      if (slot !== undefined) this.#grantPlaces(this.#fieldOf(slot, field), effects);
    }
  }
}
