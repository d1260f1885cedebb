/**
 * Which processes are stuck forever in a state.
 *
 * As in the Go runtime's own goroutine-leak detection: a process that may move is live; what live processes (and the
 * outside) can reach may still be used; a blocked process becomes live when an object it waits on may still be used.
 * Who is blocked and does not become live is stuck, whatever happens next.
 *
 * One kind of process that may move is judged, too: one that time alone moves, round after round of a loop without an end.
 *
 * Three refinements, each because the plain rule would keep a process alive that nothing can wake:
 * a lock is not opened by who merely knows of it from outside; a context is cancelled by who holds its cancel function,
 * not by who holds the context; nobody sends on the channel of `Done()`.
 */

import { CLOSE, RECV, SEND } from '../effects.ts';
import { meaningOf, slotAt } from '../instructions.ts';
import type { Slot } from '../ir.ts';
import { armsOf } from './arms.ts';
import { contextAt, lineOf } from './context.ts';
import { cancelsContext, codeCancels, variablesOf } from './facts.ts';
import { eachHeldByFrame } from './held.ts';
import { condLockOf, refIn } from './locks.ts';
import { type HeapObject, isHidden } from './object.ts';
import { mayLeave } from './outside.ts';
import { objectAt, type Process, type State, topOf } from './state.ts';
import { resolve } from './symbolic.ts';
import { type Ticking, tickingAt } from './ticking.ts';
import { isRef, isSymbolic, type Ref, refTo, type Value } from './value.ts';

const BY_PROCESS = 1;

const BY_OUTSIDE = 2;

/** Reached in a way that allows to cancel it. */
const CANCELLABLE = 4;

interface Marks {
  readonly state: State;
  /** Variables of the package that have a value, by name: code that names one can load it again any time. */
  readonly variables: ReadonlyMap<string, Value>;
  readonly bits: Uint8Array;
  /** Roles in which the outside may have left. */
  readonly leavers: number;
}

/** Indexes of the processes that are stuck forever, when the outside has left what it knows in the roles `leavers`. */
export function stuckIn(state: State, enabled: readonly boolean[], leavers: number): readonly number[] {
  let blocked = state.processes.map((_, index) => index).filter((index) => enabled[index] !== true);
  if (blocked.length === 0) return blocked;
  const marks = marksOf(state, leavers);
  state.processes.forEach((process, index) => {
    if (enabled[index] === true) markProcess(marks, process);
  });
  for (;;) {
    const woken = blocked.filter((index) => mayWake(marks, state.processes[index] as Process));
    if (woken.length === 0) return blocked;
    for (const index of woken) markProcess(marks, state.processes[index] as Process);
    blocked = blocked.filter((index) => !woken.includes(index));
    if (blocked.length === 0) return blocked;
  }
}

/** What the outside holds; the processes are yet to be marked. */
function marksOf(state: State, leavers: number): Marks {
  const variables = variablesIn(state);
  const marks: Marks = { state, variables, bits: new Uint8Array(state.heap.length), leavers };
  state.heap.forEach((object, id) => {
    if (object !== undefined && (object.outside || object.escaped)) mark(marks, refTo(id), BY_OUTSIDE, false);
  });
  return marks;
}

/**
 * Indexes of the goroutines that only time keeps awake (`ticking.ts`) and whose ways out nobody can open any more, once
 * the entry has ended: one that still runs or waits may mean them to go on. Who is not stuck counts as live.
 */
export function awakeForEverIn(
  state: State,
  enabled: readonly boolean[],
  stuck: readonly number[],
  leavers = 0,
): readonly number[] {
  if (state.processes.some(({ start }) => start === undefined)) return [];
  const ticking = state.processes.map((each, index) =>
    enabled[index] === true ? tickingAt(state, each, leavers) : undefined,
  );
  let awake = state.processes.map((_, index) => index).filter((index) => ticking[index] !== undefined);
  if (awake.length === 0) return awake;
  const marks = marksOf(state, leavers);
  state.processes.forEach((process, index) => {
    const each = ticking[index];
    if (each) markTicking(marks, process, each);
    else if (!stuck.includes(index)) markProcess(marks, process);
  });
  for (;;) {
    const ended = awake.filter((index) =>
      mayLeaveLoop(marks, ticking[index]?.exits, state.processes[index] as Process),
    );
    if (ended.length === 0) return awake;
    for (const index of ended) markProcess(marks, state.processes[index] as Process);
    awake = awake.filter((index) => !ended.includes(index));
  }
}

/** Whether something that is still used may open an arm that leads out. */
function mayLeaveLoop(marks: Marks, exits: Ticking['exits'] | undefined, process: Process): boolean {
  const arms = armsOf(marks.state, process).filter(({ arm }) => arm !== undefined && exits?.includes(arm) === true);
  return arms.some(({ chan, direction }) => chan !== undefined && channelUsed(marks, chan, direction));
}

function variablesIn({ facts }: State): ReadonlyMap<string, Value> {
  const found = new Map<string, Value>();
  for (const [about, value] of facts)
    if (about.tag === 'sym' && about.lasting !== undefined && isRef(value)) found.set(about.lasting, value);
  return found;
}

