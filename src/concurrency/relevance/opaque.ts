/**
 * Results that may as well be unknown: the callee only computes, and nothing it reads is changed by the program, so a
 * value that nobody knows takes each way that the computation could take.
 */
import { callsNow, meaningOf } from '../instructions.ts';
import type { Hint, Instruction } from '../ir.ts';
import type { Unit, Units } from './units.ts';

/** Smaller computations are interpreted: they cost nothing, and their results stay exact. */
const smallCode = 12;
const largeCode = 60;
const maxDepth = 4;

/**
 * @param written names of fields that the program changes after their object was made
 */
export function isOpaque(units: Units, unit: Unit, hint: Hint, written: ReadonlySet<string>): boolean {
  const { instructions } = unit.code;
  if (hint === 'error' || hint === 'string') {
    if (instructions.length <= smallCode) return false;
  } else if (hint !== 'bool' || instructions.length <= largeCode) return false;
  return !readsState(units, unit, written, 0, new Set());
}

function readsState(units: Units, unit: Unit, written: ReadonlySet<string>, depth: number, seen: Set<Unit>): boolean {
  if (seen.has(unit)) return false;
  seen.add(unit);
  if (depth > maxDepth) return true;
  return unit.code.instructions.some((instruction, at) => {
    if (isStateRead(instruction, written)) return true;
    const call = callsNow(instruction) ? units.callAt(unit, at) : undefined;
    return [...(call?.targets.keys() ?? [])].some((target) => readsState(units, target, written, depth + 1, seen));
  });
}

/** Flags and references that change decide what others do; numbers and texts hardly ever. */
function isStateRead(instruction: Instruction, written: ReadonlySet<string>): boolean {
  const { act, flows, consults } = meaningOf(instruction);
  // Whether a context has ended.
  if (act === 'ask' && flows === undefined) return true;
  if (consults === undefined || !('field' in instruction) || !('hint' in instruction)) return false;
  const { hint, field } = instruction;
  if (hint === 'int' || hint === 'string' || hint === 'len') return false;
  return written.has(field);
}
