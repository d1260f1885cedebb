/**
 * When two states are the same: heap objects, symbols and processes are named by the order in which a walk from the
 * processes meets them; what the walk does not meet is garbage and is let go.
 *
 * The identity is a number of 53 bits. Two different states with one number would hide one of them (with 20,000 states
 * about once in forty million searches): a leak could be missed, never invented.
 */
import type { Hint } from '../ir.ts';
import { slotsHeld } from './held.ts';
import type { HeapObject } from './object.ts';
import { type Frame, ownObject, type Process, type State } from './state.ts';
import { resolve } from './symbolic.ts';
import { isRef, isSymbolic, leavesOf, type Ref, type Sym, type Value } from './value.ts';

interface Walk {
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

/** Lets go of garbage and returns the identity of a state that its step owns. */
export function identify(state: State): number {
  const walk: Walk = {
    state,
    order: new Int32Array(state.heap.length),
    met: [],
    symbols: new Map(),
    weak: [],
    high: 0x2545f491,
    low: 0x1b873593,
  };
  for (const process of inOrder(state)) addProcess(walk, process);
  addLasting(walk);
  addMet(walk, 0);
  addWeak(walk);
  add(walk, state.over ? 1 : 0);
  sweepFacts(walk);
  sweepHeap(walk);
  return (walk.high >>> 0) * 0x200000 + ((walk.low >>> 11) & 0x1fffff);
}

/** What is known of symbols that last is part of every state. */
function addLasting(walk: Walk): void {
  for (const about of walk.state.facts.keys()) {
    for (const symbol of symbolsOf(about)) if (symbol.lasting) addValue(walk, symbol);
  }
}

function addMet(walk: Walk, from: number): void {
  for (let at = from; at < walk.met.length; at += 1) addObject(walk, walk.met[at] as Ref);
}

/**
 * What a list from outside has under a symbolic key matters as long as somebody else has the key; afterwards it is one of
 * many unknown elements again. Without this a loop over fresh keys would have states without end.
 */
function addWeak(walk: Walk): void {
  for (const ref of walk.weak) {
    const list = walk.state.heap[ref.id];
    if (list?.kind !== 'list') continue;
    const gone: Value[] = [];
    for (const [key, value] of list.entries) {
      if (!isSymbolic(key)) continue;
      if (!symbolsOf(key).every((symbol) => walk.symbols.has(symbol))) {
        gone.push(key);
        continue;
      }
      const from = walk.met.length;
      addValue(walk, key);
      addValue(walk, value);
      addMet(walk, from);
    }
    const own = gone.length === 0 ? undefined : ownObject(walk.state, ref, 'list');
    for (const key of gone) own?.entries.delete(key);
  }
}

function add(walk: Walk, value: number): void {
  let high = Math.imul(walk.high ^ value, 0x85ebca6b);
  high ^= high >>> 13;
  let low = Math.imul(walk.low + (value | 0) + 0x165667b1, 0xc2b2ae35);
  low ^= low >>> 16;
  walk.high = high + Math.imul(low, 5);
  walk.low = low ^ Math.imul(high, 3);
}

/** Processes that look alike stand together, in whatever order they were started. */
function inOrder(state: State): readonly Process[] {
  if (state.processes.length < 3) return state.processes;
  const keyed = state.processes.map((process) => ({ process, key: looks(state, process) }));
  return keyed.sort((a, b) => a.key - b.key).map((each) => each.process);
}

function looks(state: State, process: Process): number {
  let hash = process.id === 0 ? 0 : 17;
  const mix = (value: number): void => {
    hash = Math.imul(hash ^ value, 0x01000193);
  };
  mix(waitingNumber(process));
  for (const frame of process.frames) {
    mix(frame.code.ref.id);
    mix(frame.pc);
    for (const slot of slotsHeld(frame)) mix(shallow(state, resolve(state, frame.slots[slot] ?? null)));
  }
  return hash;
}

function shallow(state: State, value: Value): number {
  if (!isRef(value)) return plainNumber(value);
  const object = state.heap[value.id];
  if (object === undefined) return 29;
  return object.kind === 'chan' ? 31 + object.buffer.length * 2 + (object.closed ? 1 : 0) : 37 + object.kind.length;
}

function plainNumber(value: Value): number {
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

function waitingNumber(process: Process): number {
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

function addProcess(walk: Walk, process: Process): void {
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

function addValue(walk: Walk, value: Value): void {
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

function addObject(walk: Walk, ref: Ref): void {
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
      for (const name of [...object.fields.keys()].sort()) {
        add(walk, textNumber(name));
        addValue(walk, object.fields.get(name) ?? null);
      }
      return;
    case 'list':
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

/** Facts about symbols that are gone are forgotten; the others are part of the identity, in any order. */
function sweepFacts(walk: Walk): void {
  const { state, symbols } = walk;
  if (state.facts.size === 0) return;
  const kept: typeof state.facts = new Map();
  let [high, low] = [0, 0];
  const before = { high: walk.high, low: walk.low };
  for (const [about, answer] of state.facts) {
    if (!symbolsOf(about).every((symbol) => symbols.has(symbol))) continue;
    kept.set(about, answer);
    if (about.tag === 'sym') continue;
    walk.high = 0x9e3779b9;
    walk.low = 0x7f4a7c15;
    addValue(walk, about);
    addValue(walk, answer);
    high = (high + walk.high) | 0;
    low = (low + walk.low) | 0;
  }
  walk.high = before.high;
  walk.low = before.low;
  add(walk, high);
  add(walk, low);
  if (kept.size === state.facts.size) return;
  state.facts = kept;
  state.factsEpoch = state.epoch;
}

function symbolsOf(value: Value): readonly Sym[] {
  if (!isSymbolic(value)) return [];
  if (value.tag === 'sym') return [value];
  const [leaf] = leavesOf(value);
  if (leaf === value) return symbolsOf(value.x);
  return [...symbolsOf(value.x), ...symbolsOf(value.y)];
}

function sweepHeap(walk: Walk): void {
  const { state, order } = walk;
  let last = -1;
  for (let id = 0; id < state.heap.length; id += 1) {
    if ((order[id] ?? 1) === 0) state.heap[id] = undefined;
    else last = id;
  }
  state.heap.length = last + 1;
}
