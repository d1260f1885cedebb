/**
 * A state of the program: processes, heap, and what is known of symbols.
 *
 * States share whatever did not change. `epoch` is the owner's mark: a part that carries another mark is copied before
 * it is written. A state that has been forked is never written again.
 */
import type { Code, CodeRef, Site, Slot, TestEnd } from '../ir.ts';
import type { StuckKind, TraceStep } from '../leak.ts';
import { copyObject, type HeapObject } from './object.ts';
import { type Ref, refTo, type Symbolic, type Value } from './value.ts';

export type Mode = 'run' | 'return' | 'panic' | 'goexit';

export interface Panic {
  readonly value: Value;
  /** Set when the crash is a misuse that is reported. */
  readonly kind?: StuckKind;
  readonly site: Site;
  readonly callers: readonly Site[];
  readonly object?: Ref;
}

/** A call that waits for the end of its function; the newest first. */
export interface Deferred {
  readonly target: Target;
  readonly site: Site;
  readonly next: Deferred | undefined;
  /** It waits for the end of a test. */
  readonly until?: TestEnd;
}

/** A call with its callee found: `code` is absent when the callee cannot be seen. */
export interface Target {
  readonly code?: CodeRef;
  /** Captures, receiver, parameters. */
  readonly args: readonly Value[];
  /** The function value itself, for a callee that cannot be seen. */
  readonly callee?: Value;
  /** The name of a method whose code is not known. */
  readonly method?: string;
}

/** What is known of the unseen code that calls a function of ours. */
export interface Callback {
  /** Last part of its name; empty when it is a function value. */
  readonly callee: string;
  /** Before the callee returns, afterwards, or nobody knows. */
  readonly when: 'during' | 'later' | 'unknown';
  /** The callee will not call (again), or it cannot be known. */
  readonly over: boolean;
  /** It was being called when its registration was undone. */
  readonly caught?: boolean;
  /** Given to the callee with the function: it ends with them. */
  readonly contexts: readonly Ref[];
  /** Of a registration: results of the call that may undo it. */
  readonly undo?: readonly Value[];
  readonly receiver?: Value | undefined;
  /** The function that registered it, and the process it ran in. */
  readonly registrar?: Code | undefined;
  readonly registeredBy?: number;
}

export interface Frame {
  readonly epoch: number;
  readonly code: Code;
  /** The next instruction; while a callee runs, the one after the call. */
  pc: number;
  slots: Value[];
  defers: Deferred | undefined;
  mode: Mode;
  results: readonly Value[];
  panic: Panic | undefined;
  /** Where the caller wants the results. */
  readonly returnTo: readonly Slot[];
  readonly role: 'call' | 'defer' | 'once' | 'start';
  readonly once: Ref | undefined;
}

/** Why a process does not stand freely in front of its next operation. */
export type Waiting =
  | 'no'
  /** It stands in the queue of a mutex for writing. */
  | 'writer'
  /** It sleeps in the queue of a Cond. */
  | 'cond'
  /** It was signalled and takes its lock again. */
  | 'relock'
  /** It ran too long without an operation; it counts as running forever. */
  | 'spin';

export interface Process {
  readonly epoch: number;
  /** Birth number along the path. */
  readonly id: number;
  readonly code: CodeRef;
  readonly start: Site | undefined;
  /** How often, on the way from the entry to it, a goroutine of a function was started by that function itself. */
  readonly recursion: number;
  frames: Frame[];
  waiting: Waiting;
  /** It runs because unseen code calls a function of ours. */
  callback: Callback | undefined;
}

export interface Event {
  readonly step: TraceStep;
  readonly before: Event | undefined;
}

export interface Crash {
  readonly process: Process;
  readonly panic: Panic;
}

export interface State {
  readonly epoch: number;
  processes: Process[];
  heap: (HeapObject | undefined)[];
  facts: Map<Symbolic, Value>;
  factsEpoch: number;
  nextProcess: number;
  nextSerial: number;
  /** The program ended: exit, or a panic that nobody recovers. */
  over: boolean;
  crash: Crash | undefined;
  /** Only while a path is replayed. */
  recording: boolean;
  events: Event | undefined;
}

let epochs = 0;

function nextEpoch(): number {
  epochs += 1;
  return epochs;
}

