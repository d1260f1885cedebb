/** Registrations of callbacks: how they end, so that the callback is not called any more. */
import { calleeName } from './callees.ts';
import { eachHeldByProcess } from './held.ts';
import { eachHeld } from './object.ts';
import { type Callback, objectAt, ownProcess, type State, type Target } from './state.ts';
import type { Ref, Value } from './value.ts';

/** The outside, or a caller, has what undoes a registration: nobody can say that it is not undone. */
export function undoBy(state: State, token: Value): void {
  forgetWhere(state, (callback) => callback.undo?.includes(token) === true);
}

/** A call of unseen code may undo a registration by its name, or by running the function that registering gave. */
export function undoByCall(state: State, target: Target): void {
  if (!state.processes.some((process) => process.callback?.undo !== undefined)) return;
  const name = calleeName(target);
  forgetWhere(state, (callback) => {
    if (callback.undo === undefined) return false;
    if (target.callee !== undefined && callback.undo.includes(target.callee)) return true;
    const [receiver] = target.args;
    return receiver !== undefined && receiver === callback.receiver && (undoes.test(name) || name === callback.callee);
  });
}

/** Names of methods that end a registration or the object it was made with. */
const undoes =
  /^(un|off|de|remove|stop|close|cancel|shutdown|delete|clear|release|reset|dispose|end|kill|terminate|disconnect|wait)/i;

function forgetWhere(state: State, matches: (callback: Callback) => boolean): void {
  state.processes.forEach((process, index) => {
    const { callback } = process;
    if (callback === undefined || callback.over || !matches(callback)) return;
    ownProcess(state, index).callback = { ...callback, over: true };
  });
}

/**
 * Whether the callee may still call back: nothing undid the registration, its contexts are alive, and nobody is left who
 * could undo it: the function that registered the callback has returned.
 */
export function mayStillCall(state: State, callback: Callback): boolean {
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
