/** Sites and steps: how a position in the machine is told to a reader. */
import type { Site } from '../ir.ts';
import type { ProcessLabel, TraceStep } from '../leak.ts';
import type { Frame, Process, State } from './state.ts';
import { resolve } from './symbolic.ts';
import { isRef, type Value } from './value.ts';

export function labelOf(process: Process): ProcessLabel {
  const { id, code, start } = process;
  return start === undefined ? { id, code } : { id, code, start };
}

/** Where the innermost frame stands. */
export function siteOf(process: Process): Site {
  const top = process.frames[process.frames.length - 1];
  return top === undefined ? process.code.site : (top.code.sites[top.pc] ?? top.code.ref.site);
}

/** Where the outer frames stand, innermost first. */
export function callersOf(process: Process): readonly Site[] {
  const result: Site[] = [];
  for (let at = process.frames.length - 2; at >= 0; at -= 1) result.push(callSite(process.frames[at] as Frame));
  return result;
}

/** A frame that waits for a callee stands behind its call; one that runs its deferred calls stands at its end. */
function callSite(frame: Frame): Site {
  const at = frame.mode === 'run' ? frame.pc - 1 : frame.pc;
  return frame.code.sites[at] ?? frame.code.ref.site;
}

/** Adds a step to the path, when the path is being told. */
export function record(state: State, process: Process, what: TraceStep['what'], site?: Site): void {
  if (!state.recording) return;
  const step: TraceStep = {
    process: labelOf(process),
    site: site ?? siteOf(process),
    callers: callersOf(process),
    what,
  };
  state.events = { step, before: state.events };
}

/** The steps of a recorded path, first one first. */
export function stepsOf(state: State): readonly TraceStep[] {
  const result: TraceStep[] = [];
  for (let event = state.events; event !== undefined; event = event.before) result.push(event.step);
  return result.reverse();
}

/** The number that names an object in a trace. */
export function objectNumber(state: State, value: Value): number | undefined {
  const known = resolve(state, value);
  return isRef(known) ? state.heap[known.id]?.serial : undefined;
}
