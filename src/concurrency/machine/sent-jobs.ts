/**
 * Jobs that travel: a function, or a struct with one, is sent to a receiver that cannot be seen, who calls it once, in a
 * goroutine of its own. What the function can do is not granted to the receiver then; all else that is sent is known to it.
 */
import type { Site } from '../ir.ts';
import { closuresIn, startLater } from './callbacks.ts';
import { escapeValue } from './make.ts';
import { eachHeld } from './object.ts';
import type { Run } from './run.ts';
import { objectAt, type State } from './state.ts';
import { resolve } from './symbolic.ts';
import { isRef, type Ref, type Value } from './value.ts';

/** In place of a callee's name: the function was sent on a channel, and whoever receives it calls it. */
export const sentAway = '<-';

/** Sends a value to the outside, with the jobs in it. */
export function sendAway(run: Run, value: Value, site: Site): void {
  const { machine, state } = run;
  const closures = closuresIn(state, value);
  if (closures.length > 0) machine.handed.add('started');
  if (closures.length === 0 || machine.callbacks !== 'later') {
    escapeValue(state, value, 'stored');
    return;
  }
  escapeBeside(state, value, closures);
  for (const closure of closures) {
    const object = objectAt(state, closure);
    if (object?.kind !== 'closure') continue;
    const started = startLater(run, closure, object, sentAway, 'started', site);
    if (started !== undefined) started.callback = { callee: sentAway, when: 'later', over: false, contexts: [] };
  }
}

function escapeBeside(state: State, value: Value, closures: readonly Ref[]): void {
  const known = resolve(state, value);
  if (!isRef(known) || closures.includes(known)) return;
  const object = objectAt(state, known);
  if (object === undefined || closuresIn(state, known).length === 0) escapeValue(state, known, 'stored');
  else eachHeld(object, (held) => escapeBeside(state, held, closures));
}
