/** Writes the code that is left of a unit: kept instructions in their order, and jumps over what is gone. */
import type { Callable, Code, CodeRef, Instruction, SelectCase, Site, Slot } from '../ir.ts';
import { assemble } from '../liveness.ts';
import { hidden } from '../machine/object.ts';
import { landed, landing } from './landing.ts';
import type { Needs } from './needs.ts';
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

type Invocation = Extract<Instruction, { op: 'call' | 'go' | 'defer' }>;

class Rewriting {
  readonly #needs: Needs;
  readonly #unit: Unit;
  readonly #refOf: (code: CodeRef) => CodeRef;
  readonly #owned: ReadonlySet<string>;
  readonly #out: Instruction[] = [];
  readonly #sites: Site[] = [];
  /** Where an instruction of the old code begins in the new one. */
  readonly #placed = new Map<number, number>();
  readonly #slots = new Map<Slot, Slot>();
  #slotCount: number;
  #dead: Slot | undefined;

  constructor(unit: Unit, { needs, refOf, owned }: Cut) {
    this.#needs = needs;
    this.#unit = unit;
    this.#refOf = refOf;
    this.#owned = owned;
    this.#slotCount = unit.code.captureCount + unit.code.paramCount;
    for (let slot = 0; slot < this.#slotCount; slot += 1) this.#slots.set(slot, slot);
  }

  code(ref: CodeRef): Code {
    const { code } = this.#unit;
    const namedResults = code.namedResults?.map((slot) => this.#slot(slot));
    this.#emitAll();
    const at = (target: number): number => this.#placed.get(target) ?? this.#out.length - 1;
    const instructions = this.#out.map((instruction) => landed(instruction, at));
    const { captureCount, paramCount, resultCount, resultCells } = code;
    const frame = {
      ref,
      captureCount,
      paramCount,
      resultCount,
      slotCount: this.#slotCount,
      instructions,
      sites: this.#sites,
    };
    return assemble({ ...frame, ...(namedResults ? { namedResults } : {}), ...(resultCells ? { resultCells } : {}) });
  }

  #landing(from: number): number {
    return landing(this.#needs, this.#unit, from);
  }

  #slot(slot: Slot): Slot {
    let mapped = this.#slots.get(slot);
    if (mapped === undefined) {
      mapped = this.#slotCount++;
      this.#slots.set(slot, mapped);
    }
    return mapped;
  }

  /** A slot that nothing writes: nil. */
  #nothing(): Slot {
    this.#dead ??= this.#slotCount++;
    return this.#dead;
  }

  #used(slot: Slot): Slot {
    return this.#needs.isNeeded(this.#unit, slot) ? this.#slot(slot) : this.#nothing();
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
    switch (instruction.op) {
      case 'branch': {
        const [then, els] = [this.#landing(instruction.then), this.#landing(instruction.else)];
        const entered = instruction.entered === undefined ? {} : { entered: this.#slot(instruction.entered) };
        this.#emit({ op: 'branch', cond: this.#slot(instruction.cond), then, else: els, ...entered }, site);
        work.push(els, then);
        return undefined;
      }
      case 'select': {
        const cases = instruction.cases.map((arm) => this.#arm(arm));
        const otherwise = instruction.default === undefined ? undefined : this.#landing(instruction.default);
        this.#emit(
          otherwise === undefined ? { op: 'select', cases } : { op: 'select', cases, default: otherwise },
          site,
        );
        if (otherwise !== undefined) work.push(otherwise);
        for (const arm of cases) work.push(arm.target);
        return undefined;
      }
      case 'return':
        this.#emit({ op: 'return', values: this.#returned(instruction.values) }, site);
        return undefined;
      case 'exit':
      case 'goexit':
        this.#emit(instruction, site);
        return undefined;
      case 'panic':
        this.#panic(site);
        return undefined;
      default:
        this.#plain(instruction, at, site);
        return this.#landing(at + 1);
    }
  }

  #returned(values: readonly Slot[]): readonly Slot[] {
    const { results, slots } = this.#needs.keptOf(this.#unit);
    const named = this.#unit.code.namedResults;
    return values.map((slot, index) => {
      const wanted = named ? slots[named[index] ?? -1] === 1 : results.has(index);
      return wanted ? this.#used(slot) : this.#nothing();
    });
  }

