/**
 * Jobs that travel: a function, or a struct with one, is sent to a receiver that cannot be seen, or put in a list from which
 * somebody takes it, who calls it once, in a goroutine of its own. What the function can do is not granted to the receiver then; all else that is sent is known to it.
 */
import type { Site } from '../ir.ts';
import { closuresIn, startLater } from './callbacks.ts';
import { escapeValue } from './escape.ts';
import { eachHeld } from './object.ts';
import type { Run } from './run.ts';
import { objectAt, type State } from './state.ts';
import { resolve } from './symbolic.ts';
import { isRef, isSymbolic, newSymbol, type Ref, type Value } from './value.ts';

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
  for (const closure of closures) startJob(run, closure, sentAway, site);
}

/** In place of a callee's name: the function was put in a list of the outside, whose owner takes it out and calls it. */
export const putAway = 'append';

/** Values that are appended to a list: of jobs in a list of the outside, what its owner is given in their place. */
export function putAwayJobs(run: Run, base: Value, values: readonly Value[], site: Site | undefined): readonly Value[] {
  const { machine, state } = run;
  if (site?.file === undefined || !isOutsideList(state, base)) return values;
  return values.map((value) => {
    const closures = closuresIn(state, value);
    if (closures.length > 0) machine.handed.add('started');
    if (closures.length === 0 || machine.callbacks !== 'later') return value;
    escapeBeside(state, value, closures);
    for (const closure of closures) startJob(run, closure, putAway, site);
    return newSymbol('any');
  });
}

function isOutsideList(state: State, base: Value): boolean {
  const known = resolve(state, base);
  if (isSymbolic(known)) return known.tag === 'sym' && typeof known.hint === 'object' && 'list' in known.hint;
  const object = isRef(known) ? objectAt(state, known) : undefined;
  return object?.kind === 'list' && object.outside;
}

function startJob(run: Run, closure: Ref, callee: string, site: Site): void {
  const object = objectAt(run.state, closure);
  if (object?.kind !== 'closure') return;
  const started = startLater(run, closure, object, callee, 'started', site);
  if (started !== undefined) started.callback = { callee, when: 'later', over: false, contexts: [] };
}

function escapeBeside(state: State, value: Value, closures: readonly Ref[]): void {
  const known = resolve(state, value);
  if (!isRef(known) || closures.includes(known)) return;
  const object = objectAt(state, known);
  if (object === undefined || closuresIn(state, known).length === 0) escapeValue(state, known, 'stored');
  else eachHeld(object, (held) => escapeBeside(state, held, closures));
}
