/** Writes the code that is left of a unit: kept instructions in their order, and jumps over what is gone. */
import {
  callsNow,
  type Invocation,
  isInvocation,
  meaningOf,
  type Part,
  renamed,
  retargeted,
  slotsAt,
  successors,
} from '../instructions.ts';
import type { Callable, Code, CodeRef, Hint, Instruction, SelectCase, Site, Slot } from '../ir.ts';
import { assemble } from '../liveness.ts';
import { hidden } from '../machine/object.ts';
import type { Operation } from '../operation.ts';
import { landing } from './landing.ts';
import type { Needs } from './needs.ts';
import { NewSlots } from './new-slots.ts';
import type { Unit } from './units.ts';

/** What all codes of a slice are written by. */
export interface Cut {
  readonly needs: Needs;
  /** The sliced code of a code. */
  readonly refOf: (code: CodeRef) => CodeRef;
  /** Fields that nobody outside the slice can reach. */
  readonly owned: ReadonlySet<string>;
}

export function rewrite(unit: Unit, ref: CodeRef, cut: Cut): Code {
  return new Rewriting(unit, cut).code(ref);
}

type Call = Extract<Instruction, { readonly resultHints: readonly Hint[] }>;
type Select = Extract<Instruction, { readonly cases: readonly SelectCase[] }>;

class Rewriting {
  readonly #needs: Needs;
  readonly #unit: Unit;
  readonly #refOf: (code: CodeRef) => CodeRef;
  readonly #owned: ReadonlySet<string>;
  readonly #out: Instruction[] = [];
  readonly #sites: Site[] = [];
  /** Where an instruction of the old code begins in the new one. */
  readonly #placed = new Map<number, number>();
  readonly #slots: NewSlots;

  constructor(unit: Unit, { needs, refOf, owned }: Cut) {
    this.#needs = needs;
    this.#unit = unit;
    this.#refOf = refOf;
    this.#owned = owned;
    this.#slots = new NewSlots(needs, unit);
  }

  code(ref: CodeRef): Code {
    const { code } = this.#unit;
    const namedResults = code.namedResults?.map((slot) => this.#slots.of(slot));
    this.#emitAll();
    const at = (target: number): number => this.#placed.get(target) ?? this.#out.length - 1;
    const instructions = this.#out.map((instruction) => retargeted(instruction, at));
    const { captureCount, paramCount, resultCount, resultCells } = code;
    const frame = {
      ref,
      captureCount,
      paramCount,
      resultCount,
      slotCount: this.#slots.count,
      instructions,
      sites: this.#sites,
    };
    return assemble({ ...frame, ...(namedResults ? { namedResults } : {}), ...(resultCells ? { resultCells } : {}) });
  }

  #landing(from: number): number {
    return landing(this.#needs, this.#unit, from);
  }

  /** Instructions are placed along the ways that control may take, so that only what can be reached is written. */
  #emitAll(): void {
    const { instructions, sites, ref } = this.#unit.code;
    const work: number[] = [this.#landing(0)];
    while (work.length > 0) {
      let at = work.pop() as number;
      while (!this.#placed.has(at)) {
        this.#placed.set(at, this.#out.length);
        const instruction = instructions[at];
        const site = sites[at] ?? ref.site;
        if (at < 0 || !instruction) {
          // A loop that nothing leaves and in which nothing is left runs forever; else the function ends.
          this.#emit(at < 0 ? { op: 'jump', target: at } : { op: 'return', values: [] }, site);
          break;
        }
        const next = this.#emitOne(instruction, at, site, work);
        if (next === undefined) break;
        if (this.#placed.has(next)) {
          this.#emit({ op: 'jump', target: next }, site);
          break;
        }
        at = next;
      }
    }
  }

  #emit(instruction: Instruction, site: Site): void {
    const isOwn = 'field' in instruction && this.#owned.has(instruction.field);
    this.#out.push(isOwn ? { ...instruction, field: hidden(instruction.field) } : instruction);
    this.#sites.push(site);
  }

  /** Writes an instruction; targets stay numbers of the old code. Returns where control goes on by itself. */
  #emitOne(instruction: Instruction, at: number, site: Site, work: number[]): number | undefined {
    const { ends, targets } = meaningOf(instruction);
    if (ends !== undefined) {
      this.#end(instruction, ends, site);
      return undefined;
    }
    if ('cases' in instruction) {
      this.#select(instruction, site, work);
      return undefined;
    }
    if (targets !== undefined && targets.length > 1) {
      const branch = retargeted(this.#renamed(instruction), (label) => this.#landing(label));
      this.#emit(branch, site);
      // The first way is taken from the end of the list, so that it is written right behind.
      work.push(...[...successors(branch, at)].reverse());
      return undefined;
    }
    this.#plain(instruction, at, site);
    return this.#landing(at + 1);
  }

