/** Contexts: a tree of cancellations. Time and the outside may cancel at any moment; that is decided when somebody looks. */
import type { Site } from '../ir.ts';
import { asObject } from './make.ts';
import type { ContextObject, HeapObject } from './object.ts';
import type { Run } from './run.ts';
import { allocate, learn, objectAt, ownObject, type Process, type State } from './state.ts';
import { resolve } from './symbolic.ts';
import { objectNumber, record } from './trace.ts';
import { isRef, newSymbol, type Ref, refTo, type Symbolic, term, type Value } from './value.ts';

export function makeContext(
  state: State,
  parent: Value,
  how: { readonly timer: boolean; readonly detached: boolean },
  site: Site | undefined,
): Ref {
  const known = resolve(state, parent);
  const above = known === null || how.detached ? undefined : asObject(state, known, 'context', 'context');
  const cancelled = above !== undefined && contextAt(state, above)?.cancelled === true;
  const base = { timer: how.timer, cancelled, done: null, handed: false, question: undefined };
  return allocate(state, { kind: 'context', parent: above ?? null, ...base, site }, false);
}

export function contextAt(state: State, ref: Ref): ContextObject | undefined {
  const object = objectAt(state, ref);
  return object?.kind === 'context' ? object : undefined;
}

/** The context itself and those above it, nearest first. */
export function lineOf(state: State, ref: Ref): readonly Ref[] {
  const line: Ref[] = [];
  for (let at: Ref | null = ref; at !== null; at = contextAt(state, at)?.parent ?? null) line.push(at);
  return line;
}

/** Contexts whose cancellation by time or by the outside would cancel this one; empty when it is cancelled already. */
export function mayFire(state: State, ref: Ref): readonly Ref[] {
  if (contextAt(state, ref)?.cancelled !== false) return [];
  return lineOf(state, ref).filter((at) => {
    const context = contextAt(state, at);
    return context !== undefined && !context.cancelled && (context.timer || context.outside || context.handed);
  });
}

/** `ctx.Done()`: nil for a root that nothing can cancel. */
export function contextDone(state: State, value: Value): Value {
  const ref = asObject(state, value, 'context', 'context');
  const context = ref === undefined ? undefined : contextAt(state, ref);
  if (ref === undefined || context === undefined) return resolve(state, value) === null ? null : newSymbol('chan');
  if (context.done !== null) return context.done;
  const base = { cap: 0, buffer: [], closedOutside: false, elem: 'any', timer: 'no', site: context.site } as const;
  const made = allocate(state, { kind: 'chan', ...base, buffer: [], closed: context.cancelled, context: ref }, false);
  const own = ownObject(state, ref, 'context');
  if (own !== undefined) own.done = made;
  return made;
}

/** `ctx.Err()`: asks whether a context that may be cancelled at any time is cancelled by now. */
export function contextError(run: Run, value: Value): Value {
  const { state } = run;
  const ref = asObject(state, value, 'context', 'context');
  const context = ref === undefined ? undefined : ownObject(state, ref, 'context');
  if (ref === undefined || context === undefined) return resolve(state, value) === null ? null : newSymbol('error');
  const [first] = mayFire(state, ref);
  if (!context.cancelled && first !== undefined) {
    context.question ??= newSymbol('bool');
    const answer = state.facts.get(context.question);
    if (answer === undefined) {
      run.fork = { about: context.question, answers: [false, true] };
      return null;
    }
    context.question = undefined;
    if (answer === true) fire(state, first);
  }
  return contextAt(state, ref)?.cancelled === true ? failure(state) : null;
}

/** An error that is not nil. */
function failure(state: State): Value {
  const error = newSymbol('error');
  learn(state, term('==', error, null) as Symbolic, false);
  return error;
}

/** Cancels a context and all below it. */
export function fire(state: State, ref: Ref): void {
  state.heap.forEach((object: HeapObject | undefined, id) => {
    if (object?.kind !== 'context' || object.cancelled || !lineOf(state, refTo(id)).includes(ref)) return;
    const own = ownObject(state, refTo(id), 'context');
    if (own !== undefined) own.cancelled = true;
    const done = object.done === null ? undefined : ownObject(state, object.done, 'chan');
    if (done !== undefined) done.closed = true;
  });
}

export function cancel(state: State, process: Process, value: Value): void {
  const ref = asObject(state, value, 'context', 'context');
  if (ref === undefined) return;
  record(state, process, { kind: 'cancel', ...numbered(state, ref) });
  fire(state, ref);
}

function numbered(state: State, ref: Ref): { readonly object?: number } {
  const object = objectNumber(state, ref);
  return object === undefined ? {} : { object };
}

export function isContextRef(state: State, value: Value): value is Ref {
  return isRef(value) && objectAt(state, value)?.kind === 'context';
}
