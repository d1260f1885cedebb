/** Questions about single instructions, answered from the table of operations. */
import type { Callable, Instruction, Label, SelectCase, Slot } from './ir.ts';
import { type Content, contents, type Flow, namedField, type Operation, type Place } from './operation.ts';
import { operations } from './operation-table.ts';

/** An instruction, or a case of a select, which means the same as the operation of its kind. */
export type Part = Instruction | SelectCase;

/** The row of an instruction. */
export function meaningOf(part: Part): Operation {
  // Asked for every instruction that the machine runs: no more than two reads.
  return operations[(part as Instruction).op ?? (part as SelectCase).kind];
}

/** The instruction itself, or for a select its cases. */
export function partsOf(instruction: Instruction): readonly Part[] {
  return meaningOf(instruction).arms === true && 'cases' in instruction ? instruction.cases : [instruction];
}

/** The slots that a property of an instruction holds. */
export function slotsAt(part: Part, name: string): readonly Slot[] {
  const held = (part as unknown as Readonly<Record<string, Slot | readonly Slot[] | undefined>>)[name];
  if (held === undefined) return [];
  return typeof held === 'number' ? [held] : held;
}

/** The one slot that a property holds; undefined when it is absent. */
export function slotAt(part: Part, name: string): Slot | undefined {
  return (part as unknown as Readonly<Record<string, Slot | undefined>>)[name];
}

function slotsOf(part: Part, names: readonly string[] | undefined): readonly Slot[] {
  if (names === undefined) return none;
  const [only] = names;
  return names.length === 1 && only !== undefined ? slotsAt(part, only) : names.flatMap((name) => slotsAt(part, name));
}

const none: readonly Slot[] = [];

/** Slots that an instruction reads. */
export function usedSlots(instruction: Instruction): readonly Slot[] {
  const { arms, calls, reads } = meaningOf(instruction);
  if (arms === true) return partsOf(instruction).flatMap((part) => slotsOf(part, meaningOf(part).reads));
  const used = slotsOf(instruction, reads);
  return calls !== undefined && 'callee' in instruction ? [...calleeSlots(instruction.callee), ...used] : used;
}

function calleeSlots(callee: Callable): readonly Slot[] {
  return callee.kind === 'value' ? [callee.slot] : [];
}

/** Slots that an instruction writes on every path of it (a select writes on some arms only: none). */
export function definedSlots(instruction: Instruction): readonly Slot[] {
  return slotsOf(instruction, meaningOf(instruction).writes);
}

/** Slots that an instruction may write. */
export function writtenSlots(instruction: Instruction): readonly Slot[] {
  if (meaningOf(instruction).arms !== true) return definedSlots(instruction);
  return partsOf(instruction).flatMap((part) => slotsOf(part, meaningOf(part).writes));
}

/** Labels that control may reach after an instruction; none after a return, a panic or an exit. */
export function successors(instruction: Instruction, at: number): readonly Label[] {
  const { arms, ends, targets } = meaningOf(instruction);
  if (ends !== undefined) return none;
  if (targets !== undefined) return slotsOf(instruction, targets);
  if (arms !== true || !('cases' in instruction)) return [at + 1];
  const next = instruction.cases.map((arm) => arm.target);
  return instruction.default === undefined ? next : [...next, instruction.default];
}

/** The same part over other slots; those that it writes are asked for first. */
export function renamed<P extends Part>(part: P, written: (slot: Slot) => Slot, read: (slot: Slot) => Slot): P {
  const { reads = [], writes = [] } = meaningOf(part);
  const changed = [...writes.map((name) => [name, written] as const), ...reads.map((name) => [name, read] as const)];
  const slots = changed.flatMap(([name, rename]) => {
    const held = (part as unknown as Readonly<Record<string, Slot | readonly Slot[] | undefined>>)[name];
    if (held === undefined) return [];
    return [[name, typeof held === 'number' ? rename(held) : held.map(rename)] as const];
  });
  return { ...part, ...Object.fromEntries(slots) };
}

/** The instruction with other labels. */
export function retargeted(instruction: Instruction, to: (label: Label) => Label): Instruction {
  const { arms, targets } = meaningOf(instruction);
  if (targets !== undefined) {
    const labels = targets.map((name) => [name, to(slotAt(instruction, name) as Label)]);
    return { ...instruction, ...Object.fromEntries(labels) } as Instruction;
  }
  if (arms !== true || !('cases' in instruction)) return instruction;
  const cases = instruction.cases.map((arm) => ({ ...arm, target: to(arm.target) }));
  return { ...instruction, cases, ...(instruction.default === undefined ? {} : { default: to(instruction.default) }) };
}

