/** Where control goes on when instructions are left out. */
import { meaningOf, successors } from '../instructions.ts';
import type { Instruction } from '../ir.ts';
import type { Needs } from './needs.ts';
import type { Unit } from './units.ts';

/** The first kept instruction from here on; the end of the code, or -1 - x for an endless loop in front of x. */
export function landing(needs: Needs, unit: Unit, from: number): number {
  const { instructions } = unit.code;
  const { flow } = needs.keptOf(unit);
  const seen = new Set<number>();
  let at = from;
  while (at < instructions.length) {
    if (needs.isKept(unit, at) || flow.doomed[at] === 1) return flow.doomed[at] === 1 ? ending(unit, at) : at;
    const instruction = instructions[at] as Instruction;
    const { ends } = meaningOf(instruction);
    if (ends !== undefined && ends !== 'program') return at;
    if (seen.has(at)) return -1 - at;
    seen.add(at);
    const next = flow.next[at] ?? [];
    at = (next.length === 1 ? next[0] : flow.meets[at]) ?? instructions.length;
  }
  return at;
}

/** A way that ends the program: what stands before its end plays no part. */
function ending(unit: Unit, from: number): number {
  const { instructions } = unit.code;
  let at = from;
  for (let steps = 0; steps <= instructions.length; steps += 1) {
    const instruction = instructions[at];
    const { ends } = instruction ? meaningOf(instruction) : {};
    if (!instruction || ends === 'program' || ends === 'panic') return at;
    at = successors(instruction, at)[0] ?? at + 1;
  }
  return instructions.length;
}
