/** What a function may do to a value that it is given, as bits. */
import type { Act } from './operation.ts';

export const SEND = 1;
export const RECV = 2;
export const CLOSE = 4;
export const LOCK = 8;
export const UNLOCK = 16;
/** Raises or lowers a WaitGroup. */
export const COUNT = 32;
export const CALL = 64;
/** Anything: the value goes where it is not followed. */
export const ALL = 128;
export const WAIT = 256;
export const SIGNAL = 512;
export const ONCE = 1024;
export const CANCEL = 2048;
export const ASK = 4096;
export const STOP = 8192;

/** The effect of an operation on its object. */
export const effectOf: Readonly<Record<Act, number>> = {
  send: SEND,
  receive: RECV,
  close: CLOSE,
  lock: LOCK,
  unlock: UNLOCK,
  count: COUNT,
  wait: WAIT,
  signal: SIGNAL,
  once: ONCE,
  cancel: CANCEL,
  ask: ASK,
  stop: STOP,
};

const verbs: readonly (readonly [number, string])[] = [
  [SEND, 'sends on'],
  [RECV, 'receives from'],
  [CLOSE, 'closes'],
  [LOCK, 'locks'],
  [UNLOCK, 'unlocks'],
  [COUNT, 'counts'],
  [WAIT, 'waits for'],
  [SIGNAL, 'signals'],
  [ONCE, 'runs once'],
  [CANCEL, 'cancels'],
  [ASK, 'watches'],
  [STOP, 'stops'],
  [CALL, 'calls'],
];

/** Effects as verbs: `sends on`, `closes`. */
export function effectWords(effects: number): readonly string[] {
  return verbs.flatMap(([bit, verb]) => ((effects & bit) === 0 ? [] : [verb]));
}