/** A send that is no case of a select. */
export function isSend(instruction: Instruction): instruction is Extract<Instruction, { readonly op: 'send' }> {
  return meaningOf(instruction).act === 'send';
}

/** Calls, starts and deferred calls of functions. */
export type Invocation = Extract<Instruction, { readonly op: 'call' | 'go' | 'defer' }>;

/** A call of any kind that names its callee. */
export function isInvocation(instruction: Instruction): instruction is Invocation {
  return 'callee' in instruction;
}

/** A call that runs at once. */
export function callsNow(instruction: Instruction): instruction is Extract<Instruction, { readonly op: 'call' }> {
  return meaningOf(instruction).calls === 'now';
}

/** Whether an instruction calls something in its own process, now or at the end of the function. */
export function isCall(instruction: Instruction): boolean {
  const { calls } = meaningOf(instruction);
  return calls !== undefined && calls !== 'goroutine';
}

/** Whether an instruction starts a goroutine. */
export function startsGoroutine(instruction: Instruction): boolean {
  return meaningOf(instruction).calls === 'goroutine';
}

/** Whether an instruction is a scheduling point of the machine. */
export function isWaiting(instruction: Instruction): boolean {
  return meaningOf(instruction).turn !== undefined;
}

/** The object whose waiters an operation lets go on. */
export function enables(instruction: Instruction): Slot | undefined {
  const { enables: helps, on } = meaningOf(instruction);
  return helps === true && on !== undefined ? slotAt(instruction, on) : undefined;
}

/** The object that an operation waits for, or that others may wait for together with it. */
export function watchedBy(part: Part): Slot | undefined {
  const { watches, on } = meaningOf(part);
  return watches === true && on !== undefined ? slotAt(part, on) : undefined;
}

/** Where the data of an operand lies that a flow or a question is about. */
export function contentName(part: Part, { name }: Content): string {
  return name === namedField && 'field' in part ? part.field : name;
}

export function isContent(place: Place): place is Content {
  return typeof place !== 'string';
}

/** Contents that an instruction changes. */
export function putsOf(part: Part): readonly Content[] {
  const { puts = [] } = meaningOf(part);
  return puts.every(({ for: when }) => when === undefined || slotAt(part, when) !== undefined) ? puts : [];
}

/** Flows from an operand into what another operand refers to, so that others may find it there. */
export function storesOf(part: Part): readonly (Flow & { readonly to: Content; readonly from: string })[] {
  return (meaningOf(part).flows ?? []).filter(isStore);
}

function isStore(flow: Flow): flow is Flow & { readonly to: Content; readonly from: string } {
  return isContent(flow.to) && !isContent(flow.from);
}

/** Contents of which an object holds one: who reads it again reads the same, unless somebody wrote it. */
const single: ReadonlySet<string> = new Set<string>([contents.cell, namedField, contents.done]);

/** The slot that an instruction passes on, or the one place in what it refers to; undefined for what does anything else. */
export function sourceOf(instruction: Instruction): { readonly slot: Slot; readonly name?: string } | undefined {
  const { flows, makes } = meaningOf(instruction);
  const [flow] = flows ?? [];
  if (makes !== undefined || flow === undefined || isContent(flow.to)) return undefined;
  if (!isContent(flow.from)) return { slot: slotAt(instruction, flow.from) as Slot };
  if (!single.has(flow.from.name)) return undefined;
  return { slot: slotAt(instruction, flow.from.in) as Slot, name: contentName(instruction, flow.from) };
}

/** The constant that an instruction gives; undefined for every other instruction. */
export function constantOf(instruction: Instruction): number | boolean | string | null | undefined {
  const { reads, writes } = meaningOf(instruction);
  return reads === undefined && writes !== undefined && 'value' in instruction ? instruction.value : undefined;
}

/** The variable of a package that an instruction stands for, if it is one that nobody assigns. */
export function globalOf(instruction: Instruction): string | undefined {
  return 'key' in instruction && typeof instruction.key === 'string' ? instruction.key : undefined;
}

/** Whether an instruction only computes a value from others, and what they refer to plays no part. */
export function isComputation(instruction: Instruction): boolean {
  const { reads, writes, flows, makes, on, calls } = meaningOf(instruction);
  return reads !== undefined && writes !== undefined && !flows && !makes && on === undefined && calls === undefined;
}

/** Whether an instruction neither makes nor changes anything, and lets nobody know of anything. */
export function onlyLooks(instruction: Instruction): boolean {
  const { makes, puts, effect, turn, calls, on, ends, recovers } = meaningOf(instruction);
  if (makes !== undefined || puts !== undefined || effect === true || recovers === true) return false;
  return turn === undefined && calls === undefined && on === undefined && (ends === undefined || ends === 'function');
}
