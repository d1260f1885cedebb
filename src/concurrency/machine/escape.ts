/** What becomes known to unseen code, and what it can do with it. */
import { ALL, CALL, CLOSE, COUNT, LOCK, RECV, SEND, UNLOCK } from '../effects.ts';
import type { OutsideRole } from '../leak.ts';
import { summaryOf } from '../summary.ts';
import { cancelsContext } from './facts.ts';
import { type ClosureObject, eachReached, type HeapObject, type MutexObject } from './object.ts';
import { roleBit } from './outside.ts';
import { undoBy } from './registrations.ts';
import { objectAt, ownObject, type State } from './state.ts';
import { resolve } from './symbolic.ts';
import { isRef, type Ref, type Value } from './value.ts';

/** The value, with everything that it reaches, is now known to unseen code; `role` tells how. */
export function escapeValue(state: State, value: Value, role: OutsideRole): void {
  undoBy(state, value);
  const known = resolve(state, value);
  if (!isRef(known)) return;
  const object = objectAt(state, known);
  if (object === undefined) return;
  if (role === 'argument' && object.kind === 'mutex' && !object.handed) {
    const mutex = ownObject(state, known, 'mutex');
    if (mutex !== undefined) mutex.handed = true;
  }
  spread(state, known, object, roleBit(role));
}

function spread(state: State, ref: Ref, object: HeapObject, bit: number): void {
  if (object.escaped && (object.known & bit) !== 0) return;
  // Who is given a context can wait for its end, and not bring it about.
  if (object.kind === 'context' && bit === roleBit('argument')) return;
  const own = ownObject(state, ref, object.kind);
  if (own === undefined) return;
  own.escaped = true;
  own.known |= bit;
  // Who returns a lock of its own while it is held leaves the unlocking to the caller.
  if (own.kind === 'mutex' && isHeld(own) && bit === roleBit('returned')) own.handed = true;
  if (own.kind === 'closure') {
    handContexts(state, own, bit);
    const effects = summaryOf(own.code)?.inputs;
    own.captures.forEach((value, at) => {
      grant(state, value, effects?.[at] ?? ALL, bit);
    });
    return;
  }
  eachReached(own, (held) => {
    undoBy(state, held);
    const next = resolve(state, held);
    const below = isRef(next) ? objectAt(state, next) : undefined;
    if (isRef(next) && below !== undefined) spread(state, next, below, bit);
  });
}

function isHeld({ outside, writer, readers }: MutexObject): boolean {
  return !outside && (writer || readers > 0);
}

/** The outside can do these operations on the value, or on what the variable holds, by a closure that it has. */
function grant(state: State, value: Value, bits: number, bit: number): void {
  const ref = resolve(state, value);
  const object = isRef(ref) ? objectAt(state, ref) : undefined;
  if (!isRef(ref) || object === undefined || bits === 0) return;
  if ((bits & ALL) !== 0) {
    spread(state, ref, object, bit);
    return;
  }
  switch (object.kind) {
    case 'chan':
      permit(state, ref, 'chan', bits & (SEND | RECV | CLOSE), bit);
      return;
    case 'cell':
      if (permit(state, ref, 'cell', bits, bit)) grant(state, object.value, bits, bit);
      return;
    case 'mutex': {
      const own = ownObject(state, ref, 'mutex');
      // What unlocks and never locks is the second half of a critical section.
      if (own !== undefined && (bits & UNLOCK) !== 0 && (bits & LOCK) === 0) own.handed = true;
      spread(state, ref, object, bit);
      return;
    }
    case 'waitgroup':
      if ((bits & COUNT) !== 0) spread(state, ref, object, bit);
      return;
    case 'closure':
      if ((bits & CALL) !== 0) spread(state, ref, object, bit);
      return;
    default:
      spread(state, ref, object, bit);
  }
}

/** Whether that is new. */
function permit(state: State, ref: Ref, kind: 'chan' | 'cell', bits: number, bit: number): boolean {
  const object = objectAt(state, ref);
  if (object === undefined || bits === 0) return false;
  if ((object.can & bits) === bits && (object.known & bit) !== 0) return false;
  const own = ownObject(state, ref, kind);
  if (own === undefined) return false;
  own.can |= bits;
  own.known |= bit;
  return true;
}

/** Who has a cancel function may cancel; who has only the context may not. */
function handContexts(state: State, closure: ClosureObject, bit: number): void {
  if (!cancelsContext(closure.code)) return;
  for (const value of closure.captures) {
    const context = isRef(value) ? ownObject(state, value, 'context') : undefined;
    if (context === undefined) continue;
    context.handed = true;
    context.known |= bit;
  }
}

/** Stored into `container`: escapes when the container belongs to the outside. */
export function escapeInto(state: State, container: HeapObject, value: Value): void {
  if (container.outside || container.escaped) escapeValue(state, value, 'stored');
  else if (container.kind === 'cell' && container.can !== 0) grant(state, value, container.can, roleBit('stored'));
}
