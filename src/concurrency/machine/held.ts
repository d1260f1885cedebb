/** What a process holds: the values it can still use. */
import { liveSlots } from './facts.ts';
import type { Deferred, Frame, Process } from './state.ts';
import type { Value } from './value.ts';

const NONE: readonly number[] = [];

/** Slots of a frame that may still be read: on its way out, only its named results. */
export function slotsHeld(frame: Frame): readonly number[] {
  return frame.mode === 'run' ? liveSlots(frame.code, frame.pc) : (frame.code.namedResults ?? NONE);
}

/** Calls `visit` with every value that a frame can still use, in a fixed order. */
export function eachHeldByFrame(frame: Frame, visit: (value: Value) => void): void {
  for (const slot of slotsHeld(frame)) visit(frame.slots[slot] ?? null);
  for (const value of frame.results) visit(value);
  for (let deferred: Deferred | undefined = frame.defers; deferred !== undefined; deferred = deferred.next) {
    for (const value of deferred.target.args) visit(value);
    if (deferred.target.callee !== undefined) visit(deferred.target.callee);
  }
  if (frame.once !== undefined) visit(frame.once);
  if (frame.panic !== undefined) visit(frame.panic.value);
}

export function eachHeldByProcess(process: Process, visit: (value: Value, frame: Frame) => void): void {
  for (const frame of process.frames) eachHeldByFrame(frame, (value) => visit(value, frame));
}
