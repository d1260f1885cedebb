/** What the search asks of a state: what may happen in it, and who is stuck. */
import type { StuckProcess } from '../leak.ts';
import { callbackOf, isStuckCallback } from './callbacks.ts';
import { describeLeft, describeStuck, stuckKey } from './describe-stuck.ts';
import type { Process, State } from './state.ts';
import { type Choices, choicesIn, enabledIn } from './steps.ts';
import { awakeForEverIn, stuckIn } from './stuck.ts';

export interface Look {
  readonly choices: Choices;
  readonly stuck: readonly StuckProcess[];
  /** Stuck only if the outside has left. */
  readonly left: readonly StuckProcess[];
  readonly thinned: boolean;
}

/** What a state allows and who is stuck in it; of several stuck at one operation all but the first are let go. */
export function look(state: State, leavers: number, callbacks: boolean): Look {
  const choices = choicesIn(state);
  const stuck = new Map<string, StuckProcess>();
  const spare = new Set<number>();
  const enabled = enabledIn(state, choices, 0);
  const strictly = stuckIn(state, enabled, 0);
  for (const at of strictly) {
    const process = state.processes[at] as Process;
    if (callbacks && !isStuckCallback(state, process)) continue;
    const told = callbacks
      ? { ...describeStuck(state, process), ...asCallback(process) }
      : describeStuck(state, process);
    const key = stuckKey(told);
    if (stuck.has(key)) spare.add(process.id);
    else stuck.set(key, told);
  }
  const awake = callbacks ? [] : awakeForEverIn(state, enabled, strictly);
  for (const at of awake) {
    const told = describeStuck(state, state.processes[at] as Process);
    stuck.set(stuckKey(told), told);
  }
  const left = leavers === 0 ? [] : leftIn(state, choices, leavers, [...strictly, ...awake]);
  if (spare.size === 0) return { choices, stuck: [...stuck.values()], left, thinned: false };
  state.processes = state.processes.filter((process) => !spare.has(process.id));
  return { choices: choicesIn(state), stuck: [...stuck.values()], left, thinned: true };
}

function asCallback(process: Process): Pick<StuckProcess, 'outside' | 'callback'> {
  const callback = callbackOf(process);
  if (callback === undefined) return {};
  const { callee, when, caught } = callback;
  return { outside: ['callback'], callback: { callee, when, ...(caught === true ? { caught } : {}) } };
}

/**
 * Processes that are stuck once the outside has left. The entry itself waits for what comes from its caller, and that is
 * no leak; what it gave to others while it runs is another matter.
 */
function leftIn(state: State, choices: Choices, leavers: number, strictly: readonly number[]): readonly StuckProcess[] {
  const enabled = enabledIn(state, choices, leavers);
  const stuck = stuckIn(state, enabled, leavers);
  return [...stuck, ...awakeForEverIn(state, enabled, stuck, leavers)]
    .filter((at) => !strictly.includes(at))
    .map((at) => state.processes[at] as Process)
    .map((process) => describeLeft(state, process, leavers))
    .filter(({ process, outside }) => process.id !== 0 || outside?.every((role) => role === 'argument') === true);
}
