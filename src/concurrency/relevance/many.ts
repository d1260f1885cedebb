/**
 * How many rounds "many" has to be. A loop of unknown length is tried with none, one and two rounds; what only blocks when
 * every room is filled and every worker has left needs one round more than there are rooms and workers.
 */
import { callsNow, constantOf, startsGoroutine } from '../instructions.ts';
import type { Instruction, Slot } from '../ir.ts';
import { factsOf } from './code-facts.ts';
import type { Needs } from './needs.ts';
import type { Unit } from './units.ts';

/** Larger rooms and more workers take more rounds than a search can follow. */
const largest = 4;

/**
 * Undefined when two rounds are enough: no channel has room, no number is divided, and no loop of constant length starts
 * goroutines, be it by a call.
 */
export function manyRounds(needs: Needs): number | undefined {
  let room = 0;
  let workers = 0;
  let shares = 1;
  for (const unit of needs.units.list) {
    unit.code.instructions.forEach((instruction, at) => {
      if (!needs.isKept(unit, at)) return;
      room = Math.max(room, roomOf(unit, instruction));
      const starts = startsGoroutine(instruction) || callsNow(instruction);
      workers = Math.max(workers, starts ? roundsOf(needs, unit, at) : 0);
      shares = Math.max(shares, shareOf(unit, instruction));
    });
  }
  if (room === 0 && workers < 2 && shares < 2) return undefined;
  return Math.max(room + Math.max(1, workers) + 1, shares + 1);
}

/** `len(xs)/2+1`: the part of a number that somebody waits for is less than all of it only beyond the divisor. */
function shareOf(unit: Unit, instruction: Instruction): number {
  return 'operator' in instruction && instruction.operator === '/' ? smallConstant(unit, instruction.y) : 1;
}

function roomOf(unit: Unit, instruction: Instruction): number {
  if (!('cap' in instruction) || instruction.cap === undefined) return 0;
  // A room of unknown size is tried with one.
  return constantIn(unit, instruction.cap) === undefined ? 1 : smallConstant(unit, instruction.cap);
}

/** The constant with which the loop around an instruction compares its counter; 1 outside of such a loop. */
function roundsOf(needs: Needs, unit: Unit, start: number): number {
  const { looping } = needs.keptOf(unit).flow;
  if (looping[start] !== 1) return 1;
  let rounds = 1;
  unit.code.instructions.forEach((instruction, at) => {
    if (!('operator' in instruction) || looping[at] !== 1 || !needs.isKept(unit, at)) return;
    if (instruction.operator === '<') rounds = Math.max(rounds, smallConstant(unit, instruction.y));
  });
  return rounds;
}

function smallConstant(unit: Unit, slot: Slot): number {
  const value = constantIn(unit, slot);
  return value !== undefined && value > 0 && value <= largest ? value : 0;
}

function constantIn({ code }: Unit, slot: Slot): number | undefined {
  const [def, more] = factsOf(code).defs[slot] ?? [];
  const made = def === undefined || more !== undefined ? undefined : code.instructions[def];
  const constant = made && constantOf(made);
  return typeof constant === 'number' ? constant : undefined;
}
