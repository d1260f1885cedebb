/** Registrations of callbacks: how they end, so that the callback is not called any more. */
import { isSend } from '../instructions.ts';
import { calleeName } from './callees.ts';
import { eachHeldByProcess } from './held.ts';
import { eachHeld } from './object.ts';
import { type Callback, objectAt, ownProcess, type Process, type State, type Target, topOf } from './state.ts';
import { resolve } from './symbolic.ts';
import { isRef, type Ref, type Value } from './value.ts';

/** What a step does to a registration: perhaps undoes it, surely undoes it by what registering gave, or nothing. */
type Undoing = 'perhaps' | 'surely' | 'no';

/** The outside, or a caller, has what undoes a registration: nobody can say that it is not undone. */
export function undoBy(state: State, token: Value): void {
  forgetWhere(state, (callback) => (callback.undo?.includes(token) === true ? 'perhaps' : 'no'));
}

/** A call of unseen code may undo a registration by its name, or by running the function that registering gave. */
export function undoByCall(state: State, target: Target): void {
  if (!state.processes.some((process) => process.callback?.undo !== undefined)) return;
  const name = calleeName(target);
  forgetWhere(state, (callback) => {
    if (callback.undo === undefined) return 'no';
    if (target.callee !== undefined && callback.undo.includes(target.callee)) return 'surely';
    const [receiver] = target.args;
    if (receiver === undefined) return 'no';
    if (callback.undo.includes(receiver) && undoes.test(name)) return 'surely';
    return receiver === callback.receiver && (undoes.test(name) || name === callback.callee) ? 'perhaps' : 'no';
  });
}

/** Names of methods that end a registration or the object it was made with. */
const undoes =
  /^(un|off|de|remove|stop|close|cancel|shutdown|delete|clear|release|reset|dispose|end|kill|terminate|disconnect|wait)/i;

function forgetWhere(state: State, undoing: (callback: Callback) => Undoing): void {
  state.processes.forEach((process, index) => {
    const { callback } = process;
    if (callback === undefined || callback.over) return;
    const how = undoing(callback);
    if (how === 'no') return;
    const caught = how === 'surely' && isHandingOver(state, process);
    ownProcess(state, index).callback = { ...callback, over: true, caught };
  });
}

/**
 * Whether a callback stands in front of a send without a buffer. It may be called at the very moment at which its
 * registration ends: whether the end waits for it or not, that call needs its receiver still.
 */
function isHandingOver(state: State, process: Process): boolean {
  const frame = topOf(process);
  const instruction = frame.code.instructions[frame.pc];
  if (process.frames.length < 2 || !instruction || !isSend(instruction)) return false;
  const chan = resolve(state, frame.slots[instruction.chan] ?? null);
  const object = isRef(chan) ? objectAt(state, chan) : undefined;
  return object?.kind === 'chan' && object.cap === 0;
}

/**
 * Whether the callee may still call back, or was calling when the registration ended: nothing undid the registration, its contexts are alive, and nobody is left who
 * could undo it: the function that registered the callback has returned.
 */
export function mayStillCall(state: State, callback: Callback): boolean {
  if (callback.caught === true) return true;
  if (callback.over || callback.contexts.some((ref) => isCancelled(state, ref))) return false;
  const { registrar, registeredBy, undo } = callback;
  if (undo === undefined) return true;
  const atWork = state.processes.some(
    (each) => each.id === registeredBy && each.frames.some((frame) => frame.code === registrar),
  );
  return !atWork && !undo.some((token) => isHeld(state, token));
}

function isCancelled(state: State, ref: Ref): boolean {
  const object = objectAt(state, ref);
  return object?.kind === 'context' && object.cancelled;
}

function isHeld(state: State, token: Value): boolean {
  let held = false;
  const visit = (value: Value): void => {
    held ||= value === token;
  };
  for (const process of state.processes) eachHeldByProcess(process, visit);
  for (const object of state.heap) if (object !== undefined) eachHeld(object, visit);
  return held;
}
