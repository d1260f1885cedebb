/**
 * The search: breadth first over the states of a program, so that the first path to a stuck operation is a shortest one.
 *
 * Pure and deterministic: work is counted in states, never in time, and the same program gives the same answer. Only the
 * states in front of the search are kept; a path is told by walking it again from the beginning.
 */
import type { Code, Program } from '../ir.ts';
import type { Budget, Leak, SearchResult, StuckProcess, TraceStep } from '../leak.ts';
import { largestCounted } from './facts.ts';
import { identify } from './identity.ts';
import { sufficient } from './reduce.ts';
import type { Machine } from './run.ts';
import { initialStates, statesAfter } from './settle.ts';
import type { Crash, State } from './state.ts';
import { type Choices, choicesIn } from './steps.ts';
import { describeStuck, stuckIn } from './stuck.ts';
import { labelOf, stepsOf } from './trace.ts';

/** So many different stuck operations are told; an entry with more is broken anyway. */
const MAX_LEAKS = 8;

/** How a state was reached: by which process, step and outcome of its parent. */
interface Node {
  readonly parent: number;
  readonly process: number;
  readonly step: number;
  readonly outcome: number;
}

interface Search {
  readonly machine: Machine;
  readonly budget: Budget;
  readonly nodes: Node[];
  readonly states: (State | undefined)[];
  readonly choices: (Choices | undefined)[];
  readonly seen: Set<number>;
  readonly leaks: Leak[];
  readonly told: Set<string>;
  transitions: number;
  full: boolean;
}

/**
 * Explores what the program's entry can do.
 *
 * @returns every distinct stuck operation found (up to a small number) with a shortest path, and how much was explored;
 *   `exhausted` when some paths were not followed to their end
 */
export function search(program: Program, budget: Budget): SearchResult {
  const machine: Machine = { program, budget, largest: (code) => largestCounted(code as Code), cut: undefined };
  const run: Search = {
    machine,
    budget,
    nodes: [],
    states: [],
    choices: [],
    seen: new Set(),
    leaks: [],
    told: new Set(),
    transitions: 0,
    full: false,
  };
  initialStates(machine, false).forEach((state, outcome) => {
    discover(run, state, { parent: -1, process: 0, step: 0, outcome });
  });
  for (let at = 0; at < run.nodes.length && run.leaks.length < MAX_LEAKS && !run.full; at += 1) expand(run, at);
  return resultOf(run);
}

function resultOf(run: Search): SearchResult {
  const base = { leaks: run.leaks, states: run.nodes.length, transitions: run.transitions };
  if (run.full) return { ...base, exhausted: 'states', reason: `more than ${run.budget.states} states` };
  return run.machine.cut === undefined ? base : { ...base, ...run.machine.cut };
}

/** Adds a state unless it is known; asks at once whether somebody is stuck in it. */
function discover(run: Search, state: State, node: Node): boolean {
  const identity = identify(state);
  if (run.seen.has(identity)) return false;
  if (run.nodes.length >= run.budget.states) {
    run.full = true;
    return false;
  }
  run.seen.add(identity);
  const index = run.nodes.push(node) - 1;
  if (state.over) {
    run.states.push(undefined);
    run.choices.push(undefined);
    if (state.crash?.panic.kind !== undefined) tellCrash(run, index, state.crash);
    return true;
  }
  const choices = choicesIn(state);
  run.states.push(state);
  run.choices.push(choices);
  tellStuck(run, index, state, choices);
  return true;
}

function expand(run: Search, at: number): void {
  const state = run.states[at];
  const choices = run.choices[at];
  run.states[at] = undefined;
  run.choices[at] = undefined;
  if (state === undefined || choices === undefined) return;
  const some = sufficient(state, choices);
  const all = choices.steps.map((_, index) => index);
  // A chosen few that only lead back would keep the others waiting for ever.
  if (some === undefined || !moveAll(run, at, state, choices, some)) {
    moveAll(run, at, state, choices, some === undefined ? all : all.filter((index) => !some.includes(index)));
  }
}

/** Makes every step of the given processes; whether one led to a new state. */
function moveAll(run: Search, at: number, state: State, choices: Choices, processes: readonly number[]): boolean {
  let found = false;
  for (const process of processes) {
    choices.steps[process]?.forEach((step, stepIndex) => {
      statesAfter(run.machine, state, step).forEach((next, outcome) => {
        run.transitions += 1;
        found = discover(run, next, { parent: at, process, step: stepIndex, outcome }) || found;
      });
    });
  }
  return found;
}

function tellStuck(run: Search, index: number, state: State, choices: Choices): void {
  const stuck = stuckIn(state, choices.enabled);
  if (stuck.length === 0) return;
  const fresh: StuckProcess[] = [];
  const old: StuckProcess[] = [];
  for (const at of stuck) {
    const process = state.processes[at];
    if (process === undefined) continue;
    const told = describeStuck(state, process);
    (run.told.has(keyOf(told)) ? old : fresh).push(told);
  }
  if (fresh.length === 0) return;
  for (const each of fresh) run.told.add(keyOf(each));
  report(run, index, [...fresh, ...old]);
}

function tellCrash(run: Search, index: number, crash: Crash): void {
  const { panic, process } = crash;
  if (panic.kind === undefined) return;
  const told: StuckProcess = {
    process: labelOf(process),
    kind: panic.kind,
    site: panic.site,
    callers: panic.callers,
  };
  if (run.told.has(keyOf(told))) return;
  run.told.add(keyOf(told));
  report(run, index, [told]);
}

function keyOf(stuck: StuckProcess): string {
  const { file, range } = stuck.site;
  return `${stuck.kind} ${file?.path ?? ''} ${range.start} ${range.end}`;
}

function report(run: Search, index: number, stuck: readonly StuckProcess[]): void {
  const steps = walkAgain(run, index);
  const ends: TraceStep[] = stuck
    .filter((each) => !each.kind.startsWith('panic'))
    .map((each) => ({
      process: each.process,
      site: each.site,
      callers: each.callers,
      what: { kind: 'stuck', stuck: each.kind },
    }));
  run.leaks.push({ entry: run.machine.program.entry, stuck, trace: [...steps, ...ends], outsider: false });
}

/** The steps on the way to a state, by walking the way again and writing it down. */
function walkAgain(run: Search, index: number): readonly TraceStep[] {
  const path: Node[] = [];
  for (let at = index; at >= 0; at = run.nodes[at]?.parent ?? -1) path.push(run.nodes[at] as Node);
  path.reverse();
  const [first, ...rest] = path;
  let state = initialStates(run.machine, true)[first?.outcome ?? 0];
  if (state !== undefined) identify(state);
  for (const { process, step, outcome } of rest) {
    const chosen = state === undefined ? undefined : choicesIn(state).steps[process]?.[step];
    state = chosen === undefined || state === undefined ? undefined : statesAfter(run.machine, state, chosen)[outcome];
    if (state !== undefined) identify(state);
  }
  return state === undefined ? [] : stepsOf(state);
}
