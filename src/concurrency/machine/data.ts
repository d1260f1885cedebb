/** Fields, elements and lengths: the instructions on data that other processes share but never wait for. */

import { RECV, SEND } from '../effects.ts';
import type { Hint, Instruction, Site } from '../ir.ts';
import { escapeInto, escapeValue } from './escape.ts';
import { asObject, makeObject, outsideField, zeroOfHint, zeroValue } from './make.ts';
import { type HeapObject, isHidden, type ListObject, type StructObject } from './object.ts';
import { isReachable, overwrite } from './overwrite.ts';
import { interrupted, type Run } from './run.ts';
import { allocate, objectAt, ownObject, type State } from './state.ts';
import { demandTruth, evaluate, resolve } from './symbolic.ts';
import { isRef, isSymbolic, newSymbol, type Ref, type Value } from './value.ts';

/** Elements that a list made here may hold; what is added beyond is not kept. */
const MAX_ELEMENTS = 256;

type Of<O extends Instruction['op']> = Extract<Instruction, { op: O }>;

export function loadCell(state: State, cell: Value): Value {
  asObject(state, cell, 'any', 'cell');
  const known = resolve(state, cell);
  const object = isRef(known) ? objectAt(state, known) : undefined;
  if (object === undefined) return newSymbol('any');
  const field = pointedField(object);
  if (field !== undefined) return getField(state, field.target, field.name, 'any', undefined);
  // A pointer to a struct is the reference to the struct itself.
  return object.kind === 'cell' ? object.value : known;
}

/** A pointer to a field is a struct whose type name is `&` and the field's name, with the field's struct as `target`. */
function pointedField(object: HeapObject | undefined): { readonly target: Value; readonly name: string } | undefined {
  if (object?.kind !== 'struct' || !object.shape?.typeName.startsWith('&')) return undefined;
  return { target: object.fields.get('target') ?? null, name: object.shape.typeName.slice(1) };
}

/** The length of a list made with a number that is not a constant. */
export function setLength(state: State, list: Value, length: Value): void {
  const own = isRef(list) ? ownObject(state, list, 'list') : undefined;
  if (own !== undefined) own.length = resolve(state, length);
}

export function storeCell(state: State, cell: Value, value: Value): void {
  asObject(state, cell, 'any', 'cell');
  const known = resolve(state, cell);
  const field = isRef(known) ? pointedField(objectAt(state, known)) : undefined;
  if (field !== undefined) {
    setField(state, field.target, field.name, value);
    return;
  }
  const own = isRef(known) ? ownObject(state, known, 'cell') : undefined;
  if (own === undefined) return;
  own.value = value;
  escapeInto(state, own, value);
}

export function getField(state: State, base: Value, field: string, hint: Hint, site: Site | undefined): Value {
  const ref = asObject(state, base, { struct: { typeName: '', fields: new Map() } }, 'struct');
  if (ref === undefined) return condLock(state, base, field) ?? newSymbol(hint);
  const object = objectAt(state, ref);
  if (object?.kind !== 'struct') return newSymbol(hint);
  const known = object.fields.get(field);
  if (known !== undefined) return known;
  const value = firstValue(state, object, field, hint, site);
  ownObject(state, ref, 'struct')?.fields.set(field, value);
  if (object.escaped && !isHidden(field)) escapeInto(state, object, value);
  return value;
}

/** What a field holds that nobody has read or written yet. */
function firstValue(state: State, object: StructObject, field: string, hint: Hint, site: Site | undefined): Value {
  const shape = object.shape?.fields.get(field);
  if (object.outside) return object.shape?.variables ? newSymbol(hint) : outsideField(state, shape, hint);
  if (isFilled(object, field)) return filledField(state, object, field, hint);
  return shape === undefined ? zeroOfHint(hint) : zeroValue(state, shape.zero, object.site ?? site);
}

function isFilled({ filled, shape }: StructObject, field: string): boolean {
  return filled === 'all' || (filled === 'exported' && isReachable(shape, field));
}

/** A field that code which cannot be seen has filled: what is part of the struct stays an object of its own. */
function filledField(state: State, { filled, shape, site }: StructObject, field: string, hint: Hint): Value {
  const zero = shape?.fields.get(field)?.zero;
  if (zero?.kind !== 'object') return newSymbol(shape?.fields.get(field)?.hint() ?? hint);
  const made = makeObject(state, zero.object, site);
  overwrite(state, made, { foreign: filled === 'exported', sure: true });
  return made;
}

