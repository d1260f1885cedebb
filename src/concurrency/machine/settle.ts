/** From the operation of one step to the states in which every process stands in front of its next operation. */

import { work } from '../../work/meter.ts';
import { isSend, meaningOf } from '../instructions.ts';
import type { Instruction } from '../ir.ts';
import { identify } from './identity.ts';
import { isVisible, runInstruction } from './local.ts';
import { cutPath, type Fork, interrupted, type Machine, type Run } from './run.ts';
import { startProcess } from './start-process.ts';
import {
  emptyState,
  forkState,
  learn,
  objectAt,
  ownProcess,
  ownTop,
  type Process,
  type State,
  topOf,
} from './state.ts';
import { arrive, choicesIn, type Step } from './steps.ts';
import { consequence, demandInt, resolve } from './symbolic.ts';
import { record } from './trace.ts';
import { leave } from './unwinding.ts';
import { isRef, newSymbol } from './value.ts';

/** Merging costs a walk over the state; few forks are cheaper without. */
const FORKS_UNMERGED = 12;

/** One step may ask this many questions; what the answers beyond lead to is not explored. */
const MAX_FORKS = 256;

function newRun(machine: Machine, state: State): Run {
  return { machine, state, fork: undefined, dropped: false };
}

/** The states in which the program may begin: the entry has run up to its first operation. */
export function initialStates(machine: Machine, recording: boolean): readonly State[] {
  const state = emptyState(recording);
  const run = newRun(machine, state);
  const { entry, entryHints } = machine.program;
  const started = startProcess(
    run,
    { code: entry, args: entryHints.map((hint) => newSymbol(hint, 'parameter')) },
    undefined,
    entry,
  );
  if (started === undefined) return [];
  return settle(machine, state, new Set());
}

/** The states after a step, in a fixed order. The given state is not changed. */
export function statesAfter(machine: Machine, before: State, step: Step): readonly State[] {
  const state = forkState(before);
  const run = newRun(machine, state);
  const copied = burden(state);
  machine.ran += copied;
  work(1 + copied);
  step.apply(run);
  return run.dropped ? [] : settle(machine, state, new Set(before.processes));
}

/** A state on the way of one step, with the answers that led to it. */
interface Way {
  readonly state: State;
  readonly answers: string;
}

/**
 * Runs every process that is not in front of an operation; forks where an answer is not known. Ways with fewer answers
 * go first, so that a loop full of questions does not use up what the others may ask. The outcomes are in the order of
 * the answers.
 */
function settle(machine: Machine, first: State, arrived: ReadonlySet<Process>): readonly State[] {
  const settled: Way[] = [];
  const open: Way[] = [{ state: first, answers: '' }];
  const forked = new Set<number>();
  let forks = 0;
  for (let at = 0; at < open.length; at += 1) {
    const way = open[at] as Way;
    const { state } = way;
    open[at] = doneWay;
    if (machine.ran > outOfReach(machine)) break;
    const run = newRun(machine, state);
    runAll(run, arrived);
    if (run.dropped) continue;
    if (run.fork === undefined) {
      if (fillsOwnRoom(state)) {
        choicesIn(state).steps[0]?.[0]?.apply(run);
        open.push(way);
      } else settled.push(way);
      continue;
    }
    forks += 1;
    const cost = FORK_COST + burden(state);
    machine.ran += cost;
    work(cost);
    if (forks > FORKS_UNMERGED && isKnown(forked, state)) continue;
    if (forks > MAX_FORKS) {
      cutPath(run, 'states', 'too many outcomes of one step');
      break;
    }
    pushForks(way, run.fork, open);
  }
  return settled.sort((a, b) => (a.answers < b.answers ? -1 : 1)).map(({ state }) => state);
}

/** Takes the place of a way that was gone, so that its state can be forgotten. */
const doneWay: Way = { state: emptyState(false), answers: '' };

/** A send by the only process, into room of a channel that nobody else knows: nobody can see when it happens. */
function fillsOwnRoom(state: State): boolean {
  const [only, second] = state.processes;
  const frame = only && topOf(only);
  const instruction = frame?.code.instructions[frame.pc];
  if (second !== undefined || only?.waiting !== 'no' || !instruction || !isSend(instruction) || state.over)
    return false;
  const known = resolve(state, frame?.slots[instruction.chan] ?? null);
  const chan = isRef(known) ? objectAt(state, known) : undefined;
  return chan?.kind === 'chan' && !chan.outside && !chan.escaped && !chan.closed && chan.buffer.length < chan.cap;
}

