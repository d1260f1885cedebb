/** Facts about one code that every slice of it asks for, computed once. */
import {
  constantOf,
  globalOf,
  meaningOf,
  partsOf,
  putsOf,
  slotsAt,
  sourceOf,
  startsGoroutine,
  storesOf,
  writtenSlots,
} from '../instructions.ts';
import type { Code, CodeRef, Instruction, Slot } from '../ir.ts';
import type { Operation } from '../operation.ts';

export interface CodeFacts {
  /** Instructions that write a slot. */
  readonly defs: readonly (readonly number[])[];
  /** Instructions that write contents of an object. */
  readonly writes: readonly number[];
  readonly returns: readonly number[];
  /** Instructions that say something about what values refer to, or call. */
  readonly telling: readonly number[];
  readonly recovers: boolean;
  /** Instructions that may be relevant by themselves. */
  readonly acting: readonly number[];
  readonly starts: readonly number[];
  readonly blocks: boolean;
  /** Codes that it calls, starts or defers by name, and its literals. */
  readonly named: readonly CodeRef[];
  /** Holds a scheduling point of the machine. */
  readonly waits: boolean;
  readonly locks: boolean;
  readonly asksOnce: boolean;
}

/** Whether an instruction may be relevant by itself; others are relevant only for what needs them. */
function acts(instruction: Instruction): boolean {
  const { turn, effect, calls, enables, root, escapes, makes, reads } = meaningOf(instruction);
  if (turn !== undefined || effect === true || calls !== undefined || enables === true) return true;
  if (root !== undefined || escapes !== undefined || makes === 'sync') return true;
  return storesOf(instruction).some(({ to }) => reads?.includes(to.in) === true);
}

/** Whether an instruction says something about what values refer to, or calls. */
function tells(instruction: Instruction): boolean {
  const { makes, hinted, flows, on, calls, ends } = meaningOf(instruction);
  if (makes !== undefined || hinted === true || flows !== undefined || on !== undefined) return true;
  return calls !== undefined || ends === 'function' || constantOf(instruction) === null;
}

const known = new WeakMap<Code, CodeFacts>();

export function factsOf(code: Code): CodeFacts {
  let facts = known.get(code);
  if (!facts) {
    facts = computeFacts(code);
    known.set(code, facts);
  }
  return facts;
}

function computeFacts(code: Code): CodeFacts {
  const defs: number[][] = Array.from({ length: code.slotCount }, () => []);
  const writes: number[] = [];
  const returns: number[] = [];
  const acting: number[] = [];
  const starts: number[] = [];
  const telling: number[] = [];
  const named = new Set<CodeRef>();
  const meanings = new Set<Operation>();
  code.instructions.forEach((instruction, at) => {
    const meaning = meaningOf(instruction);
    for (const slot of writtenSlots(instruction)) defs[slot]?.push(at);
    if (partsOf(instruction).some((part) => putsOf(part).length > 0)) writes.push(at);
    if (meaning.ends === 'function') {
      returns.push(at);
      // Named results are written by a return that lists values.
      slotsAt(instruction, 'values').forEach((_, index) => {
        const named = code.namedResults?.[index];
        if (named !== undefined) defs[named]?.push(at);
      });
    }
    meanings.add(meaning);
    if (tells(instruction) || meaning.arms === true) telling.push(at);
    const ref = codeOf(instruction);
    if (ref) named.add(ref);
    if (startsGoroutine(instruction)) starts.push(at);
    if (acts(instruction)) acting.push(at);
  });
  const some = (test: (meaning: Operation) => boolean): boolean => [...meanings].some(test);
  return {
    defs,
    writes,
    returns,
    telling,
    acting,
    starts,
    named: [...named],
    recovers: some(({ recovers }) => recovers === true),
    blocks: some(({ blocks }) => blocks === true),
    waits: some(({ turn }) => turn !== undefined),
    locks: some(({ act }) => act === 'lock'),
    asksOnce: some(({ act }) => act === 'once'),
  };
}

function codeOf(instruction: Instruction): CodeRef | undefined {
  if ('captures' in instruction) return instruction.code;
  return 'callee' in instruction && instruction.callee.kind === 'static' ? instruction.callee.code : undefined;
}

/**
 * Slots that name the same place whenever they are read between two instructions: the way from a slot that is written
 * once at most. Undefined when the place may change.
 */
export function pathOf(code: Code, slot: Slot): string | undefined {
  const { defs } = factsOf(code);
  let path = '';
  let at = slot;
  for (let steps = 0; steps < 16; steps += 1) {
    const writers = defs[at] ?? [];
    const isInput = at < code.captureCount + code.paramCount;
    if (writers.length > (isInput ? 0 : 1)) return undefined;
    const writer = code.instructions[writers[0] ?? -1];
    const source = writer && sourceOf(writer);
    const global = writer && globalOf(writer);
    if (source !== undefined) {
      path = `${source.name === undefined ? '' : `.${source.name}`}${path}`;
      at = source.slot;
    } else if (global !== undefined) return `$${global}${path}`;
    else return `${at}${path}`;
  }
  return undefined;
}
