/** Where control goes on when instructions are left out. */
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
    if (instruction.op === 'return' || instruction.op === 'goexit' || instruction.op === 'panic') return at;
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
    if (!instruction || instruction.op === 'exit' || instruction.op === 'panic') return at;
    if (instruction.op === 'jump') at = instruction.target;
    else if (instruction.op === 'branch') at = instruction.then;
    else if (instruction.op === 'select') at = instruction.cases[0]?.target ?? instruction.default ?? at + 1;
    else at += 1;
  }
  return instructions.length;
}

/** The instruction with targets where `at` says that those of the old code stand. */
export function landed(instruction: Instruction, at: (target: number) => number): Instruction {
  switch (instruction.op) {
    case 'jump':
      return { op: 'jump', target: at(instruction.target) };
    case 'branch':
      return landedBranch(instruction, at(instruction.then), at(instruction.else));
    case 'select': {
      const cases = instruction.cases.map((arm) => ({ ...arm, target: at(arm.target) }));
      return instruction.default === undefined
        ? { op: 'select', cases }
        : { op: 'select', cases, default: at(instruction.default) };
    }
    default:
      return instruction;
  }
}

function landedBranch(branch: Extract<Instruction, { op: 'branch' }>, then: number, els: number): Instruction {
  return { ...branch, then, else: els };
}
