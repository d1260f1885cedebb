import { retargeted } from '../instructions.ts';
import type { Code, CodeRef, Instruction, Label, Site, Slot } from '../ir.ts';
import { computeLiveness } from '../liveness.ts';

/** Something that lowering does not understand: the function around it counts as unseen, with this reason. */
export class Unsupported extends Error {}

/** Instructions of one function; more than any hand-written function has, so that hostile input stays bounded. */
const maxInstructions = 60_000;

/** What `CodeBuilder.finish` needs to know of the function beside its instructions. */
export interface CodeFrame {
  readonly ref: CodeRef;
  readonly captureCount: number;
  readonly paramCount: number;
  readonly resultCount: number;
  readonly namedResults?: readonly Slot[];
  readonly resultCells?: ReadonlySet<number>;
}

/**
 * Collects the instructions of one function. Labels are handed out before their place is known; `finish` turns them
 * into instruction indices. A label that was never placed means the end of the code.
 */
export class CodeBuilder {
  readonly #instructions: Instruction[] = [];
  readonly #sites: Site[] = [];
  readonly #places: number[] = [];
  #slots: number;

  /** `reserved` slots hold captures, receiver and parameters. */
  constructor(reserved: number) {
    this.#slots = reserved;
  }

  slot(): Slot {
    return this.#slots++;
  }

  emit(instruction: Instruction, site: Site): void {
    if (this.#instructions.length >= maxInstructions) throw new Unsupported('the function is too large');
    this.#instructions.push(instruction);
    this.#sites.push(site);
  }

  label(): Label {
    return this.#places.push(-1) - 1;
  }

  place(label: Label): void {
    this.#places[label] = this.#instructions.length;
  }

  jump(target: Label, site: Site): void {
    this.emit({ op: 'jump', target }, site);
  }

  branch(cond: Slot, ways: { readonly yes: Label; readonly no: Label; readonly entered?: Slot }, site: Site): void {
    const entered = ways.entered === undefined ? {} : { entered: ways.entered };
    // biome-ignore lint/suspicious/noThenProperty: instructions are never awaited
    this.emit({ op: 'branch', cond, then: ways.yes, else: ways.no, ...entered }, site);
  }

  constant(value: number | boolean | string | null, site: Site): Slot {
    const dst = this.slot();
    this.emit({ op: 'const', dst, value }, site);
    return dst;
  }

  finish(frame: CodeFrame): Code {
    const instructions = this.#instructions.map((instruction) => retargeted(instruction, (label) => this.#at(label)));
    const { namedResults } = frame;
    let live: Code['liveAt'] | undefined;
    return {
      ...frame,
      slotCount: this.#slots,
      instructions,
      sites: this.#sites,
      // Most codes are only read to be sliced.
      get liveAt() {
        live ??= computeLiveness(instructions, namedResults ?? []);
        return live;
      },
    };
  }

  #at(label: Label): Label {
    const place = this.#places[label];
    return place === undefined || place < 0 ? this.#instructions.length - 1 : place;
  }
}
