/**
 * What one instruction does that moves no control and waits for nobody: values, memory, and the synchronisation that only
 * lets others go on.
 */
import type { Instruction } from '../ir.ts';
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
import { escapeValue } from './escape.ts';
import { addToGroup, unlock } from './locks.ts';
import { copyValue, makeObject } from './make.ts';
import { makeChannel, makeTimer, stopTimer } from './make-channel.ts';
import { overwrite } from './overwrite.ts';
import { interrupted, type Run } from './run.ts';
import { putAwayJobs } from './sent-jobs.ts';
import { allocate, type Frame, type Process } from './state.ts';
import { evaluate, resolve } from './symbolic.ts';
import { record } from './trace.ts';
import { recoverPanic } from './unwinding.ts';
import { lastingSymbol, newSymbol, type Value } from './value.ts';

/** A fresh symbol, or the one that the instruction's key stands for. */
function symbolFor(run: Run, instruction: Extract<Instruction, { op: 'unknown' }>): Value {
  const { key, hint } = instruction;
  if (key === undefined) return newSymbol(hint);
  const { lasting } = run.machine;
  const known = lasting.get(key) ?? lastingSymbol(hint, key);
  lasting.set(key, known);
  return known;
}

export function runData(run: Run, process: Process, frame: Frame, instruction: Instruction): void {
  const { state } = run;
  const { slots } = frame;
  const at = (slot: number | undefined): Value => (slot === undefined ? null : (slots[slot] ?? null));
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
    case 'recover':
      slots[instruction.dst] = recoverPanic(run, process);
      return;
    default:
      runMemory(run, process, frame, instruction);
      return;
  }
}

/** What is kept outside of the slots of a frame. */
function runMemory(run: Run, process: Process, frame: Frame, instruction: Instruction): void {
  const { state } = run;
  const { slots } = frame;
  const at = (slot: number | undefined): Value => (slot === undefined ? null : (slots[slot] ?? null));
  const site = frame.code.sites[frame.pc];
  switch (instruction.op) {
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
    case 'append': {
      const list = at(instruction.list);
      const values = putAwayJobs(run, list, instruction.values.map(at), site);
      slots[instruction.dst] = append(state, list, values, site);
      return;
    }
    case 'deleteKey':
      deleteKey(run, at(instruction.map), at(instruction.key));
      return;
    case 'keys':
      slots[instruction.dst] = keysOf(state, at(instruction.map), instruction.hint, site);
      return;
    case 'len':
      slots[instruction.dst] = lengthOf(state, at(instruction.of), instruction.what);
      // A list that turned out to be empty decides as much as one whose length was chosen.
      if (instruction.rounds && resolve(state, at(instruction.dst)) === 0)
        record(state, process, { kind: 'count', value: 0 });
      return;
    case 'escape':
      escapeValue(state, at(instruction.src), 'argument');
      return;
    case 'overwrite':
      overwrite(state, at(instruction.src), { foreign: true, sure: true });
      return;
    case 'closure': {
      const captures = instruction.captures.map(at);
      slots[instruction.dst] = allocate(state, { kind: 'closure', code: instruction.code, captures, site }, false);
      return;
    }
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