  /** What a panic carries plays no part, but that it is not nil does. */
  #panic(site: Site): void {
    const value = this.#slotCount++;
    this.#emit({ op: 'const', dst: value, value: 'panic' }, site);
    this.#emit({ op: 'panic', value }, site);
  }

  #arm(arm: SelectCase): SelectCase {
    const { kind, site } = arm;
    return {
      kind,
      site,
      chan: this.#used(arm.chan),
      target: this.#landing(arm.target),
      ...(arm.value === undefined ? {} : { value: this.#used(arm.value) }),
      ...this.#received(arm),
    };
  }

  #received(from: { readonly dst?: Slot; readonly ok?: Slot }): { readonly dst?: Slot; readonly ok?: Slot } {
    const { dst, ok } = from;
    const needed = (slot: Slot | undefined): slot is Slot =>
      slot !== undefined && this.#needs.isNeeded(this.#unit, slot);
    return { ...(needed(dst) ? { dst: this.#slot(dst) } : {}), ...(needed(ok) ? { ok: this.#slot(ok) } : {}) };
  }

  #plain(instruction: Instruction, at: number, site: Site): void {
    switch (instruction.op) {
      case 'call':
      case 'go':
      case 'defer':
        this.#invocation(instruction, at, site);
        return;
      case 'closure': {
        const captures = instruction.captures.map((slot) => this.#used(slot));
        this.#emit(
          { op: 'closure', dst: this.#slot(instruction.dst), code: this.#refOf(instruction.code), captures },
          site,
        );
        return;
      }
      case 'recv':
        this.#emit(
          { op: 'recv', chan: this.#used(instruction.chan), range: instruction.range, ...this.#received(instruction) },
          site,
        );
        return;
      case 'const':
        this.#emit({ ...instruction, dst: this.#slot(instruction.dst) }, site);
        return;
      default:
        this.#emit(this.#renamed(instruction), site);
        return;
    }
  }

  #invocation(instruction: Invocation, at: number, site: Site): void {
    const call = this.#needs.units.callAt(this.#unit, at);
    const args = instruction.args.map((slot) => this.#used(slot));
    if (instruction.op === 'call' && call && this.#becomesUnknown(call, instruction)) {
      instruction.dst.forEach((slot, index) => {
        if (this.#needs.isNeeded(this.#unit, slot)) {
          this.#emit({ op: 'unknown', dst: this.#slot(slot), hint: instruction.resultHints[index] ?? 'any' }, site);
        }
      });
      return;
    }
    const callee = this.#callee(instruction.callee);
    if (instruction.op !== 'call') {
      const until = instruction.op === 'defer' && instruction.until ? { until: instruction.until } : {};
      this.#emit({ op: instruction.op, callee, args, ...until }, site);
      return;
    }
    const contexts = instruction.contexts?.map((slot) => this.#used(slot)) ?? [];
    const dst = instruction.dst.map((slot) => this.#written(slot));
    this.#emit({ ...instruction, callee, args, dst, contexts }, site);
  }

  #becomesUnknown(call: NonNullable<ReturnType<Needs['units']['callAt']>>, instruction: Invocation): boolean {
    if (this.#needs.isOpaqueCall(call)) return true;
    return (
      call.open &&
      call.targets.size === 0 &&
      !this.#needs.isWriting(instruction) &&
      !instruction.args.some((slot) => this.#needs.isNeeded(this.#unit, slot) && this.#leads(slot)) &&
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
    return callee.kind === 'value' ? { kind: 'value', slot: this.#used(callee.slot) } : callee;
  }

  /** A result that nobody needs still has its place in the list. */
  #written(slot: Slot): Slot {
    return this.#needs.isNeeded(this.#unit, slot) ? this.#slot(slot) : this.#slotCount++;
  }

  /** The same instruction over the new slots. */
  #renamed(instruction: Instruction): Instruction {
    const renamed: Record<string, unknown> = { ...instruction };
    for (const name of slotNames) {
      const slot = renamed[name];
      if (typeof slot === 'number')
        renamed[name] = name === 'dst' || name === 'ok' ? this.#written(slot) : this.#used(slot);
    }
    if (instruction.op === 'append') renamed['values'] = instruction.values.map((slot) => this.#used(slot));
    return renamed as unknown as Instruction;
  }
}

/** Names of the properties of instructions that hold one slot. */
const slotNames = [
  'dst',
  'ok',
  'src',
  'x',
  'y',
  'cell',
  'object',
  'list',
  'index',
  'map',
  'key',
  'of',
  'cond',
  'value',
  'length',
  'cap',
  'chan',
  'mutex',
  'group',
  'delta',
  'once',
  'fn',
  'parent',
  'context',
] as const;
