/**
 * Which slots may still be read at an instruction: the classical backward dataflow over a flat list of instructions.
 *
 * The machine lets go of every other slot, so that a value counts as held only while it can still be used: this is
 * what makes "no live process can reach the channel" as sharp as the Go runtime's own leak detection.
 */
import type { Callable, Code, Instruction, Label, Slot } from './ir.ts';

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
  const defines = instructions.map((instruction) => new Set(definedSlots(instruction)));
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
  defines: readonly ReadonlySet<Slot>[],
  next: readonly (readonly Label[])[],
): boolean {
  const here = live[at];
  if (here === undefined) return false;
  const before = here.size;
  for (const slot of uses[at] ?? []) here.add(slot);
  for (const target of next[at] ?? []) {
    for (const slot of live[target] ?? []) if (defines[at]?.has(slot) !== true) here.add(slot);
  }
  return here.size > before;
}

function predecessorsOf(next: readonly (readonly Label[])[]): readonly (readonly number[])[] {
  const result: number[][] = next.map(() => []);
  next.forEach((targets, at) => {
    for (const target of targets) result[target]?.push(at);
  });
  return result;
}

/** Labels that control may reach after an instruction; none after a return, a panic or an exit. */
export function successors(instruction: Instruction, at: number): readonly Label[] {
  switch (instruction.op) {
    case 'jump':
      return [instruction.target];
    case 'branch':
      return [instruction.then, instruction.else];
    case 'select': {
      const arms = instruction.cases.map((arm) => arm.target);
      return instruction.default === undefined ? arms : [...arms, instruction.default];
    }
    case 'return':
    case 'panic':
    case 'goexit':
    case 'exit':
      return [];
    default:
      return [at + 1];
  }
}

function calleeSlots(callee: Callable): readonly Slot[] {
  return callee.kind === 'value' ? [callee.slot] : [];
}

/** Slots that an instruction reads. */
export function usedSlots(instruction: Instruction): readonly Slot[] {
  switch (instruction.op) {
    case 'move':
    case 'copy':
    case 'escape':
    case 'overwrite':
      return [instruction.src];
    case 'binary':
      return [instruction.x, instruction.y];
    case 'new':
      return instruction.length === undefined ? [] : [instruction.length];
    case 'not':
    case 'hasType':
      return [instruction.x];
    case 'load':
      return [instruction.cell];
    case 'store':
      return [instruction.cell, instruction.src];
    case 'getField':
      return [instruction.object];
    case 'setField':
      return [instruction.object, instruction.src];
    case 'getIndex':
      return [instruction.list, instruction.index];
    case 'setIndex':
      return [instruction.list, instruction.index, instruction.src];
    case 'append':
      return [instruction.list, ...instruction.values];
    case 'deleteKey':
      return [instruction.map, instruction.key];
    case 'keys':
      return [instruction.map];
    case 'len':
      return [instruction.of];
    case 'branch':
      return instruction.entered === undefined ? [instruction.cond] : [instruction.cond, instruction.entered];
    case 'closure':
      return instruction.captures;
    case 'call':
      return [...calleeSlots(instruction.callee), ...instruction.args, ...(instruction.contexts ?? [])];
    case 'go':
    case 'defer':
      return [...calleeSlots(instruction.callee), ...instruction.args];
    case 'return':
      return instruction.values;
    case 'panic':
      return [instruction.value];
    default:
      return usedSyncSlots(instruction);
  }
}

function usedSyncSlots(instruction: Instruction): readonly Slot[] {
  switch (instruction.op) {
    case 'makeChan':
      return instruction.cap === undefined ? [] : [instruction.cap];
    case 'send':
      return [instruction.chan, instruction.value];
    case 'stopTimer':
    case 'recv':
    case 'close':
      return [instruction.chan];
    case 'select':
      return instruction.cases.flatMap((arm) => (arm.value === undefined ? [arm.chan] : [arm.chan, arm.value]));
    case 'lock':
    case 'tryLock':
    case 'unlock':
      return [instruction.mutex];
    case 'wgAdd':
      return [instruction.group, instruction.delta];
    case 'wgWait':
      return [instruction.group];
    case 'condWait':
    case 'condSignal':
      return [instruction.cond];
    case 'onceDo':
      return [instruction.once, instruction.fn];
    case 'newContext':
      return instruction.parent === undefined ? [] : [instruction.parent];
    case 'contextDone':
    case 'contextErr':
    case 'cancelContext':
      return [instruction.context];
    default:
      return [];
  }
}

/** Slots that an instruction writes on every way out of it (a select writes on some arms only: none). */
export function definedSlots(instruction: Instruction): readonly Slot[] {
  switch (instruction.op) {
    case 'call':
      return instruction.dst;
    case 'getIndex':
    case 'recv':
      return [instruction.dst, instruction.ok].filter((slot) => slot !== undefined);
    case 'select':
      return [];
    default:
      return 'dst' in instruction && instruction.dst !== undefined ? [instruction.dst as Slot] : [];
  }
}
