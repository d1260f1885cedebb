/**
 * Which slots may still be read at an instruction: the classical backward dataflow over a flat list of instructions.
 *
 * The machine lets go of every other slot, so that a value counts as held only while it can still be used: this is
 * what makes "no live process can reach the channel" as sharp as the Go runtime's own leak detection.
 */
import { definedSlots, successors, usedSlots } from './instructions.ts';
import type { Code, Instruction, Label, Slot } from './ir.ts';

/**
 * Live slots in front of each instruction.
 *
 * @param instructions the code; falling off its end counts as a return
 * @param namedResults slots read by every return and while deferred functions run after a panic
 */
export function computeLiveness(
  instructions: readonly Instruction[],
  namedResults: readonly Slot[] = [],
): readonly ReadonlySet<Slot>[] {
  const live: Set<Slot>[] = instructions.map(() => new Set<Slot>());
  const uses = instructions.map((instruction) => [...usedSlots(instruction), ...namedResults]);
  const defines = instructions.map(definedOnWays);
  const next = instructions.map((instruction, at) => successors(instruction, at));
  const waiting = predecessorsOf(next);
  const queue = instructions.map((_, at) => at);
  const queued = new Uint8Array(instructions.length).fill(1);
  while (queue.length > 0) {
    const at = queue.pop() as number;
    queued[at] = 0;
    if (!grow(at, live, uses, defines, next)) continue;
    for (const before of waiting[at] ?? []) {
      if (queued[before] === 1) continue;
      queued[before] = 1;
      queue.push(before);
    }
  }
  return live;
}

/** A code from its parts, with `slotCount` and `liveAt` filled in. */
export function assemble(parts: Omit<Code, 'liveAt' | 'slotCount'> & { readonly slotCount?: number }): Code {
  const liveAt = computeLiveness(parts.instructions, parts.namedResults);
  return { ...parts, slotCount: parts.slotCount ?? highestSlot(parts) + 1, liveAt };
}

function highestSlot(parts: Pick<Code, 'instructions' | 'captureCount' | 'paramCount' | 'namedResults'>): number {
  let highest = parts.captureCount + parts.paramCount - 1;
  for (const slot of parts.namedResults ?? []) highest = Math.max(highest, slot);
  for (const instruction of parts.instructions) {
    for (const slot of usedSlots(instruction)) highest = Math.max(highest, slot);
    for (const slot of definedSlots(instruction)) highest = Math.max(highest, slot);
  }
  return highest;
}

function grow(
  at: number,
  live: readonly Set<Slot>[],
  uses: readonly (readonly Slot[])[],
  defines: readonly ((way: number) => readonly Slot[])[],
  next: readonly (readonly Label[])[],
): boolean {
  const here = live[at];
  if (here === undefined) return false;
  const before = here.size;
  for (const slot of uses[at] ?? []) here.add(slot);
  for (const [way, target] of (next[at] ?? []).entries()) {
    const defined = defines[at]?.(way) ?? [];
    for (const slot of live[target] ?? []) if (!defined.includes(slot)) here.add(slot);
  }
  return here.size > before;
}

/** Slots that an instruction writes, by the successor: each arm of a select writes its own. */
function definedOnWays(instruction: Instruction): (way: number) => readonly Slot[] {
  if ('cases' in instruction)
    return (way) => {
      const arm = instruction.cases[way];
      return [arm?.dst, arm?.ok].filter((slot) => slot !== undefined);
    };
  const defined = definedSlots(instruction);
  return () => defined;
}

function predecessorsOf(next: readonly (readonly Label[])[]): readonly (readonly number[])[] {
  const result: number[][] = next.map(() => []);
  next.forEach((targets, at) => {
    for (const target of targets) result[target]?.push(at);
  });
  return result;
}