  #end(instruction: Instruction, ends: Operation['ends'], site: Site): void {
    if (ends === 'function') this.#emit({ op: 'return', values: this.#returned(slotsAt(instruction, 'values')) }, site);
    else if (ends === 'panic') this.#panic(site);
    else this.#emit(instruction, site);
  }

  #select(select: Select, site: Site, work: number[]): void {
    const cases = select.cases.map((arm) => this.#arm(arm));
    const otherwise = select.default === undefined ? undefined : this.#landing(select.default);
    this.#emit({ ...select, cases, ...(otherwise === undefined ? {} : { default: otherwise }) }, site);
    if (otherwise !== undefined) work.push(otherwise);
    for (const arm of cases) work.push(arm.target);
  }

  #returned(values: readonly Slot[]): readonly Slot[] {
    const { results, slots } = this.#needs.keptOf(this.#unit);
    const named = this.#unit.code.namedResults;
    return values.map((slot, index) => {
      const wanted = named ? slots[named[index] ?? -1] === 1 : results.has(index);
      return wanted ? this.#slots.used(slot) : this.#slots.nothing();
    });
  }

  /** What a panic carries plays no part, but that it is not nil does. */
  #panic(site: Site): void {
    const value = this.#slots.fresh();
    this.#emit({ op: 'const', dst: value, value: 'panic' }, site);
    this.#emit({ op: 'panic', value }, site);
  }

  #arm(arm: SelectCase): SelectCase {
    return { ...this.#received(arm), target: this.#landing(arm.target) };
  }

  /** A part that receives: where nobody needs what came, it goes nowhere. */
  #received<P extends Part & { readonly dst?: Slot; readonly ok?: Slot }>(part: P): P {
    const { dst, ok, ...rest } = part;
    const needed = (slot: Slot | undefined): boolean => slot !== undefined && this.#slots.isNeeded(slot);
    const kept = { ...rest, ...(needed(dst) ? { dst } : {}), ...(needed(ok) ? { ok } : {}) } as unknown as P;
    return this.#renamed(kept);
  }

  #plain(instruction: Instruction, at: number, site: Site): void {
    if (isInvocation(instruction)) this.#invocation(instruction, at, site);
    else if ('captures' in instruction)
      this.#emit({ ...this.#renamed(instruction), code: this.#refOf(instruction.code) }, site);
    else if (meaningOf(instruction).act === 'receive' && 'range' in instruction)
      this.#emit(this.#received(instruction), site);
    else this.#emit(this.#renamed(instruction), site);
  }

  #invocation(instruction: Invocation, at: number, site: Site): void {
    const call = this.#needs.units.callAt(this.#unit, at);
    if (callsNow(instruction) && call && this.#becomesUnknown(call, instruction)) {
      this.#unknownResults(instruction, site);
      return;
    }
    const callee = this.#callee(instruction.callee);
    this.#emit({ ...this.#renamed(instruction), callee }, site);
  }

  #unknownResults({ dst, resultHints }: Call, site: Site): void {
    dst.forEach((slot, index) => {
      if (!this.#slots.isNeeded(slot)) return;
      this.#emit({ op: 'unknown', dst: this.#slots.of(slot), hint: resultHints[index] ?? 'any' }, site);
    });
  }

  #becomesUnknown(call: NonNullable<ReturnType<Needs['units']['callAt']>>, instruction: Invocation): boolean {
    if (this.#needs.isOpaqueCall(call)) return true;
    return (
      call.open &&
      call.targets.size === 0 &&
      !this.#needs.isWriting(instruction) &&
      !instruction.args.some((slot) => this.#slots.isNeeded(slot) && this.#leads(slot)) &&
      !this.#calleeLeads(instruction)
    );
  }

  #calleeLeads(instruction: Invocation): boolean {
    return instruction.callee.kind === 'value' && this.#leads(instruction.callee.slot);
  }

  #leads(slot: Slot): boolean {
    return this.#needs.roots.leading.has(this.#needs.units.objectOf(this.#unit, slot));
  }

  #callee(callee: Callable): Callable {
    if (callee.kind === 'static') return { kind: 'static', code: this.#refOf(callee.code) };
    return callee.kind === 'value' ? { kind: 'value', slot: this.#slots.used(callee.slot) } : callee;
  }

  /** The same part over the new slots. */
  #renamed<P extends Part>(part: P): P {
    return renamed(part, this.#slots.written, this.#slots.used);
  }
}