function markProcess(marks: Marks, process: Process): void {
  const { variables } = marks;
  for (const frame of process.frames) {
    const cancels = codeCancels(frame.code);
    if (variables.size > 0)
      for (const name of variablesOf(frame.code)) mark(marks, variables.get(name) ?? null, BY_PROCESS, cancels);
    eachHeldByFrame(frame, (value) => mark(marks, value, BY_PROCESS, cancels));
  }
}

function markTicking(marks: Marks, process: Process, { uses }: Ticking): void {
  const cancels = codeCancels(topOf(process).code);
  for (const value of uses) mark(marks, value, BY_PROCESS, cancels);
}

/** Marks what a value reaches. `cancels`: who holds the value may cancel a context by it. */
function mark(marks: Marks, value: Value, bit: number, cancels: boolean): void {
  const { state, bits } = marks;
  const known = resolve(state, value);
  if (isSymbolic(known) && known.tag === 'expr') {
    mark(marks, known.x, bit, false);
    mark(marks, known.y, bit, false);
  }
  if (!isRef(known)) return;
  if (bit === BY_OUTSIDE && mayLeave(objectAt(state, known), marks.leavers)) return;
  const wanted = bit | (cancels ? CANCELLABLE : 0);
  const before = bits[known.id] ?? 0;
  if ((before & wanted) === wanted) return;
  bits[known.id] = before | wanted;
  const object = objectAt(state, known);
  if (object !== undefined) markHeld(marks, object, bit, cancels);
}

function markHeld(marks: Marks, object: HeapObject, bit: number, cancels: boolean): void {
  switch (object.kind) {
    case 'chan':
      for (const value of object.buffer) mark(marks, value, bit, true);
      return;
    case 'cell':
      mark(marks, object.value, bit, cancels);
      return;
    case 'struct':
      for (const [name, value] of object.fields)
        if (bit !== BY_OUTSIDE || !isHidden(name)) mark(marks, value, bit, true);
      return;
    case 'list':
      for (const [key, value] of object.entries) {
        mark(marks, key, bit, true);
        mark(marks, value, bit, true);
      }
      return;
    case 'cond':
      mark(marks, object.lock, bit, false);
      return;
    case 'closure': {
      // What the outside can do by a closure was granted when it got the closure; contexts are marked by who may cancel.
      if (bit === BY_OUTSIDE) {
        if (cancelsContext(object.code)) for (const value of object.captures) markContext(marks, value);
        return;
      }
      const inside = cancelsContext(object.code);
      for (const value of object.captures) mark(marks, value, bit, inside);
      return;
    }
    default:
      return;
  }
}

function markContext(marks: Marks, value: Value): void {
  const known = resolve(marks.state, value);
  if (isRef(known) && objectAt(marks.state, known)?.kind === 'context') mark(marks, known, BY_OUTSIDE, true);
}

/** Whether something that is still used may answer the operation that a blocked process stands in front of. */
function mayWake(marks: Marks, process: Process): boolean {
  const { state } = marks;
  const frame = topOf(process);
  const instruction = frame.code.instructions[frame.pc];
  if (instruction === undefined) return true;
  const { blocks, on, kind } = meaningOf(instruction);
  if (blocks !== true) return true;
  const arms = armsOf(state, process);
  if (on === undefined || kind === 'chan')
    return arms.some((arm) => arm.chan !== undefined && channelUsed(marks, arm.chan, arm.direction));
  const ref = refIn(state, process, slotAt(instruction, on) as Slot);
  switch (kind) {
    case 'mutex':
    case 'rwmutex':
      return lockUsed(marks, ref);
    case 'cond':
      return process.waiting === 'relock' ? lockUsed(marks, condLockOf(state, ref)) : used(marks, ref);
    case 'once':
      // Whose first call is under way ends it, and nobody else.
      return ref === undefined || ((marks.bits[ref.id] ?? 0) & BY_PROCESS) !== 0;
    default:
      return used(marks, ref);
  }
}

function used(marks: Marks, ref: Ref | undefined): boolean {
  return ref === undefined || (marks.bits[ref.id] ?? 0) !== 0;
}

function channelUsed(marks: Marks, ref: Ref, direction: 'send' | 'recv'): boolean {
  const object = objectAt(marks.state, ref);
  if (object?.kind !== 'chan') return used(marks, ref);
  if (object.context === undefined) {
    // A close wakes both: the sender to a panic.
    const helps = CLOSE | (direction === 'send' ? RECV : SEND);
    return used(marks, ref) || ((object.can & helps) !== 0 && !mayLeave(object, marks.leavers));
  }
  return lineOf(marks.state, object.context).some(
    (at) => ((marks.bits[at.id] ?? 0) & CANCELLABLE) !== 0 && contextAt(marks.state, at) !== undefined,
  );
}

function lockUsed(marks: Marks, ref: Ref | undefined): boolean {
  const object = ref === undefined ? undefined : objectAt(marks.state, ref);
  if (ref === undefined || object?.kind !== 'mutex' || object.handed) return true;
  return ((marks.bits[ref.id] ?? 0) & BY_PROCESS) !== 0;
}
