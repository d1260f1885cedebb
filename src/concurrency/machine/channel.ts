/** Channels: how they are made, and every way in which an operation on one may go on in a state. */
import type { Instruction, SelectCase, Site } from '../ir.ts';
import { CLOSE, RECV, SEND } from './capabilities.ts';
import { fire, mayFire } from './context.ts';
import { raise } from './frames.ts';
import { escapeInto, escapeValue, zeroOfHint } from './make.ts';
import type { ChanObject } from './object.ts';
import { interrupted, type Run } from './run.ts';
import {
  allocate,
  type Frame,
  objectAt,
  ownObject,
  ownProcess,
  ownTop,
  type Process,
  type State,
  topOf,
} from './state.ts';
import type { Step } from './steps.ts';
import { demandCapacity, resolve } from './symbolic.ts';
import { labelOf, record } from './trace.ts';
import { isRef, newSymbol, type Ref, type Value } from './value.ts';

const LARGE_BUFFER = 3;

export function makeChannel(
  run: Run,
  process: Process,
  frame: Frame,
  instruction: Extract<Instruction, { op: 'makeChan' }>,
): void {
  const cap = instruction.cap === undefined ? 0 : demandCapacity(run, frame.slots[instruction.cap] ?? null);
  // Go panics at a negative capacity.
  if (cap < 0) run.dropped = true;
  if (interrupted(run)) return;
  const room = run.machine.budget.fullBuffers === true && cap >= LARGE_BUFFER ? 1 : cap;
  const base = { cap: room, closed: false, closedOutside: false, timer: 'no' } as const;
  const site = frame.code.sites[frame.pc];
  const made = allocate(run.state, { kind: 'chan', ...base, buffer: [], elem: instruction.elem, site }, false);
  frame.slots[instruction.dst] = made;
  record(run.state, process, { kind: 'make', capacity: base.cap, object: run.state.heap[made.id]?.serial ?? 0 });
}

export function makeTimer(state: State, repeats: boolean, site: Site | undefined): Ref {
  const base = { cap: 1, closed: false, closedOutside: false, elem: 'any' } as const;
  return allocate(state, { kind: 'chan', ...base, buffer: [], timer: repeats ? 'repeats' : 'once', site }, false);
}

/**
 * Stops a timer and tells whether it was in time. A timer that gave its value, or was stopped before, was not. Of one
 * that may have fired unseen: a synchronous timer is stopped; an older one may have left its value, so it may be
 * received still.
 */
export function stopTimer(
  state: State,
  value: Value,
  how: { readonly synchronous: boolean; readonly again?: 'once' | 'repeats' },
): Value {
  const known = resolve(state, value);
  const chan = isRef(known) ? ownObject(state, known, 'chan') : undefined;
  if (chan === undefined || chan.timer === 'no') return newSymbol('bool');
  const before = chan.timer;
  if (how.again !== undefined) chan.timer = how.again;
  else if (before !== 'once' || how.synchronous) chan.timer = 'over';
  if (before === 'over') return false;
  return before === 'once' && !how.synchronous ? newSymbol('bool') : true;
}

/** One way in which a process wants to use a channel; `arm` is the case of a select. */
export interface Arm {
  readonly direction: 'send' | 'recv';
  /** Undefined for nil. */
  readonly chan: Ref | undefined;
  readonly arm: SelectCase | undefined;
}

const NO_ARMS: readonly Arm[] = [];

/** The channel operations that a process stands in front of. */
export function armsOf(state: State, process: Process): readonly Arm[] {
  const frame = topOf(process);
  const instruction = frame.code.instructions[frame.pc];
  if (instruction === undefined) return NO_ARMS;
  switch (instruction.op) {
    case 'send':
    case 'recv':
      return [{ direction: instruction.op, chan: chanIn(state, frame, instruction.chan), arm: undefined }];
    case 'select':
      return instruction.cases.map((arm) => ({ direction: arm.kind, chan: chanIn(state, frame, arm.chan), arm }));
    default:
      return NO_ARMS;
  }
}

function chanIn(state: State, frame: Frame, slot: number): Ref | undefined {
  const value = resolve(state, frame.slots[slot] ?? null);
  return isRef(value) ? value : undefined;
}

function chanAt(state: State, ref: Ref | undefined): ChanObject | undefined {
  const object = ref === undefined ? undefined : objectAt(state, ref);
  return object?.kind === 'chan' ? object : undefined;
}

/** A state as the making of its steps sees it. */
export interface View {
  readonly state: State;
  /** By process index. */
  readonly arms: readonly (readonly Arm[])[];
  /** Who has a partner for a rendezvous. */
  readonly met: boolean[];
  readonly twin: readonly number[];
}

