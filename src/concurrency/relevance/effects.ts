/** Whether single instructions change anything that others may see. */
import { isWaiting, meaningOf, slotAt, storesOf } from '../instructions.ts';
import type { Instruction, Slot } from '../ir.ts';
import type { Unit } from './units.ts';

/** Whether a slot holds an object that this code has just made. */
export function isFresh(unit: Unit, slot: Slot): boolean {
  const defs = unit.facts.defs[slot] ?? [];
  const maker = unit.code.instructions[defs[0] ?? 0];
  return defs.length === 1 && maker !== undefined && meaningOf(maker).makes === 'object';
}

/** Whether an instruction changes anything but slots of its own frame and objects that it made. */
export function isEffect(unit: Unit, instruction: Instruction): boolean {
  const { effect, reads } = meaningOf(instruction);
  if (effect === true || isWaiting(instruction)) return true;
  return storesOf(instruction).some(
    ({ to }) => reads?.includes(to.in) === true && !isFresh(unit, slotAt(instruction, to.in) as Slot),
  );
}
