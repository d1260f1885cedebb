/** How channels and timers are made, and how a timer is stopped. */
import type { Instruction, Site } from '../ir.ts';
import { interrupted, type Run } from './run.ts';
import { allocate, type Frame, ownObject, type Process, type State } from './state.ts';
import { demandCapacity, resolve } from './symbolic.ts';
import { record } from './trace.ts';
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
  const object = run.state.heap[made.id]?.serial ?? 0;
  record(run.state, process, { kind: 'make', capacity: room, object, ...(room < cap ? { size: cap } : {}) });
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
  how: { readonly synchronous: boolean; readonly again?: 'once' | 'repeats' | 'signals' },
): Value {
  const known = resolve(state, value);
  const chan = isRef(known) ? ownObject(state, known, 'chan') : undefined;
  if (chan === undefined || (chan.timer === 'no' && how.again !== 'signals')) return newSymbol('bool');
  const before = chan.timer;
  if (how.again !== undefined) chan.timer = how.again;
  else if (before !== 'once' || how.synchronous) chan.timer = 'over';
  if (before === 'over') return false;
  return before === 'once' && !how.synchronous ? newSymbol('bool') : true;
}