/** Every step that starts with this process's channel operation. A rendezvous is listed with its sender. */
export function channelSteps(view: View, index: number, into: Step[]): void {
  const { state } = view;
  let ready = false;
  for (const arm of view.arms[index] ?? NO_ARMS) {
    const chan = chanAt(state, arm.chan);
    if (chan === undefined || arm.chan === undefined) continue;
    if (arm.direction === 'send') ready = sendSteps(view, index, arm, arm.chan, chan, into) || ready;
    else ready = recvSteps(state, index, arm, arm.chan, chan, into) || ready;
  }
  const frame = topOf(state.processes[index] as Process);
  const instruction = frame.code.instructions[frame.pc];
  if (ready || instruction?.op !== 'select' || instruction.default === undefined) return;
  const target = instruction.default;
  into.push({ process: index, apply: (run) => takeDefault(run.state, index, target) });
}

function takeDefault(state: State, index: number, target: number): void {
  const process = ownProcess(state, index);
  record(state, process, { kind: 'select', arm: 'default' });
  ownTop(state, process).pc = target;
}

/** Returns whether the send is ready whatever the others do. */
function sendSteps(view: View, index: number, arm: Arm, ref: Ref, chan: ChanObject, into: Step[]): boolean {
  if (chan.closed) {
    into.push({ process: index, apply: (run) => sendOnClosed(run, index, ref) });
    return true;
  }
  if (chan.context !== undefined) return false;
  if (chan.buffer.length < chan.cap) {
    into.push({ process: index, apply: (run) => sendToBuffer(run, index, arm, ref) });
    return true;
  }
  if (chan.outside || chan.escaped || (chan.can & RECV) !== 0)
    into.push({ process: index, outside: ref, apply: (run) => sendOutside(run, index, arm, ref) });
  if (chan.cap === 0) meetings(view, index, arm, ref, into);
  return false;
}

function meetings(view: View, index: number, arm: Arm, ref: Ref, into: Step[]): void {
  for (let other = 0; other < view.arms.length; other += 1) {
    if (other === index) continue;
    const twin = view.twin[other] ?? other;
    for (const theirs of view.arms[other] ?? NO_ARMS) {
      if (theirs.direction !== 'recv' || theirs.chan !== ref) continue;
      view.met[other] = true;
      if (twin !== other && twin !== index) continue;
      into.push({ process: index, partner: other, apply: (run) => meet(run, index, arm, other, theirs, ref) });
    }
  }
}

function recvSteps(state: State, index: number, arm: Arm, ref: Ref, chan: ChanObject, into: Step[]): boolean {
  if (chan.buffer.length > 0) {
    into.push({ process: index, apply: (run) => recvFromBuffer(run, index, arm, ref) });
    return true;
  }
  if (chan.closed) {
    into.push({ process: index, apply: (run) => recvClosed(run, index, arm, ref) });
    return true;
  }
  if (chan.context !== undefined) {
    for (const cause of mayFire(state, chan.context)) {
      into.push({ process: index, outside: cause, apply: (run) => recvFired(run, index, arm, ref, cause) });
    }
    return false;
  }
  if (chan.timer === 'once' || chan.timer === 'repeats') {
    into.push({ process: index, apply: (run) => recvTimer(run, index, arm, ref) });
  }
  const all = chan.outside || chan.escaped;
  if (all || (chan.can & SEND) !== 0)
    into.push({ process: index, outside: ref, apply: (run) => recvOutside(run, index, arm, ref) });
  // A close by a closure that is ours is what every receiver may be waiting for, whether it asks for `ok` or not.
  if (all ? wantsOk(state, index, arm) : (chan.can & CLOSE) !== 0)
    into.push({ process: index, outside: ref, apply: (run) => closeOutside(run, index, arm, ref) });
  return false;
}

function wantsOk(state: State, index: number, arm: Arm): boolean {
  if (arm.arm !== undefined) return arm.arm.ok !== undefined;
  const frame = topOf(state.processes[index] as Process);
  const instruction = frame.code.instructions[frame.pc];
  return instruction?.op === 'recv' && (instruction.range || instruction.ok !== undefined);
}

function sendOnClosed(run: Run, index: number, ref: Ref): void {
  if (chanAt(run.state, ref)?.closedOutside === true) {
    run.dropped = true;
    return;
  }
  raise(run, ownProcess(run.state, index), 'send on closed channel', { kind: 'panic-send-closed', object: ref });
}

function sendToBuffer(run: Run, index: number, arm: Arm, ref: Ref): void {
  const chan = ownObject(run.state, ref, 'chan');
  const process = ownProcess(run.state, index);
  const value = valueToSend(run.state, process, arm);
  if (chan === undefined) return;
  chan.buffer.push(value);
  escapeInto(run.state, chan, value);
  tell(run.state, process, arm, ref, {});
  passSend(run.state, process, arm);
}

function sendOutside(run: Run, index: number, arm: Arm, ref: Ref): void {
  const process = ownProcess(run.state, index);
  escapeValue(run.state, valueToSend(run.state, process, arm), 'stored');
  tell(run.state, process, arm, ref, { fromOutside: true });
  passSend(run.state, process, arm);
}

