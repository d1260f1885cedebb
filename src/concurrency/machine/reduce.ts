/**
 * Partial-order reduction: in most states it is enough to let some of the processes move.
 *
 * A set of processes is closed when nobody outside the set can ever reach an object that an operation in front of a
 * member is about. Its steps commute with whatever the others do meanwhile, so exploring them first loses no blocked
 * state. (Plain memory is left out of account: an order of unsynchronised reads and writes may be missed, none is
 * invented.)
 */
import { meaningOf, slotAt } from '../instructions.ts';
import type { Slot } from '../ir.ts';
import { armsOf } from './arms.ts';
import { lineOf } from './context.ts';
import { runsOut } from './facts.ts';
import { eachHeldByProcess } from './held.ts';
import { condLockOf, refIn } from './locks.ts';
import { eachHeld } from './object.ts';
import { type Frame, objectAt, type Process, type State, topOf } from './state.ts';
import type { Choices } from './steps.ts';
import { resolve } from './symbolic.ts';
import { isRef, isSymbolic, type Ref, type Value } from './value.ts';

/** Processes are bits of a number. */
const MAX_PROCESSES = 30;

/** Processes whose steps suffice in a state. */
export interface Sufficient {
  readonly members: readonly number[];
  /** Their steps come to an end: the others get their turn in a later state, known or not. */
  readonly ending: boolean;
}

/** Processes whose steps suffice, as indexes, or undefined when all must be tried. */
export function sufficient(state: State, choices: Choices): Sufficient | undefined {
  const count = state.processes.length;
  const moving = choices.steps.flatMap((steps, index) => (steps.length > 0 ? [index] : []));
  if (moving.length < 2 || count > MAX_PROCESSES) return undefined;
  const masks = whoReaches(state);
  const needs = state.processes.map((process) => neededBy(state, process, masks));
  const chosen = smallest(state, moving, needs);
  if (chosen === undefined) return undefined;
  const members = moving.filter((index) => (chosen & (1 << index)) !== 0);
  if (members.length === moving.length) return undefined;
  const [first, second] = members;
  const ending = second === undefined && first !== undefined && soonEnds(state.processes[first] as Process);
  return { members, ending };
}

/**
 * The smallest closed set. Of those with one member, one that soon ends comes first: left for later, such processes
 * pile up beside a loop that starts them.
 */
function smallest(state: State, moving: readonly number[], needs: readonly number[]): number | undefined {
  let best: number | undefined;
  let rank = Number.POSITIVE_INFINITY;
  for (const index of moving) {
    const process = state.processes[index] as Process;
    const { code, pc } = topOf(process);
    const instruction = code.instructions[pc];
    if (instruction && meaningOf(instruction).pauses === true) continue;
    const set = closure(1 << index, needs);
    const members = size(set);
    const next = members === 1 && soonEnds(process) ? 0 : members;
    if (next >= rank) continue;
    best = set;
    rank = next;
  }
  return best;
}

function soonEnds({ frames }: Process): boolean {
  return frames.every((frame) => runsOut(frame.code, frame.pc) && defersRunOut(frame));
}

function defersRunOut({ defers }: Frame): boolean {
  for (let deferred = defers; deferred !== undefined; deferred = deferred.next) {
    const code = deferred.target.code?.resolve();
    if (code !== undefined && !runsOut(code, 0)) return false;
  }
  return true;
}

function whoReaches(state: State): Int32Array {
  const masks = new Int32Array(state.heap.length);
  state.processes.forEach((process, index) => {
    const bit = 1 << index;
    const visit = (value: Value): void => {
      const known = resolve(state, value);
      if (isSymbolic(known) && known.tag === 'expr') {
        visit(known.x);
        visit(known.y);
      }
      if (!isRef(known) || ((masks[known.id] ?? 0) & bit) !== 0) return;
      masks[known.id] = (masks[known.id] ?? 0) | bit;
      const object = objectAt(state, known);
      if (object !== undefined) eachHeld(object, visit);
    };
    eachHeldByProcess(process, visit);
  });
  return masks;
}

function neededBy(state: State, process: Process, masks: Int32Array): number {
  let mask = 0;
  for (const ref of objectsOf(state, process)) mask |= masks[ref.id] ?? 0;
  return mask;
}

/** The objects that the next operation of a process is about. */
function objectsOf(state: State, process: Process): readonly Ref[] {
  const frame = topOf(process);
  const instruction = frame.code.instructions[frame.pc];
  if (instruction === undefined) return [];
  const { on, kind, turn } = meaningOf(instruction);
  const arms = armsOf(state, process);
  if (arms.length > 0) return arms.flatMap((arm) => (arm.chan === undefined ? [] : withContexts(state, arm.chan)));
  const ref =
    on === undefined || turn === undefined ? undefined : refIn(state, process, slotAt(instruction, on) as Slot);
  return kind === 'cond' ? [...present(ref), ...present(condLockOf(state, ref))] : present(ref);
}

function present(ref: Ref | undefined): readonly Ref[] {
  return ref === undefined ? [] : [ref];
}

function withContexts(state: State, chan: Ref): readonly Ref[] {
  const object = objectAt(state, chan);
  return object?.kind === 'chan' && object.context !== undefined ? [chan, ...lineOf(state, object.context)] : [chan];
}

function closure(start: number, needs: readonly number[]): number {
  let set = start;
  for (;;) {
    let next = set;
    for (let index = 0; index < needs.length; index += 1) {
      if ((set & (1 << index)) !== 0) next |= needs[index] ?? 0;
    }
    if (next === set) return set;
    set = next;
  }
}

function size(set: number): number {
  let count = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
