/**
 * Calls that wait for the end of a test (https://pkg.go.dev/testing#T.Cleanup): they run after the deferred calls of the
 * test function, the last one first, and the context of the test is cancelled before the first of them.
 *
 * The end of a test is the end of the function that `t.Run` calls, else of the entry. A helper that is searched on its own
 * ends like a test: its test goes on for a time that nobody knows.
 */
import { subtestName, type TestEnd } from '../ir.ts';
import { escapeArguments } from './frames.ts';
import type { Run } from './run.ts';
import { type Deferred, type Frame, ownProcess, type Process, type State } from './state.ts';

type TestDeferred = Omit<Deferred, 'next'> & { readonly until: TestEnd };

/** Puts a call off to the end of the test that a process belongs to; after that end it never runs. */
export function deferToTest(run: Run, process: Process, deferred: TestDeferred): void {
  const { state } = run;
  const index = state.processes.findIndex(({ id }) => id === 0);
  const test = process.id === 0 ? process : index < 0 ? undefined : ownProcess(state, index);
  if (test === undefined) {
    escapeArguments(run, deferred.target);
    return;
  }
  const inner = test.frames.findLastIndex(({ code }) => code.ref.name === subtestName);
  const frame = ownFrame(state, test, Math.max(inner, 0));
  frame.defers = inserted(frame.defers, deferred);
}

/** The list runs from its head: calls of `defer`, then the ends of contexts, then the others. */
function inserted(list: Deferred | undefined, deferred: TestDeferred): Deferred {
  const goesBehind = list !== undefined && (list.until === undefined || isBefore(list.until, deferred.until));
  return goesBehind ? { ...list, next: inserted(list.next, deferred) } : { ...deferred, next: list };
}

function isBefore(one: TestEnd, other: TestEnd): boolean {
  return one === 'context' && other === 'cleanup';
}

/** A frame of an owned process, ready to be written. */
function ownFrame(state: State, process: Process, index: number): Frame {
  const frame = process.frames[index] as Frame;
  if (frame.epoch === state.epoch) return frame;
  const copy: Frame = { ...frame, epoch: state.epoch, slots: frame.slots.slice() };
  process.frames[index] = copy;
  return copy;
}