function meet(run: Run, index: number, arm: Arm, other: number, theirs: Arm, ref: Ref): void {
  const { state } = run;
  const [sender, receiver] = [ownProcess(state, index), ownProcess(state, other)];
  const value = valueToSend(state, sender, arm);
  tell(state, sender, arm, ref, { partner: labelOf(receiver) });
  tell(state, receiver, theirs, ref, { partner: labelOf(sender) });
  const chan = chanAt(state, ref);
  if (chan !== undefined) escapeInto(state, chan, value);
  passSend(state, sender, arm);
  passRecv(state, receiver, theirs, value, true);
}

function recvFromBuffer(run: Run, index: number, arm: Arm, ref: Ref): void {
  const chan = ownObject(run.state, ref, 'chan');
  const value = chan?.buffer.shift() ?? null;
  finishRecv(run.state, index, arm, ref, value, true, {});
}

function recvClosed(run: Run, index: number, arm: Arm, ref: Ref): void {
  const zero = zeroOfHint(chanAt(run.state, ref)?.elem ?? 'any');
  finishRecv(run.state, index, arm, ref, zero, false, { fromClosed: true });
}

function recvFired(run: Run, index: number, arm: Arm, ref: Ref, cause: Ref): void {
  const byTime = objectAt(run.state, cause);
  fire(run.state, cause);
  const timed = byTime?.kind === 'context' && byTime.timer;
  finishRecv(run.state, index, arm, ref, null, false, timed ? { fromTimer: true } : { fromOutside: true });
}

function recvTimer(run: Run, index: number, arm: Arm, ref: Ref): void {
  const chan = ownObject(run.state, ref, 'chan');
  if (chan?.timer === 'once') chan.timer = 'over';
  finishRecv(run.state, index, arm, ref, newSymbol('any'), true, { fromTimer: true });
}

function recvOutside(run: Run, index: number, arm: Arm, ref: Ref): void {
  const value = newSymbol(chanAt(run.state, ref)?.elem ?? 'any', 'field');
  finishRecv(run.state, index, arm, ref, value, true, { fromOutside: true });
}

function closeOutside(run: Run, index: number, arm: Arm, ref: Ref): void {
  const chan = ownObject(run.state, ref, 'chan');
  if (chan === undefined) return;
  chan.closed = true;
  chan.closedOutside = true;
  finishRecv(run.state, index, arm, ref, zeroOfHint(chan.elem), false, { fromOutside: true, fromClosed: true });
}

type Circumstance = { readonly fromClosed?: boolean; readonly fromTimer?: boolean; readonly fromOutside?: boolean };

function finishRecv(
  state: State,
  index: number,
  arm: Arm,
  ref: Ref,
  value: Value,
  ok: boolean,
  how: Circumstance,
): void {
  const process = ownProcess(state, index);
  tell(state, process, arm, ref, how);
  passRecv(state, process, arm, value, ok);
}

function tell(
  state: State,
  process: Process,
  arm: Arm,
  ref: Ref,
  how: Circumstance & { readonly partner?: ReturnType<typeof labelOf> },
): void {
  if (!state.recording) return;
  const object = state.heap[ref.id]?.serial ?? 0;
  if (arm.arm === undefined) record(state, process, { kind: arm.direction, object, ...how });
  else record(state, process, { kind: 'select', arm: arm.arm.site, object, ...how });
}

function valueToSend(state: State, process: Process, arm: Arm): Value {
  const frame = topOf(process);
  const instruction = frame.code.instructions[frame.pc];
  const slot = arm.arm !== undefined ? arm.arm.value : instruction?.op === 'send' ? instruction.value : undefined;
  return slot === undefined ? null : resolve(state, frame.slots[slot] ?? null);
}

function passSend(state: State, process: Process, arm: Arm): void {
  const frame = ownTop(state, process);
  frame.pc = arm.arm === undefined ? frame.pc + 1 : arm.arm.target;
}

function passRecv(state: State, process: Process, arm: Arm, value: Value, ok: boolean): void {
  const frame = ownTop(state, process);
  const instruction = frame.code.instructions[frame.pc];
  const into = arm.arm ?? (instruction?.op === 'recv' ? instruction : undefined);
  if (into?.dst !== undefined) frame.slots[into.dst] = value;
  if (into?.ok !== undefined) frame.slots[into.ok] = ok;
  frame.pc = arm.arm === undefined ? frame.pc + 1 : arm.arm.target;
}

/** `close(ch)`. */
export function closeChannel(run: Run, index: number, slot: number): void {
  const { state } = run;
  const process = ownProcess(state, index);
  const known = resolve(state, topOf(process).slots[slot] ?? null);
  const chan = isRef(known) ? ownObject(state, known, 'chan') : undefined;
  if (chan === undefined || !isRef(known)) {
    raise(run, process, 'close of nil channel');
    return;
  }
  if (chan.closedOutside) {
    run.dropped = true;
    return;
  }
  record(state, process, { kind: 'close', object: chan.serial });
  if (chan.closed) {
    raise(run, process, 'close of closed channel', { kind: 'panic-close-closed', object: known });
    return;
  }
  chan.closed = true;
  ownTop(state, process).pc += 1;
}
