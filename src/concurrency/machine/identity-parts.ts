/** What a process, a value and an object add to the identity of a state. */
import type { Hint } from '../ir.ts';
import { slotsHeld } from './held.ts';
import type { HeapObject } from './object.ts';
import type { Frame, Process, State } from './state.ts';
import { isSymbolic, type Ref, type Sym, type Value } from './value.ts';

export interface Walk {
  readonly state: State;
  /** Order of meeting, by heap index; 0 = not met. */
  readonly order: Int32Array;
  readonly met: Ref[];
  readonly symbols: Map<Sym, number>;
  /** Lists from outside with elements under symbolic keys. */
  readonly weak: Ref[];
  high: number;
  low: number;
}

export function add(walk: Walk, value: number): void {
  let high = Math.imul(walk.high ^ value, 0x85ebca6b);
  high ^= high >>> 13;
  let low = Math.imul(walk.low + (value | 0) + 0x165667b1, 0xc2b2ae35);
  low ^= low >>> 16;
  walk.high = high + Math.imul(low, 5);
  walk.low = low ^ Math.imul(high, 3);
}

export function plainNumber(value: Value): number {
  switch (typeof value) {
    case 'number':
      return 101 + value;
    case 'boolean':
      return value ? 2 : 3;
    case 'string':
      return textNumber(value);
    default:
      return value === null ? 1 : 5;
  }
}

const texts = new Map<string, number>();

function textNumber(text: string): number {
  const known = texts.get(text);
  if (known !== undefined) return known;
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  if (texts.size < 20_000) texts.set(text, hash);
  return hash;
}

export function waitingNumber(process: Process): number {
  switch (process.waiting) {
    case 'no':
      return 0;
    case 'writer':
      return 1;
    case 'cond':
      return 2;
    case 'relock':
      return 3;
    case 'spin':
      return 4;
  }
}

export function addProcess(walk: Walk, process: Process): void {
  add(walk, 0x70726f63);
  add(walk, waitingNumber(process));
  const { callback } = process;
  if (callback !== undefined) {
    add(walk, callback.caught === true ? 3 : callback.over ? 2 : 1);
    for (const ref of callback.contexts) addRef(walk, ref);
    for (const value of callback.undo ?? []) addValue(walk, value);
  }
  for (const frame of process.frames) addFrame(walk, frame);
}

function addFrame(walk: Walk, frame: Frame): void {
  add(walk, frame.code.ref.id);
  add(walk, frame.pc);
  add(walk, textNumber(frame.mode) ^ textNumber(frame.role));
  for (const slot of slotsHeld(frame)) addValue(walk, frame.slots[slot] ?? null);
  for (const value of frame.results) addValue(walk, value);
  for (let deferred = frame.defers; deferred !== undefined; deferred = deferred.next) {
    add(walk, deferred.target.code?.id ?? -1);
    for (const value of deferred.target.args) addValue(walk, value);
    if (deferred.target.callee !== undefined) addValue(walk, deferred.target.callee);
  }
  if (frame.once !== undefined) addValue(walk, frame.once);
  if (frame.panic !== undefined) addValue(walk, frame.panic.value);
}

export function addValue(walk: Walk, value: Value): void {
  if (typeof value !== 'object' || value === null) {
    add(walk, plainNumber(value));
    return;
  }
  switch (value.tag) {
    case 'ref':
      addRef(walk, value);
      return;
    case 'cut':
      add(walk, 7);
      return;
    case 'sym': {
      const seen = walk.symbols.get(value);
      if (seen === undefined) walk.symbols.set(value, walk.symbols.size + 1);
      const known = walk.state.facts.get(value);
      if (known !== undefined) {
        addValue(walk, known);
        return;
      }
      add(walk, 0x73796d00 ^ hintNumber(value.hint));
      add(walk, seen ?? walk.symbols.size);
      return;
    }
    case 'expr': {
      add(walk, textNumber(value.operator));
      addValue(walk, value.x);
      addValue(walk, value.y);
      return;
    }
  }
}

function hintNumber(hint: Hint): number {
  if (typeof hint === 'string') return textNumber(hint);
  if ('struct' in hint) return textNumber(hint.struct.typeName);
  return 'list' in hint ? 3 * hintNumber(hint.list) + 1 : 5 * hintNumber(hint.cell) + 2;
}

function addRef(walk: Walk, ref: Ref): void {
  let order = walk.order[ref.id] ?? 0;
  if (order === 0) {
    walk.met.push(ref);
    order = walk.met.length;
    walk.order[ref.id] = order;
  }
  add(walk, 0x72656600);
  add(walk, order);
}

export function addObject(walk: Walk, ref: Ref): void {
  const object = walk.state.heap[ref.id];
  if (object === undefined) return;
  add(walk, textNumber(object.kind) + (object.outside ? 1 : 0) + (object.escaped ? 2 : 0) + object.known * 4);
  addOwn(walk, ref, object);
}

function addOwn(walk: Walk, ref: Ref, object: HeapObject): void {
  switch (object.kind) {
    case 'chan':
      add(walk, object.cap);
      add(walk, object.buffer.length * 4 + (object.closed ? 1 : 0) + (object.closedOutside ? 2 : 0));
      add(walk, object.can);
      add(walk, textNumber(object.timer));
      for (const value of object.buffer) addValue(walk, value);
      if (object.context !== undefined) addRef(walk, object.context);
      return;
    case 'context':
      add(walk, (object.cancelled ? 1 : 0) + (object.timer ? 2 : 0) + (object.handed ? 4 : 0));
      addValue(walk, object.parent);
      addValue(walk, object.done);
      if (object.question !== undefined) addValue(walk, object.question);
      return;
    case 'cell':
      add(walk, object.can);
      addValue(walk, object.value);
      return;
    case 'struct':
      if (object.filled !== undefined) add(walk, object.filled === 'all' ? 0x66696c6c : 0x66696c6d);
      for (const name of inOrder(object.fields)) {
        add(walk, textNumber(name));
        addValue(walk, object.fields.get(name) ?? null);
      }
      return;
    case 'list':
      if (object.filled === true) add(walk, 0x66696c6e);
      addValue(walk, object.length);
      for (const [key, value] of object.entries) {
        if (object.outside && isSymbolic(key)) {
          if (walk.weak[walk.weak.length - 1] !== ref) walk.weak.push(ref);
          continue;
        }
        addValue(walk, key);
        addValue(walk, value);
      }
      return;
    case 'mutex':
      add(walk, object.readers * 8 + (object.writer ? 1 : 0) + (object.shared ? 2 : 0) + (object.handed ? 4 : 0));
      return;
    case 'waitgroup':
      add(walk, object.count);
      return;
    case 'cond':
      addValue(walk, object.lock);
      return;
    case 'once':
      add(walk, textNumber(object.phase));
      return;
    case 'closure':
      add(walk, object.code.id);
      for (const value of object.captures) addValue(walk, value);
  }
}

/** Names of fields, in an order that does not depend on which was written first. */
function inOrder(fields: ReadonlyMap<string, Value>): Iterable<string> {
  let last = '';
  for (const name of fields.keys()) {
    if (name < last) return [...fields.keys()].sort();
    last = name;
  }
  return fields.keys();
}