function condLock(state: State, base: Value, field: string): Value | undefined {
  const known = resolve(state, base);
  const object = isRef(known) ? objectAt(state, known) : undefined;
  if (object?.kind !== 'cond' || field !== 'L') return undefined;
  if (object.lock !== null || !object.outside) return object.lock;
  const lock = newSymbol('mutex');
  const own = ownObject(state, known as Ref, 'cond');
  if (own !== undefined) own.lock = lock;
  return lock;
}

export function setField(state: State, base: Value, field: string, value: Value): void {
  const known = resolve(state, base);
  const cond = isRef(known) && field === 'L' ? ownObject(state, known, 'cond') : undefined;
  if (cond !== undefined) {
    cond.lock = value;
    return;
  }
  const ref = asObject(state, base, { struct: { typeName: '', fields: new Map() } }, 'struct');
  const own = ref === undefined ? undefined : ownObject(state, ref, 'struct');
  if (own === undefined) return;
  own.fields.set(field, value);
  if (own.shape?.variables) escapeValue(state, value, 'argument');
  else if (!isHidden(field)) escapeInto(state, own, value);
}

/**
 * The key in a list that equals `index`; asks when a symbol may equal several. In a list from outside, keys that are
 * not known to be equal count as different: there may be as many elements as it takes.
 */
function findKey(run: Run, list: ListObject, index: Value): Value | undefined {
  if (list.entries.has(index)) return index;
  if (list.outside) return undefined;
  for (const key of list.entries.keys()) {
    const same = evaluate(run.state, '==', resolve(run.state, key), index, Number.POSITIVE_INFINITY);
    if (same === false) continue;
    const answer = same === true || demandTruth(run, same);
    if (interrupted(run)) return undefined;
    if (answer) return key;
  }
  return undefined;
}

/** The element and whether it is there. */
export function getIndex(run: Run, instruction: Of<'getIndex'>, base: Value, index: Value): readonly [Value, Value] {
  const { state } = run;
  const ref = asObject(state, base, { list: instruction.hint }, 'list');
  const list = ref === undefined ? undefined : objectAt(state, ref);
  if (ref === undefined || list?.kind !== 'list') return missingList(state, base, instruction.hint);
  const known = resolve(state, index);
  const key = findKey(run, list, known);
  if (interrupted(run)) return [null, false];
  if (key !== undefined) return [list.entries.get(key) ?? null, true];
  if (list.map && !list.outside && list.filled !== true) return [absentElement(state, list, instruction.hint), false];
  if (isBeyond(state, list, known)) {
    // Go panics here: what would follow is no path of the program.
    run.dropped = true;
    return [null, false];
  }
  const value =
    list.outside || list.filled === true || !isUnwritten(state, list, known)
      ? newSymbol(list.hint ?? instruction.hint, 'field')
      : absentElement(state, list, instruction.hint);
  ownObject(state, ref, 'list')?.entries.set(known, value);
  if (list.escaped) escapeInto(state, list, value);
  const mayLack =
    (list.outside || (list.map && list.filled === true)) && instruction.ok !== undefined && instruction.visits !== true;
  if (!mayLack) return [value, true];
  // Assumed: nobody puts nil into a map. The value is there exactly when it is not nil.
  const isThere = instruction.nilWhenAbsent && isSymbolic(value);
  return [value, isThere ? evaluate(state, '!=', value, null, Number.POSITIVE_INFINITY) : newSymbol('bool')];
}

/** Whether an index that equals no known key is outside a list whose length is known: when it must have been one of them. */
function isBeyond(state: State, list: ListObject, index: Value): boolean {
  const length = resolve(state, list.length);
  if (list.map || typeof length !== 'number') return false;
  if (typeof index === 'number') return index >= length;
  for (let at = 0; at < length; at += 1) if (!list.entries.has(at)) return false;
  return true;
}

function missingList(state: State, base: Value, hint: Hint): readonly [Value, Value] {
  if (resolve(state, base) === null) return [zeroOfHint(hint), false];
  return [newSymbol(hint), newSymbol('bool')];
}

function absentElement(state: State, list: ListObject, hint: Hint): Value {
  return list.element === undefined ? zeroOfHint(hint) : zeroValue(state, list.element, list.site);
}

/**
 * Whether an absent element of a list made here has the zero value for sure. An index that is not known may be one of
 * those that were written; and no index is read beyond the length (0 is that of an array, too). Sync objects are never
 * written: the zero value is their only one.
 */
function isUnwritten(state: State, { element, length, entries }: ListObject, index: Value): boolean {
  if (element?.kind === 'object' && element.object.kind !== 'struct') return true;
  const now = resolve(state, length);
  const computed = isSymbolic(index) || [...entries.keys()].some((key) => isSymbolic(resolve(state, key)));
  if (computed) return entries.size === 0 && now !== 0;
  return element?.kind === 'object' || typeof index !== 'number' || typeof now !== 'number' || index < now;
}

