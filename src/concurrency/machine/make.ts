/** Objects made here, and values that come from outside. */

import type { FieldShape, Hint, NewObject, Site, StructShape, Zero } from '../ir.ts';
import { type HeapObject, hidden } from './object.ts';
import { roleBit } from './outside.ts';
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
  if (isRef(known)) {
    const object = objectAt(state, known);
    if (object?.kind === kind) return known;
    return kind === 'context' && object?.kind === 'struct' ? ownContext(state, known) : undefined;
  }
  if (!isSymbolic(known) || known.tag !== 'sym' || isPlain(known.hint)) return undefined;
  const made = outsideObject(state, fits(known.hint, kind) ? known.hint : use, known.origin);
  if (made === undefined || objectAt(state, made)?.kind !== kind) return undefined;
  learn(state, known, made);
  return made;
}

/** A value of a struct type that is used as a context has one end, however often it is asked for it. */
function ownContext(state: State, struct: Ref): Ref | undefined {
  const own = ownObject(state, struct, 'struct');
  const known = own?.fields.get(asContext);
  if (own === undefined || isRef(known)) return known as Ref | undefined;
  const made = outsideContext(state, roleBit('field'));
  own.fields.set(asContext, made);
  return made;
}

const asContext = hidden('context');

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
