/** Facts about code that the machine asks again and again, computed once per code. */
import { constantOf, globalOf, isInvocation, meaningOf, successors } from '../instructions.ts';
import type { Code, CodeRef, Instruction, Slot } from '../ir.ts';

const cancels = new WeakMap<Code, boolean>();
const constants = new WeakMap<Code, number>();
const variables = new WeakMap<Code, ReadonlySet<string>>();
const runningOut = new WeakMap<Code, Map<number, boolean>>();
const lives = new WeakMap<Code, readonly (readonly Slot[])[]>();

/** Constants up to this size widen the range in which integers are counted exactly. */
const MAX_COUNTED = 2048;
const MIN_COUNTED = 64;

/** Whether the body itself cancels a context: then who holds its captures may cancel, too. */
export function cancelsContext(ref: CodeRef): boolean {
  const code = (ref.whole ?? ref).resolve();
  return code !== undefined && codeCancels(code);
}

export function codeCancels(code: Code): boolean {
  let known = cancels.get(code);
  if (known === undefined) {
    known = code.instructions.some((instruction) => meaningOf(instruction).act === 'cancel');
    cancels.set(code, known);
  }
  return known;
}

/** Names of the variables of the package that the code names, or what it calls, starts or makes a closure of. */
export function variablesOf(code: Code): ReadonlySet<string> {
  const known = variables.get(code);
  if (known) return known;
  const found = new Set<string>();
  const seen = new Set<Code>();
  const rest = [code];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    for (const instruction of next.instructions) {
      const name = globalOf(instruction);
      if (name !== undefined) found.add(name);
      const ref = codeIn(instruction);
      const inner = ref?.resolve();
      if (inner !== undefined) rest.push(inner);
    }
  }
  variables.set(code, found);
  return found;
}

function codeIn(instruction: Instruction): CodeRef | undefined {
  if (isInvocation(instruction)) return instruction.callee.kind === 'static' ? instruction.callee.code : undefined;
  return 'code' in instruction ? instruction.code : undefined;
}

/** Largest integer that arithmetic in this code counts exactly: enough for its own constants. */
export function largestCounted(code: Code): number {
  let known = constants.get(code);
  if (known === undefined) {
    known = MIN_COUNTED;
    for (const instruction of code.instructions) {
      const constant = constantOf(instruction);
      if (typeof constant !== 'number') continue;
      const size = Math.abs(constant) + 1;
      if (size <= MAX_COUNTED) known = Math.max(known, size);
    }
    constants.set(code, known);
  }
  return known;
}

/** Slots live in front of `pc`, in ascending order. */
export function liveSlots(code: Code, pc: number): readonly Slot[] {
  let table = lives.get(code);
  if (table === undefined) {
    table = code.liveAt.map((live) => [...live].sort((a, b) => a - b));
    lives.set(code, table);
  }
  return table[pc] ?? [];
}

/** Whether every way on from `pc` ends without a loop, and without a call that could hide one. */
export function runsOut(code: Code, pc: number): boolean {
  if (code.instructions.length > MAX_SHORT) return false;
  let table = runningOut.get(code);
  if (table === undefined) {
    table = new Map();
    runningOut.set(code, table);
  }
  const known = table.get(pc);
  if (known !== undefined) return known;
  // Who asks again on the way has come round.
  table.set(pc, false);
  const instruction = code.instructions[pc];
  const ends =
    instruction === undefined ||
    (!isLong(instruction) && successors(instruction, pc).every((next) => runsOut(code, next)));
  table.set(pc, ends);
  return ends;
}

const MAX_SHORT = 300;

/** A call may hide a loop, and a pause any time. */
function isLong(instruction: Instruction): boolean {
  const { calls, pauses } = meaningOf(instruction);
  return calls !== undefined || pauses === true;
}
