/**
 * Instructions that no other process waits for. A process runs them up to its next scheduling point as one step.
 *
 * Unlock, Done, cancel and Stop belong here although others see them: they are never blocked and only let others go on,
 * so to do them at once loses no blocked state that another order would reach.
 */
import type { Instruction } from '../ir.ts';
import { callbackOf, calledHere, startCallee } from './callbacks.ts';
import { cancel, contextDone, contextError, makeContext } from './context.ts';
import {
  append,
  deleteKey,
  getField,
  getIndex,
  keysOf,
  lengthOf,
  loadCell,
  setField,
  setIndex,
  setLength,
  storeCell,
} from './data.ts';
import { call, escapeArguments, findTarget, leave, raise, recoverPanic, startGoexit, startProcess } from './frames.ts';
import { addToGroup, isQuietAdd, unlock } from './locks.ts';
import { copyValue, escapeValue, makeObject } from './make.ts';
import { makeChannel, makeTimer, stopTimer } from './make-channel.ts';
import { interrupted, type Run } from './run.ts';
import { allocate, type Frame, ownTop, type Process } from './state.ts';
import { demandTruth, evaluate, resolve } from './symbolic.ts';
import { labelOf, record } from './trace.ts';
import { isSymbolic, lastingSymbol, newSymbol, type Value } from './value.ts';

/** A scheduling point: the instruction waits for its turn among the processes. */
export function isVisible(run: Run, frame: Frame, instruction: Instruction): boolean {
  switch (instruction.op) {
    case 'send':
    case 'recv':
    case 'close':
    case 'select':
    case 'lock':
    case 'tryLock':
    case 'wgWait':
    case 'condWait':
    case 'condSignal':
    case 'onceDo':
    case 'pause':
      return true;
    case 'wgAdd':
      return !isQuietAdd(run.state, frame.slots[instruction.group] ?? null, frame.slots[instruction.delta] ?? null);
    default:
      return false;
  }
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

/** A fresh symbol, or the one that the instruction's key stands for. */
function symbolFor(run: Run, instruction: Extract<Instruction, { op: 'unknown' }>): Value {
  const { key, hint } = instruction;
  if (key === undefined) return newSymbol(hint);
  const { lasting } = run.machine;
  const known = lasting.get(key) ?? lastingSymbol(hint);
  lasting.set(key, known);
  return known;
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
      frame.defers = { target, site, next: frame.defers };
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
  const started = target.code === undefined ? undefined : startProcess(run, target, site, target.code);
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

function runData(run: Run, process: Process, frame: Frame, instruction: Instruction): void {
  const { state } = run;
  const { slots } = frame;
  const at = (slot: number | undefined): Value => (slot === undefined ? null : (slots[slot] ?? null));
  const site = frame.code.sites[frame.pc];
  switch (instruction.op) {
    case 'const':
      slots[instruction.dst] = instruction.value;
      return;
    case 'move':
      slots[instruction.dst] = at(instruction.src);
      return;
    case 'unknown':
      slots[instruction.dst] = symbolFor(run, instruction);
      return;
    case 'binary': {
      const [x, y] = [resolve(state, at(instruction.x)), resolve(state, at(instruction.y))];
      slots[instruction.dst] = evaluate(state, instruction.operator, x, y, run.machine.largest(frame.code));
      return;
    }
    case 'not':
      slots[instruction.dst] = evaluate(state, 'not', resolve(state, at(instruction.x)), null, 0);
      return;
    case 'hasType': {
      const x = resolve(state, at(instruction.x));
      slots[instruction.dst] = evaluate(state, `type:${instruction.typeName}`, x, null, 0);
      return;
    }
    case 'new':
      slots[instruction.dst] = makeObject(state, instruction.object, site);
      if (instruction.length !== undefined) setLength(state, slots[instruction.dst] ?? null, at(instruction.length));
      return;
    case 'copy':
      slots[instruction.dst] = copyValue(state, at(instruction.src));
      return;
    case 'load':
      slots[instruction.dst] = loadCell(state, at(instruction.cell));
      return;
    case 'store':
      storeCell(state, at(instruction.cell), at(instruction.src));
      return;
    case 'getField':
      slots[instruction.dst] = getField(state, at(instruction.object), instruction.field, instruction.hint, site);
      return;
    case 'setField':
      setField(state, at(instruction.object), instruction.field, at(instruction.src));
      return;
    case 'getIndex': {
      const [value, ok] = getIndex(run, instruction, at(instruction.list), at(instruction.index));
      if (interrupted(run)) return;
      slots[instruction.dst] = value;
      if (instruction.ok !== undefined) slots[instruction.ok] = ok;
      return;
    }
    case 'setIndex':
      setIndex(run, at(instruction.list), at(instruction.index), at(instruction.src));
      return;
    case 'append':
      slots[instruction.dst] = append(state, at(instruction.list), instruction.values.map(at), site);
      return;
    case 'deleteKey':
      deleteKey(run, at(instruction.map), at(instruction.key));
      return;
    case 'keys':
      slots[instruction.dst] = keysOf(state, at(instruction.map), instruction.hint, site);
      return;
    case 'len':
      slots[instruction.dst] = lengthOf(state, at(instruction.of), instruction.what);
      return;
    case 'escape':
      escapeValue(state, at(instruction.src), 'argument');
      return;
    case 'closure': {
      const captures = instruction.captures.map(at);
      slots[instruction.dst] = allocate(state, { kind: 'closure', code: instruction.code, captures, site }, false);
      return;
    }
    case 'recover':
      slots[instruction.dst] = recoverPanic(run, process);
      return;
    default:
      runQuietSync(run, process, frame, instruction);
      return;
  }
}

/** Synchronisation that never waits and only lets others go on. */
function runQuietSync(run: Run, process: Process, frame: Frame, instruction: Instruction): void {
  const { slots } = frame;
  const at = (slot: number | undefined): Value => (slot === undefined ? null : (slots[slot] ?? null));
  switch (instruction.op) {
    case 'makeChan':
      makeChannel(run, process, frame, instruction);
      return;
    case 'makeTimer':
      slots[instruction.dst] = makeTimer(run.state, instruction.repeats, frame.code.sites[frame.pc]);
      return;
    case 'stopTimer':
      slots[instruction.dst] = stopTimer(run.state, at(instruction.chan), instruction);
      return;
    case 'unlock':
      unlock(run, process, at(instruction.mutex), instruction.read);
      return;
    case 'wgAdd':
      addToGroup(run, process, at(instruction.group), at(instruction.delta));
      return;
    case 'newContext':
      slots[instruction.dst] = makeContext(run.state, at(instruction.parent), instruction, frame.code.sites[frame.pc]);
      return;
    case 'contextDone':
      slots[instruction.dst] = contextDone(run.state, at(instruction.context));
      return;
    case 'contextErr': {
      const failed = contextError(run, at(instruction.context));
      if (!interrupted(run)) slots[instruction.dst] = failed;
      return;
    }
    case 'cancelContext':
      cancel(run.state, process, at(instruction.context));
      return;
    default:
      return;
  }
}
