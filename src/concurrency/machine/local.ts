/**
 * Instructions that no other process waits for. A process runs them up to its next scheduling point as one step.
 *
 * Unlock, Done, cancel and Stop belong here although others see them: they are never blocked and only let others go on,
 * so to do them at once loses no blocked state that another order would reach.
 */
import { meaningOf } from '../instructions.ts';
import type { Instruction } from '../ir.ts';
import { callbackOf, calledHere, startCallee } from './callbacks.ts';
import { call, escapeArguments, findTarget } from './frames.ts';
import { isQuietAdd } from './locks.ts';
import { runData } from './quiet-steps.ts';
import { interrupted, type Run } from './run.ts';
import { startProcess } from './start-process.ts';
import { type Frame, ownTop, type Process } from './state.ts';
import { demandTruth } from './symbolic.ts';
import { deferToTest } from './test-end.ts';
import { labelOf, record } from './trace.ts';
import { leave, raise, startGoexit } from './unwinding.ts';
import { isSymbolic, type Value } from './value.ts';

/** A scheduling point: the instruction waits for its turn among the processes. */
export function isVisible(run: Run, frame: Frame, instruction: Instruction): boolean {
  const { turn } = meaningOf(instruction);
  if (turn !== 'sometimes' || !('group' in instruction) || !('delta' in instruction)) return turn === 'always';
  return !isQuietAdd(run.state, frame.slots[instruction.group] ?? null, frame.slots[instruction.delta] ?? null);
}

/** Runs one invisible instruction of an owned process and moves its pc. With a fork or a drop, nothing has changed. */
export function runInstruction(run: Run, process: Process, instruction: Instruction): void {
  switch (instruction.op) {
    case 'jump':
      ownTop(run.state, process).pc = instruction.target;
      return;
    case 'branch':
      branch(run, process, instruction);
      return;
    case 'call':
    case 'go':
    case 'defer':
    case 'return':
    case 'panic':
    case 'goexit':
    case 'exit':
      runControl(run, process, instruction);
      return;
    default: {
      const frame = ownTop(run.state, process);
      runData(run, process, frame, instruction);
      if (!interrupted(run)) frame.pc += 1;
    }
  }
}

function branch(run: Run, process: Process, instruction: Extract<Instruction, { op: 'branch' }>): void {
  const frame = ownTop(run.state, process);
  const condition = frame.slots[instruction.cond] ?? null;
  const taken = demandTruth(run, condition);
  if (interrupted(run)) return;
  if (!taken && instruction.entered !== undefined && frame.slots[instruction.entered] !== true) {
    run.dropped = true;
    return;
  }
  if (isSymbolic(condition)) record(run.state, process, { kind: 'branch', taken });
  frame.pc = taken ? instruction.then : instruction.else;
}

type Control = Extract<Instruction, { op: 'call' | 'go' | 'defer' | 'return' | 'panic' | 'goexit' | 'exit' }>;

function runControl(run: Run, process: Process, instruction: Control): void {
  const frame = ownTop(run.state, process);
  const at = (slot: number): Value => frame.slots[slot] ?? null;
  switch (instruction.op) {
    case 'call': {
      const target = findTarget(run, instruction.callee, frame.slots, instruction.args.map(at));
      call(run, process, target, instruction.dst, instruction.resultHints, (instruction.contexts ?? []).map(at));
      return;
    }
    case 'go':
      spawn(run, process, frame, instruction);
      return;
    case 'defer': {
      const target = findTarget(run, instruction.callee, frame.slots, instruction.args.map(at));
      const site = frame.code.sites[frame.pc] ?? frame.code.ref.site;
      if (instruction.until === undefined) frame.defers = { target, site, next: frame.defers };
      else deferToTest(run, process, { target, site, until: instruction.until });
      frame.pc += 1;
      return;
    }
    case 'return':
      record(run.state, process, { kind: 'return' });
      leave(run, process, frame, instruction.values.map(at));
      return;
    case 'panic':
      raise(run, process, at(instruction.value));
      return;
    case 'goexit':
      startGoexit(run, process);
      return;
    case 'exit':
      run.state.over = true;
  }
}

function spawn(run: Run, process: Process, frame: Frame, instruction: Extract<Instruction, { op: 'go' }>): void {
  const args = instruction.args.map((slot) => frame.slots[slot] ?? null);
  const target = findTarget(run, instruction.callee, frame.slots, args);
  const site = frame.code.sites[frame.pc];
  const started = target.code === undefined ? undefined : startProcess(run, target, site, target.code, process);
  if (run.dropped) return;
  if (started === undefined) {
    escapeArguments(run, target, calledHere(run, target));
    if (target.code?.resolve() === undefined) startCallee(run, target, site ?? frame.code.ref.site);
  } else {
    started.callback = callbackOf(process);
    record(run.state, process, { kind: 'go', started: labelOf(started) });
  }
  frame.pc += 1;
}
