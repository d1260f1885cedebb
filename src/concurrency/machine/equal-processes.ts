/** Processes in exactly the same situation, so that only one of them need be tried. */
import { slotsHeld } from './held.ts';
import type { Frame, Process } from './state.ts';

/** For each process the first one that is in the same situation; itself when there is none. */
export function firstEquals(processes: readonly Process[]): readonly number[] {
  return processes.map((process, index) => {
    for (let first = 0; first < index; first += 1) if (areEqual(processes[first] as Process, process)) return first;
    return index;
  });
}

function areEqual(a: Process, b: Process): boolean {
  if (a.waiting !== b.waiting || a.callback !== b.callback || a.frames.length !== b.frames.length) return false;
  for (let at = a.frames.length - 1; at >= 0; at -= 1) {
    if (!sameFrame(a.frames[at] as Frame, b.frames[at] as Frame)) return false;
  }
  return true;
}

function sameFrame(a: Frame, b: Frame): boolean {
  if (a.code !== b.code || a.pc !== b.pc || a.mode !== b.mode || a.role !== b.role || a.once !== b.once) return false;
  if (a.results.length > 0 || b.results.length > 0 || a.panic !== undefined || b.panic !== undefined) return false;
  return slotsHeld(a).every((slot) => a.slots[slot] === b.slots[slot]) && sameDefers(a, b);
}

function sameDefers(a: Frame, b: Frame): boolean {
  let [left, right] = [a.defers, b.defers];
  while (left !== undefined && right !== undefined) {
    const [one, two] = [left.target, right.target];
    if (one.code !== two.code || one.callee !== two.callee || one.args.length !== two.args.length) return false;
    if (!one.args.every((value, at) => value === two.args[at])) return false;
    left = left.next;
    right = right.next;
  }
  return left === right;
}
