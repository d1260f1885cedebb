/** Only the states in front of a search are kept: the path to one is told by walking it again from the beginning. */
import type { TraceStep } from '../leak.ts';
import { identify } from './identity.ts';
import { look } from './look.ts';
import type { Machine } from './run.ts';
import type { Search } from './search.ts';
import { initialStates, statesAfter } from './settle.ts';
import type { State } from './state.ts';
import { choicesIn } from './steps.ts';
import { stepsOf } from './trace.ts';

/** How a state was reached: by which process, step and outcome of its parent. */
export interface Node {
  readonly parent: number;
  readonly process: number;
  readonly step: number;
  readonly outcome: number;
}

/** The steps on the way to a state, by walking the way again and writing it down. The way is known: it costs nothing of the budget. */
export function walkAgain(run: Search, index: number): readonly TraceStep[] {
  const state = walkAlong(run, wayTo(run, index));
  return state === undefined ? [] : stepsOf(state);
}

/** The state at the end of a way; undefined when the way leads nowhere. */
export function walkAlong(run: Search, [first, ...rest]: readonly Node[]): State | undefined {
  const machine = forOneWalk(run.machine);
  let state = initialStates(machine, true)[first?.outcome ?? 0];
  if (state !== undefined) settleAgain(run, state);
  for (const { process, step, outcome } of rest) {
    const chosen = state === undefined ? undefined : choicesIn(state).steps[process]?.[step];
    state = chosen === undefined || state === undefined ? undefined : statesAfter(machine, state, chosen)[outcome];
    if (state !== undefined) settleAgain(run, state);
  }
  return state;
}

/** The steps to a state, first one first. */
function wayTo(run: Search, index: number): readonly Node[] {
  const path: Node[] = [];
  for (let at = index; at >= 0; at = run.nodes[at]?.parent ?? -1) path.push(run.nodes[at] as Node);
  return path.reverse();
}

/** Ways to a state other than the first: each leaves it at one state, the last ones first. */
export function* otherWaysTo(run: Search, index: number): Generator<readonly Node[]> {
  const rest: Node[] = [];
  for (let at = index; at >= 0; at = run.nodes[at]?.parent ?? -1) {
    for (const other of run.otherWays.get(at) ?? [])
      yield [...(other.parent < 0 ? [] : wayTo(run, other.parent)), other, ...rest];
    rest.unshift(run.nodes[at] as Node);
  }
}

/**
 * A path that was walked once is walked again to its end, however little of the budget is left. It takes no more
 * instructions than all paths together took; a step that was cut short then would otherwise not end now.
 */
function forOneWalk(machine: Machine): Machine {
  return { ...machine, ran: 0, budget: { ...machine.budget, instructions: machine.ran } };
}

/** What the search did to the state when it met it first. */
function settleAgain(run: Search, state: State): void {
  identify(state);
  if (!state.over && look(state, 0, run.machine.callbacks !== 'off').thinned) identify(state);
}