export function emptyState(recording: boolean): State {
  const epoch = nextEpoch();
  return {
    epoch,
    processes: [],
    heap: [],
    facts: new Map(),
    factsEpoch: epoch,
    nextProcess: 0,
    nextSerial: 0,
    over: false,
    crash: undefined,
    recording,
    events: undefined,
  };
}

/** A state that starts as a copy; neither may be written through the other. */
export function forkState(state: State): State {
  return {
    epoch: nextEpoch(),
    processes: state.processes.slice(),
    heap: state.heap.slice(),
    facts: state.facts,
    factsEpoch: state.factsEpoch,
    nextProcess: state.nextProcess,
    nextSerial: state.nextSerial,
    over: state.over,
    crash: state.crash,
    recording: state.recording,
    events: state.events,
  };
}

/** The process at `index`, ready to be written. */
export function ownProcess(state: State, index: number): Process {
  const process = state.processes[index] as Process;
  if (process.epoch === state.epoch) return process;
  const copy: Process = {
    epoch: state.epoch,
    id: process.id,
    code: process.code,
    start: process.start,
    recursion: process.recursion,
    frames: process.frames.slice(),
    waiting: process.waiting,
    callback: process.callback,
  };
  state.processes[index] = copy;
  return copy;
}

/** The innermost frame of an owned process, ready to be written. */
export function ownTop(state: State, process: Process): Frame {
  const last = process.frames.length - 1;
  const frame = process.frames[last] as Frame;
  if (frame.epoch === state.epoch) return frame;
  const copy: Frame = {
    epoch: state.epoch,
    code: frame.code,
    pc: frame.pc,
    slots: frame.slots.slice(),
    defers: frame.defers,
    mode: frame.mode,
    results: frame.results,
    panic: frame.panic,
    returnTo: frame.returnTo,
    role: frame.role,
    once: frame.once,
  };
  process.frames[last] = copy;
  return copy;
}

export function topOf(process: Process): Frame {
  return process.frames[process.frames.length - 1] as Frame;
}

/** Object at a reference; undefined only for a reference that was let go. */
export function objectAt(state: State, ref: Ref): HeapObject | undefined {
  return state.heap[ref.id];
}

/** The object at a reference, ready to be written. */
export function ownObject<K extends HeapObject['kind']>(
  state: State,
  ref: Ref,
  kind: K,
): Extract<HeapObject, { kind: K }> | undefined {
  const object = state.heap[ref.id];
  if (object === undefined || object.kind !== kind) return undefined;
  if (object.epoch === state.epoch) return object as Extract<HeapObject, { kind: K }>;
  const copy = copyObject(object, state.epoch);
  state.heap[ref.id] = copy;
  return copy as Extract<HeapObject, { kind: K }>;
}

type Fresh<T> = T extends HeapObject ? Omit<T, 'epoch' | 'serial' | 'outside' | 'escaped' | 'known' | 'can'> : never;

/** Puts a new object into the heap, at the lowest free index. */
export function allocate(state: State, fresh: Fresh<HeapObject>, outside: boolean, known = 0): Ref {
  let id = 0;
  while (id < state.heap.length && state.heap[id] !== undefined) id += 1;
  const own = { epoch: state.epoch, serial: state.nextSerial, outside, escaped: false, known, can: 0 };
  state.nextSerial += 1;
  // The parts are a literal of the caller's, made for this object alone.
  state.heap[id] = Object.assign(fresh, own) as HeapObject;
  return refTo(id);
}

/** Remembers an answer about a symbol or a term. */
export function learn(state: State, about: Symbolic, answer: Value): void {
  ownFacts(state).set(about, answer);
}

/** Lets go of what is known about symbols that are gone. */
export function forget(state: State, gone: readonly Symbolic[]): void {
  if (gone.length === 0) return;
  if (gone.length === state.facts.size) {
    state.facts = new Map();
    state.factsEpoch = state.epoch;
    return;
  }
  const facts = ownFacts(state);
  for (const about of gone) facts.delete(about);
}

function ownFacts(state: State): Map<Symbolic, Value> {
  if (state.factsEpoch !== state.epoch) {
    state.facts = new Map(state.facts);
    state.factsEpoch = state.epoch;
  }
  return state.facts;
}
