/** The steps that a state allows: each is one scheduling choice. */
import { meaningOf, partsOf, slotAt } from '../instructions.ts';
import type { Instruction, Slot } from '../ir.ts';
import { armsOf } from './arms.ts';
import { channelSteps, closeChannel, type View } from './channel.ts';
import { firstEquals } from './equal-processes.ts';
import { addVisibly, condWaitSteps, lockSteps, onceSteps, signalSteps, tryLock, waitSteps } from './locks.ts';
import { asObject } from './make.ts';
import { mayLeave } from './outside.ts';
import type { Run } from './run.ts';
import { objectAt, ownProcess, ownTop, type Process, type State, topOf } from './state.ts';
import type { Ref } from './value.ts';

export interface Step {
  /** Index of the process that moves. */
  readonly process: number;
  /** Index of the process that moves with it. */
  readonly partner?: number;
  /** The process only takes its place in a queue: it stays blocked. */
  readonly queues?: boolean;
  /** The object by which the outside is the partner. */
  readonly outside?: Ref;
  /** Does the operation in a state of its own; what follows locally is run afterwards. */
  readonly apply: (run: Run) => void;
}

export interface Choices {
  /** Steps by process index; a rendezvous stands with its sender. */
  readonly steps: readonly (readonly Step[])[];
  /** Who has a partner for a rendezvous. */
  readonly met: readonly boolean[];
  /** The first process that is in exactly the same situation: what one may do leads to the same as what the other may. */
  readonly firstEqual: readonly number[];
}

/** All steps of a state. */
export function choicesIn(state: State): Choices {
  const { processes } = state;
  const view: View = {
    state,
    arms: processes.map((process) => (process.waiting === 'spin' ? [] : armsOf(state, process))),
    met: processes.map(() => false),
    firstEqual: firstEquals(processes),
  };
  const steps = processes.map((process, index) => {
    const mine: Step[] = [];
    if (process.waiting !== 'spin') addSteps(view, process, index, mine);
    return mine;
  });
  return { steps, met: view.met, firstEqual: view.firstEqual };
}

/**
 * Whether each process may move now, alone or with a partner, or runs forever.
 *
 * @param leavers roles in which the outside may have left; it is no partner then
 */
export function enabledIn(state: State, choices: Choices, leavers: number): readonly boolean[] {
  return state.processes.map((process, index) => {
    if (process.waiting === 'spin' || choices.met[index] === true) return true;
    return (choices.steps[index] ?? []).some((step) => {
      if (step.queues === true) return false;
      return step.outside === undefined || !mayLeave(objectAt(state, step.outside), leavers);
    });
  });
}

function addSteps(view: View, process: Process, index: number, into: Step[]): void {
  const { state } = view;
  const frame = topOf(process);
  const instruction = frame.code.instructions[frame.pc];
  if (instruction === undefined) return;
  switch (instruction.op) {
    case 'send':
    case 'recv':
    case 'select':
      channelSteps(view, index, into);
      return;
    case 'lock':
      lockSteps(state, index, instruction.mutex, instruction.read, into);
      return;
    case 'wgWait':
      waitSteps(state, index, instruction.group, into);
      return;
    case 'condWait':
      condWaitSteps(state, index, instruction.cond, into);
      return;
    case 'condSignal':
      signalSteps(state, index, instruction.cond, instruction.all, into);
      return;
    case 'onceDo':
      onceSteps(state, index, instruction.once, instruction.fn, into);
      return;
    default:
      into.push({ process: index, apply: (run) => applyAlways(run, index, instruction) });
  }
}

/** Operations that are never blocked. */
function applyAlways(run: Run, index: number, instruction: Instruction): void {
  switch (instruction.op) {
    case 'close':
      closeChannel(run, index, instruction.chan);
      return;
    case 'tryLock':
      tryLock(run, index, instruction.mutex, instruction.dst, instruction.read);
      return;
    case 'wgAdd':
      addVisibly(run, index, instruction.group, instruction.delta);
      return;
    default:
      ownTop(run.state, ownProcess(run.state, index)).pc += 1;
  }
}

/** A process arrives at an operation: outside values that it is about to use become objects. */
export function arrive(state: State, process: Process): void {
  const frame = topOf(process);
  const instruction = frame.code.instructions[frame.pc];
  if (instruction === undefined) return;
  for (const part of partsOf(instruction)) {
    const { on, kind } = meaningOf(part);
    const value = on === undefined ? null : (frame.slots[slotAt(part, on) as Slot] ?? null);
    if (kind !== undefined) asObject(state, value, kind, kind === 'rwmutex' ? 'mutex' : kind);
  }
}