/** One step may go on a little after the budget is spent, but not for long. */
function outOfReach(machine: Machine): number {
  const limit = machine.budget.instructions ?? Number.POSITIVE_INFINITY;
  return limit + limit / 8;
}

/** A fork copies a state: it costs as much as so many instructions. */
const FORK_COST = 40;

/** Ordinary states hold less: copying them is part of the price of a step. */
const ORDINARY_STATE = 512;
const VALUES_PER_INSTRUCTION = 16;

/** What copying a large state costs beside, in instructions: objects, facts and slots are copied one by one. */
function burden({ heap, facts, processes }: State): number {
  let values = heap.length + facts.size;
  for (const { frames } of processes) for (const { slots } of frames) values += slots.length;
  return Math.max(0, Math.floor((values - ORDINARY_STATE) / VALUES_PER_INSTRUCTION));
}

/** Many forks in one step often come together again: the same question in the same state is asked once. */
function isKnown(forked: Set<number>, state: State): boolean {
  const identity = identify(state);
  if (forked.has(identity)) return true;
  forked.add(identity);
  return false;
}

function pushForks({ state, answers }: Way, fork: Fork, open: Way[]): void {
  for (const [at, each] of fork.answers.entries()) {
    const answer = each ?? null;
    const next = forkState(state);
    learn(next, fork.about, answer);
    const more = consequence(fork.about, answer);
    if (more !== undefined) learn(next, more.about, more.answer);
    if (typeof answer === 'number') tellCount(next, answer);
    open.push({ state: next, answers: answers + String.fromCharCode(97 + at) });
  }
}

function tellCount(state: State, value: number): void {
  const process = state.recording ? state.processes.find((each) => !isAtOperation(each)) : undefined;
  if (process !== undefined) record(state, process, { kind: 'count', value });
}

function isAtOperation(process: Process): boolean {
  const frame = topOf(process);
  const instruction = frame.code.instructions[frame.pc];
  return instruction !== undefined && meaningOf(instruction).turn === 'always';
}

/** `arrived`: processes that stood in front of an operation before the step; when they are still the same, nothing is to run. */
function runAll(run: Run, arrived: ReadonlySet<Process>): void {
  const { state } = run;
  for (let index = 0; index < state.processes.length && !state.over; ) {
    const process = state.processes[index] as Process;
    if (process.waiting === 'no' && !arrived.has(process)) runLocally(run, index);
    if (interrupted(run)) return;
    // A process that ended has left the list; the next one stands in its place.
    if (state.processes[index]?.id === process.id) index += 1;
  }
}

/** Runs one process up to its next operation, its end, or an interruption. */
function runLocally(run: Run, index: number): void {
  const { state, machine } = run;
  const { id } = state.processes[index] as Process;
  // A pause lets others run; that matters only to a loop that waits for memory to change, so only from the second time.
  const paused = new Set<Instruction>();
  const limit = outOfReach(machine);
  for (let count = 0; ; count += 1) {
    machine.ran += 1;
    work();
    // One step can start processes that each run, start others and end: no loop of any of them is long.
    if (machine.ran > limit) {
      cutPath(run, 'states', 'too many instructions');
      return;
    }
    const current = state.processes[index];
    if (current === undefined || current.id !== id || state.over) return;
    const frame = topOf(current);
    const instruction = frame.code.instructions[frame.pc];
    if (instruction === undefined) {
      const process = ownProcess(state, index);
      leave(run, process, ownTop(state, process), []);
      continue;
    }
    const { turn, pauses } = meaningOf(instruction);
    if (turn !== undefined) {
      if ('delta' in instruction) demandInt(run, frame.slots[instruction.delta] ?? null);
      if (interrupted(run)) return;
      if (pauses === true && !paused.has(instruction)) {
        paused.add(instruction);
        ownTop(state, ownProcess(state, index)).pc += 1;
        continue;
      }
      if (isVisible(run, frame, instruction)) {
        arrive(state, current);
        return;
      }
    }
    if (count >= machine.budget.localSteps) {
      ownProcess(state, index).waiting = 'spin';
      machine.cut ??= { exhausted: 'unsupported', reason: 'a loop that runs without waiting' };
      return;
    }
    runInstruction(run, ownProcess(state, index), instruction);
    if (interrupted(run)) return;
  }
}
