/**
 * When two states are the same: heap objects, symbols and processes are named by the order in which a walk from the
 * processes meets them; what the walk does not meet is garbage and is let go.
 *
 * The identity is a number of 53 bits. Two different states with one number would hide one of them (with 20,000 states
 * about once in forty million searches): a leak could be missed, never invented.
 */

import { work } from '../../work/meter.ts';
import { slotsHeld } from './held.ts';
import { add, addObject, addProcess, addValue, plainNumber, type Walk, waitingNumber } from './identity-parts.ts';
import { forget, ownObject, type Process, type State } from './state.ts';
import { resolve } from './symbolic.ts';
import { isRef, isSymbolic, type Ref, type Symbolic, type Value } from './value.ts';

/** Lets go of garbage and returns the identity of a state that its step owns. */
export function identify(state: State): number {
  work(state.heap.length + state.facts.size);
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
    if (about.tag === 'sym') {
      if (about.lasting) addValue(walk, about);
      continue;
    }
    for (const symbol of about.symbols) if (symbol.lasting) addValue(walk, symbol);
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
      if (!isMet(walk, key)) {
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

/** Facts about symbols that are gone are forgotten; the others are part of the identity, in any order. */
function sweepFacts(walk: Walk): void {
  const { state } = walk;
  if (state.facts.size === 0) return;
  const gone: Symbolic[] = [];
  let [high, low] = [0, 0];
  const before = { high: walk.high, low: walk.low };
  for (const [about, answer] of state.facts) {
    if (!isMet(walk, about)) {
      gone.push(about);
      continue;
    }
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
  forget(state, gone);
}

/** Whether all symbols of a term are still of use to somebody. */
function isMet({ symbols }: Walk, about: Symbolic): boolean {
  if (about.tag === 'sym') return symbols.has(about);
  for (const symbol of about.symbols) if (!symbols.has(symbol)) return false;
  return true;
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
