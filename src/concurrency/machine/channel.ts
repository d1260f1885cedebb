/** Channels: every way in which an operation on one may go on in a state. */

import { CLOSE, RECV, SEND } from '../effects.ts';
import { type Arm, type Circumstance, chanAt, NO_ARMS, passRecv, passSend, tell, valueToSend } from './arms.ts';
import { fire, mayFire } from './context.ts';
import { escapeInto } from './escape.ts';
import { zeroOfHint } from './make.ts';
import type { ChanObject } from './object.ts';
import type { Run } from './run.ts';
import { sendAway } from './sent-jobs.ts';
import { objectAt, ownObject, ownProcess, ownTop, type Process, type State, topOf } from './state.ts';
import type { Step } from './steps.ts';
import { resolve } from './symbolic.ts';
import { labelOf, record, siteOf } from './trace.ts';
import { raise } from './unwinding.ts';
import { isRef, newSymbol, type Ref, type Value } from './value.ts';

/** A state as the making of its steps sees it. */
export interface View {
  readonly state: State;
  /** By process index. */
  readonly arms: readonly (readonly Arm[])[];
  /** Who has a partner for a rendezvous. */
  readonly met: boolean[];
  readonly firstEqual: readonly number[];
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
  if (ready || !instruction || !('cases' in instruction) || instruction.default === undefined) return;
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
    const firstEqual = view.firstEqual[other] ?? other;
    for (const theirs of view.arms[other] ?? NO_ARMS) {
      if (theirs.direction !== 'recv' || theirs.chan !== ref) continue;
      view.met[other] = true;
      if (firstEqual !== other && firstEqual !== index) continue;
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
  if (chan.timer === 'once' || chan.timer === 'repeats' || chan.timer === 'signals') {
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
  if (!instruction || !('range' in instruction)) return false;
  return instruction.range || instruction.ok !== undefined;
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
  const value = valueToSend(run.state, process, arm);
  sendAway(run, value, siteOf(process));
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
  const from = chan?.timer === 'signals' ? { fromOutside: true } : { fromTimer: true };
  finishRecv(run.state, index, arm, ref, newSymbol('any'), true, from);
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
