/** Objects made here, values that come from outside, and escape to the outside. */

import { ALL, CALL, CLOSE, COUNT, LOCK, RECV, SEND, UNLOCK } from '../effects.ts';
import type { FieldShape, Hint, NewObject, Site, StructShape, Zero } from '../ir.ts';
import type { OutsideRole } from '../leak.ts';
import { summaryOf } from '../summary.ts';
import { cancelsContext } from './facts.ts';
import { type ClosureObject, eachReached, type HeapObject, type MutexObject } from './object.ts';
import { roleBit } from './outside.ts';
import { undoBy } from './registrations.ts';
import { allocate, learn, objectAt, ownObject, type State } from './state.ts';
import { resolve } from './symbolic.ts';
import { isRef, isSymbolic, newSymbol, type Ref, type Value } from './value.ts';

/** A new object of its zero value. */
export function makeObject(state: State, what: NewObject, site: Site | undefined, outside = false): Ref {
  switch (what.kind) {
    case 'cell':
      return allocate(state, { kind: 'cell', value: null, site }, outside);
    case 'struct':
      return allocate(state, { kind: 'struct', shape: what.shape(), fields: new Map(), site }, outside);
    case 'list':
      return makeList(state, what, site, outside);
    case 'mutex':
    case 'rwmutex':
      return makeMutex(state, what.kind === 'rwmutex', site, outside);
    case 'waitgroup':
      return allocate(state, { kind: 'waitgroup', count: 0, site }, outside);
    case 'cond':
      return allocate(state, { kind: 'cond', lock: null, site }, outside);
    case 'once':
      return allocate(state, { kind: 'once', phase: 'fresh', site }, outside);
  }
}

function makeList(
  state: State,
  what: Extract<NewObject, { kind: 'list' }>,
  site: Site | undefined,
  outside: boolean,
): Ref {
  const { map, element } = what;
  // An array whose length is not known here has elements.
  const length = what.length ?? (element === undefined || map ? 0 : newSymbol('len'));
  return allocate(state, { kind: 'list', map, entries: new Map(), length, element, site }, outside);
}

function makeMutex(state: State, shared: boolean, site: Site | undefined, outside: boolean): Ref {
  return allocate(state, { kind: 'mutex', writer: false, readers: 0, shared, handed: false, site }, outside);
}

/** The zero value of a field or an element; sync objects and nested structs are objects of their own. */
export function zeroValue(state: State, zero: Zero | undefined, site: Site | undefined, outside = false): Value {
  if (zero === undefined || zero.kind === 'nil') return null;
  return zero.kind === 'const' ? zero.value : makeObject(state, zero.object, site, outside);
}

/** The zero value that a hint suggests, where nothing better is known. */
export function zeroOfHint(hint: Hint): Value {
  if (hint === 'bool') return false;
  if (hint === 'int' || hint === 'len') return 0;
  return hint === 'string' ? '' : null;
}

/**
 * The object behind a value that is used as one. A symbol becomes an outside object of the kind that the use shows, and
 * stays it as long as the symbol lives; undefined for nil and for what cannot be such an object.
 */
export function asObject<K extends HeapObject['kind']>(
  state: State,
  value: Value,
  use: Hint,
  kind: K,
): Ref | undefined {
  const known = resolve(state, value);
  if (isRef(known)) return objectAt(state, known)?.kind === kind ? known : undefined;
  if (!isSymbolic(known) || known.tag !== 'sym' || isPlain(known.hint)) return undefined;
  const made = outsideObject(state, fits(known.hint, kind) ? known.hint : use, known.origin);
  if (made === undefined || objectAt(state, made)?.kind !== kind) return undefined;
  learn(state, known, made);
  return made;
}

function isPlain(hint: Hint): boolean {
  return hint === 'bool' || hint === 'int' || hint === 'len' || hint === 'string';
}

function fits(hint: Hint, kind: HeapObject['kind']): boolean {
  if (typeof hint === 'object') return kind in hint;
  if (hint === 'rwmutex') return kind === 'mutex';
  return hint === kind;
}

/** An object of the outside for a hint; undefined for hints of plain values. */
export function outsideObject(state: State, hint: Hint, known: number): Ref | undefined {
  if (typeof hint === 'object') {
    if ('struct' in hint) return outsideStruct(state, hint.struct);
    return 'list' in hint ? outsideList(state, hint.list) : outsideCell(state, hint.cell);
  }
  switch (hint) {
    case 'chan':
      return outsideChan(state, 'any', known);
    case 'context':
      return outsideContext(state, known);
    case 'mutex':
    case 'rwmutex':
    case 'waitgroup':
    case 'cond':
    case 'once':
      return makeObject(state, { kind: hint }, undefined, true);
    default:
      return undefined;
  }
}

function outsideContext(state: State, known: number): Ref {
  const base = { timer: false, cancelled: false, done: null, handed: true, question: undefined };
  return allocate(state, { kind: 'context', parent: null, ...base }, true, known);
}

function outsideStruct(state: State, shape: StructShape): Ref {
  return allocate(state, { kind: 'struct', shape, fields: new Map() }, true);
}

function outsideList(state: State, hint: Hint): Ref {
  const length = newSymbol('len');
  return allocate(state, { kind: 'list', map: false, entries: new Map(), length, hint }, true);
}

function outsideCell(state: State, content: Hint): Ref {
  return allocate(state, { kind: 'cell', value: newSymbol(content, 'field') }, true);
}

function outsideChan(state: State, elem: Hint, known: number): Ref {
  const base = { cap: 0, buffer: [], closed: false, closedOutside: false } as const;
  return allocate(state, { kind: 'chan', ...base, buffer: [], elem, timer: 'no' }, true, known);
}

/** A field of an outside struct on first use: an object of its own for sync objects and nested structs, else a symbol. */
export function outsideField(state: State, field: FieldShape | undefined, hint: Hint): Value {
  if (field === undefined) return newSymbol(hint, 'field');
  if (field.zero.kind !== 'object') return newSymbol(field.hint(), 'field');
  const nested = field.zero.object;
  if (nested.kind === 'list') return newSymbol(field.hint(), 'field');
  return makeObject(state, nested, undefined, true);
}

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

/**
 * A copy of a struct or array value: what is part of the value is copied, what it points to is shared.
 * Part of a struct are the fields whose zero value is an object; part of an array its elements when their zero is one.
 */
export function copyValue(state: State, value: Value): Value {
  const known = resolve(state, value);
  const object = isRef(known) ? objectAt(state, known) : undefined;
  if (object === undefined) return known;
  switch (object.kind) {
    case 'struct': {
      const fields = new Map<string, Value>();
      for (const [name, held] of object.fields) {
        fields.set(name, object.shape?.fields.get(name)?.zero.kind === 'object' ? copyValue(state, held) : held);
      }
      const { shape, site, filled } = object;
      const copy = { kind: 'struct', shape, fields, site, ...(filled === undefined ? {} : { filled }) } as const;
      return allocate(state, copy, object.outside);
    }
    case 'list': {
      const entries = new Map<Value, Value>();
      for (const [key, held] of object.entries) {
        entries.set(key, object.element?.kind === 'object' ? copyValue(state, held) : held);
      }
      return allocate(state, { ...object, entries }, object.outside);
    }
    case 'mutex':
    case 'waitgroup':
    case 'cond':
    case 'once':
      return allocate(state, { ...object }, object.outside);
    default:
      return known;
  }
}
