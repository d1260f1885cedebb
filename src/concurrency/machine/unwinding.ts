/** Returns, deferred calls, panics and `Goexit`: how frames go, in Go's order. */
import type { Slot } from '../ir.ts';
import { escapeValue } from './escape.ts';
import { escapeArguments, newFrame, visibleBody } from './frames.ts';
import type { Run } from './run.ts';
import {
  type Frame,
  type Mode,
  objectAt,
  ownObject,
  ownTop,
  type Panic,
  type Process,
  type Target,
  topOf,
} from './state.ts';
import { callersOf, record, siteOf } from './trace.ts';
import { isRef, type Value } from './value.ts';

/** `return values`: deferred functions run first, then the frame goes. */
export function leave(run: Run, process: Process, frame: Frame, values: readonly Value[]): void {
  const named = frame.code.namedResults;
  if (named !== undefined && values.length > 0)
    for (const [at, slot] of named.entries()) setResult(run, frame, slot, at, values[at] ?? null);
  frame.results = named === undefined ? values : [];
  frame.mode = 'return';
  unwind(run, process);
}

function setResult(run: Run, frame: Frame, slot: Slot, at: number, value: Value): void {
  const held = frame.slots[slot] ?? null;
  const cell = frame.code.resultCells?.has(at) === true && isRef(held) ? ownObject(run.state, held, 'cell') : undefined;
  if (cell !== undefined) cell.value = value;
  else frame.slots[slot] = value;
}

function resultsOf(run: Run, frame: Frame): readonly Value[] {
  const named = frame.code.namedResults;
  if (named === undefined) return frame.results;
  return named.map((slot, at) => {
    const value = frame.slots[slot] ?? null;
    if (frame.code.resultCells?.has(at) !== true || !isRef(value)) return value;
    const cell = objectAt(run.state, value);
    return cell?.kind === 'cell' ? cell.value : value;
  });
}

/** A panic starts in the innermost frame. */
export function raise(run: Run, process: Process, value: Value, misuse?: Pick<Panic, 'kind' | 'object'>): void {
  const frame = ownTop(run.state, process);
  frame.panic = { value, ...misuse, site: siteOf(process), callers: callersOf(process) };
  frame.mode = 'panic';
  record(run.state, process, { kind: 'panic' });
  unwind(run, process);
}

export function startGoexit(run: Run, process: Process): void {
  ownTop(run.state, process).mode = 'goexit';
  unwind(run, process);
}

/**
 * Goes on with a frame that is on its way out: the next deferred call, or the end of the frame. Stops as soon as there
 * is an instruction to run again, or the process is over.
 */
export function unwind(run: Run, process: Process): void {
  while (process.frames.length > 0) {
    const frame = ownTop(run.state, process);
    if (frame.mode === 'run') return;
    const deferred = frame.defers;
    if (deferred !== undefined) {
      frame.defers = deferred.next;
      if (pushDeferred(run, process, deferred.target)) return;
      continue;
    }
    process.frames.pop();
    endOnce(run, frame);
    if (process.frames.length === 0) endProcess(run, process, frame);
    else handOver(run, process, frame);
  }
}

function pushDeferred(run: Run, process: Process, target: Target): boolean {
  const code = visibleBody(run, process, target);
  if (code === undefined) {
    escapeArguments(run, target);
    return false;
  }
  process.frames.push(newFrame(run, code, target.args, { returnTo: [], role: 'defer' }));
  return true;
}

/** What the end of a frame means for the one below. */
function handOver(run: Run, process: Process, ended: Frame): void {
  const caller = ownTop(run.state, process);
  if (ended.mode === 'return') {
    if (ended.role !== 'call') return;
    const results = resultsOf(run, ended);
    ended.returnTo.forEach((slot, at) => {
      caller.slots[slot] = results[at] ?? null;
    });
    return;
  }
  // A new panic replaces one under way; Goexit is not stopped by either.
  caller.panic = ended.panic;
  caller.mode = ended.mode;
}

function endOnce(run: Run, frame: Frame): void {
  const once = frame.once === undefined ? undefined : ownObject(run.state, frame.once, 'once');
  if (once !== undefined) once.phase = 'done';
}

function endProcess(run: Run, process: Process, last: Frame): void {
  const { state } = run;
  // What the entry returns is the caller's, and nobody sees the caller.
  if (process.id === 0 && last.mode === 'return') {
    for (const value of resultsOf(run, last)) escapeValue(state, value, 'returned');
  }
  record(
    state,
    process,
    { kind: last.mode === 'panic' ? 'panic' : 'end' },
    last.code.sites[last.pc] ?? last.code.ref.site,
  );
  state.processes = state.processes.filter((other) => other.id !== process.id);
  if (last.mode !== 'panic' || last.panic === undefined) return;
  state.over = true;
  state.crash = { process, panic: last.panic };
}

/** `recover()`: the panic under way when called by a deferred function itself, else nil. */
export function recoverPanic(run: Run, process: Process): Value {
  const depth = process.frames.length;
  const below = process.frames[depth - 2];
  if (topOf(process).role !== 'defer' || below === undefined || below.mode !== 'panic') return null;
  const own: Frame =
    below.epoch === run.state.epoch ? below : { ...below, epoch: run.state.epoch, slots: below.slots.slice() };
  process.frames[depth - 2] = own;
  const value = own.panic?.value ?? null;
  own.mode = 'return' satisfies Mode;
  own.panic = undefined;
  own.results = [];
  return value;
}