export function setIndex(run: Run, base: Value, index: Value, value: Value): void {
  const { state } = run;
  const ref = asObject(state, base, { list: 'any' }, 'list');
  const list = ref === undefined ? undefined : objectAt(state, ref);
  if (ref === undefined || list?.kind !== 'list') return;
  const known = resolve(state, index);
  const key = findKey(run, list, known);
  if (interrupted(run)) return;
  const own = ownObject(state, ref, 'list');
  if (own === undefined) return;
  if (key === undefined) escapeInto(state, own, known);
  escapeInto(state, own, value);
  if (key === undefined && own.entries.size >= MAX_ELEMENTS) return;
  own.entries.set(key ?? known, value);
  if (key === undefined && own.map && typeof own.length === 'number') own.length += 1;
}

export function deleteKey(run: Run, base: Value, index: Value): void {
  const ref = asObject(run.state, base, { list: 'any' }, 'list');
  const list = ref === undefined ? undefined : objectAt(run.state, ref);
  if (ref === undefined || list?.kind !== 'list') return;
  const key = findKey(run, list, resolve(run.state, index));
  if (interrupted(run) || key === undefined) return;
  const own = ownObject(run.state, ref, 'list');
  own?.entries.delete(key);
  if (own !== undefined && typeof own.length === 'number' && own.length > 0) own.length -= 1;
}

/** A new slice with the values at its end; the old one keeps its own (sharing of the array below is not modelled). */
export function append(state: State, base: Value, values: readonly Value[], site: Site | undefined): Value {
  const known = resolve(state, base);
  const ref = known === null ? undefined : asObject(state, base, { list: 'any' }, 'list');
  const list = ref === undefined ? undefined : objectAt(state, ref);
  if (list !== undefined && list.kind === 'list') return appendTo(state, list, values, site);
  const entries = new Map<Value, Value>(values.map((value, at) => [at, value]));
  return allocate(state, { kind: 'list', map: false, entries, length: values.length, site }, false);
}

function appendTo(state: State, list: ListObject, values: readonly Value[], site: Site | undefined): Value {
  const entries = new Map(list.entries);
  let length = resolve(state, list.length);
  for (const value of values) {
    if (entries.size < MAX_ELEMENTS) entries.set(length, value);
    length = evaluate(state, '+', length, 1, MAX_ELEMENTS);
  }
  const { element, hint } = list;
  const made = allocate(state, { kind: 'list', map: false, entries, length, element, hint, site }, list.outside);
  if (list.escaped) for (const value of values) escapeInto(state, list, value);
  return made;
}

/** The keys of a map as a list; of a map from outside, an outside list of the same length. */
export function keysOf(state: State, base: Value, hint: Hint, site: Site | undefined): Value {
  const ref = asObject(state, base, { list: 'any' }, 'list');
  const map = ref === undefined ? undefined : objectAt(state, ref);
  if (map?.kind !== 'list') {
    return allocate(state, { kind: 'list', map: false, entries: new Map(), length: 0, site }, false);
  }
  const entries = new Map<Value, Value>([...map.entries.keys()].map((key, at) => [at, key]));
  if (!map.outside) return allocate(state, { kind: 'list', map: false, entries, length: entries.size, site }, false);
  return allocate(state, { kind: 'list', map: false, entries: new Map(), length: map.length, hint, site }, true);
}

/** `len` or `cap`; stable for lists, a fresh number for a channel that others use. */
export function lengthOf(state: State, value: Value, what: 'len' | 'cap'): Value {
  const known = resolve(state, value);
  if (known === null) return 0;
  if (isSymbolic(known) && (known.tag !== 'sym' || known.hint === 'string')) {
    return evaluate(state, 'len', known, null, Number.POSITIVE_INFINITY);
  }
  if (isSymbolic(known)) {
    const isChan = known.hint === 'chan';
    asObject(state, known, isChan ? 'chan' : { list: 'any' }, isChan ? 'chan' : 'list');
  }
  const now = resolve(state, known);
  const object = isRef(now) ? objectAt(state, now) : undefined;
  if (object?.kind === 'list') return object.length;
  if (object?.kind === 'chan' && !object.outside && !object.escaped && (object.can & (SEND | RECV)) === 0) {
    return what === 'cap' ? object.cap : object.buffer.length;
  }
  return typeof now === 'string' ? now.length : newSymbol('len');
}
