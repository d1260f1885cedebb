/** Facts about one code that every slice of it asks for, computed once. */
import type { Code, Instruction, Op, Slot } from '../ir.ts';
import { definedSlots } from '../liveness.ts';

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
  /** Holds a scheduling point of the machine. */
  readonly waits: boolean;
  readonly locks: boolean;
  readonly asksOnce: boolean;
}

/** Operations that can be blocked. */
const blocking: readonly Op[] = ['send', 'recv', 'select', 'lock', 'wgWait', 'condWait', 'onceDo'];

/** Scheduling points of the machine. */
export const waiting: ReadonlySet<Op> = new Set<Op>([
  'send',
  'recv',
  'select',
  'lock',
  'tryLock',
  'wgAdd',
  'wgWait',
  'condWait',
  'condSignal',
  'close',
  'onceDo',
  'pause',
]);

/** Instructions that are relevant only for what needs them. */
const quiet: ReadonlySet<Op> = new Set<Op>([
  'const',
  'move',
  'unknown',
  'binary',
  'not',
  'new',
  'copy',
  'load',
  'getField',
  'getIndex',
  'append',
  'keys',
  'len',
  'hasType',
  'jump',
  'branch',
  'closure',
  'return',
]);

/** Instructions that say nothing about what values refer to. */
const silent: ReadonlySet<Op> = new Set<Op>([
  'binary',
  'not',
  'len',
  'hasType',
  'jump',
  'branch',
  'overwrite',
  'pause',
  'exit',
]);

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
  const ops = new Set<Op>();
  code.instructions.forEach((instruction, at) => {
    for (const slot of writtenSlots(instruction)) defs[slot]?.push(at);
    if (writesContents(instruction)) writes.push(at);
    if (instruction.op === 'return') {
      returns.push(at);
      // Named results are written by a return that lists values.
      instruction.values.forEach((_, index) => {
        const named = code.namedResults?.[index];
        if (named !== undefined) defs[named]?.push(at);
      });
    }
    ops.add(instruction.op);
    if (!silent.has(instruction.op)) telling.push(at);
    if (instruction.op === 'go') starts.push(at);
    if (!quiet.has(instruction.op)) acting.push(at);
  });
  return {
    defs,
    writes,
    returns,
    telling,
    acting,
    starts,
    recovers: ops.has('recover'),
    blocks: blocking.some((op) => ops.has(op)),
    waits: [...ops].some((op) => waiting.has(op)),
    locks: ops.has('lock') || ops.has('tryLock'),
    asksOnce: ops.has('onceDo'),
  };
}

/** Slots that an instruction may write. */
export function writtenSlots(instruction: Instruction): readonly Slot[] {
  if (instruction.op !== 'select') return definedSlots(instruction);
  return instruction.cases.flatMap((arm) => [arm.dst, arm.ok].filter((slot) => slot !== undefined));
}

function writesContents(instruction: Instruction): boolean {
  switch (instruction.op) {
    case 'store':
    case 'setField':
    case 'setIndex':
    case 'append':
    case 'deleteKey':
    case 'send':
    case 'select':
    case 'overwrite':
      return true;
    default:
      return instruction.op === 'new' && instruction.length !== undefined;
  }
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
    if (writer?.op === 'getField') {
      path = `.${writer.field}${path}`;
      at = writer.object;
    } else if (writer?.op === 'load') {
      path = `*${path}`;
      at = writer.cell;
    } else if (writer?.op === 'move') at = writer.src;
    else if (writer?.op === 'unknown' && writer.key !== undefined) return `$${writer.key}${path}`;
    else return `${at}${path}`;
  }
  return undefined;
}
