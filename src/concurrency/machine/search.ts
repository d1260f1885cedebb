/**
 * The search: breadth first over the states of a program, so that the first path to a stuck operation is a shortest one.
 *
 * Pure and deterministic: work is counted in states, never in time, and the same program gives the same answer. Only the
 * states in front of the search are kept; a path is told by walking it again from the beginning.
 */
import type { Code, Program } from '../ir.ts';
import type { Budget, Leak, SearchResult, Weight } from '../leak.ts';
import type { CalleeKind } from './callees.ts';
import { largestCounted } from './facts.ts';
import { identify } from './identity.ts';
import { look } from './look.ts';
import { bitsOf } from './outside.ts';
import type { Node } from './paths.ts';
import { sufficient } from './reduce.ts';
import type { Machine } from './run.ts';
import { initialStates, statesAfter } from './settle.ts';
import type { State } from './state.ts';
import type { Choices } from './steps.ts';
import { tellAll, tellCrash, weighOtherWays } from './telling.ts';

/** So many different stuck operations are told; an entry with more is broken anyway. */
export const MAX_LEAKS = 8;

/** Looks at a path that was found: the leak as it is kept, with its weight. */
export type Judge = (leak: Leak) => Leak;

/** A state of more processes costs more to explore, and is charged so. */
const PROCESSES_PER_STATE = 16;

export interface Search {
  readonly machine: Machine;
  readonly budget: Budget;
  readonly nodes: Node[];
  readonly states: (State | undefined)[];
  readonly choices: (Choices | undefined)[];
  /** The states by identity; -1 for one that was left out. */
  readonly seen: Map<number, number>;
  /** Other ways on which a state was reached, as far as they are kept. */
  readonly otherWays: Map<number, Node[]>;
  /** States in which an operation was weighed that may be worth more on another way. */
  readonly unsettled: number[];
  readonly leaks: Leak[];
  readonly told: Set<string>;
  /** Told with the condition that the outside leaves. */
  readonly toldLeft: Set<string>;
  readonly leavers: number;
  readonly judge: Judge;
  /** How often an operation was weighed, and the best weight. */
  readonly weighed: Map<string, Weighed>;
  /** By state: the operations that are stuck in it and may be so on a better path. */
  readonly stuckAt: (ReadonlySet<string> | undefined)[];
  transitions: number;
  /** Work so far, in states; a state of many processes counts as several. */
  spent: number;
  full: boolean;
}

export interface Weighed {
  readonly count: number;
  readonly best: Weight | undefined;
}

/**
 * Explores what the program's entry can do. A path that the judge finds less than certain does not end the search for
 * another one to the same operation.
 *
 * @returns every distinct stuck operation found (up to a small number) with a shortest path, and how much was explored;
 *   `exhausted` when some paths were not followed to their end
 */
export function search(program: Program, budget: Budget, judge: Judge = (leak) => leak): SearchResult {
  return searchWith(program, budget, 'off', new Set(), judge);
}

/**
 * Explores what becomes of functions that unseen code calls; tells only what is stuck inside such a call, always as a
 * leak that depends on an outsider. Worth the work when a search said `handsOut`.
 */
export function searchCallbacks(program: Program, budget: Budget, judge: Judge = (leak) => leak): SearchResult {
  const handed = new Set<CalleeKind>();
  const during = searchWith(program, budget, 'during', handed, judge);
  const unsure = during.leaks.filter((leak) => leak.stuck.some((each) => each.callback?.when === 'unknown'));
  if (!handed.has('kept') && !handed.has('started') && unsure.length === 0) return during;
  const later = searchWith(program, budget, 'later', handed, judge);
  const either = (leak: Leak): boolean => !unsure.includes(leak) || later.leaks.some((each) => isSamePlace(each, leak));
  const leaks = [
    ...during.leaks.filter(either),
    ...later.leaks.filter((leak) => leak.stuck.every((each) => each.callback?.when !== 'unknown')),
  ];
  const [states, transitions] = [during.states + later.states, during.transitions + later.transitions];
  return { ...during, leaks, states, transitions };
}

function isSamePlace(a: Leak, b: Leak): boolean {
  const [one, other] = [a.stuck[0]?.site, b.stuck[0]?.site];
  return one?.file === other?.file && one?.range.start === other?.range.start;
}

function searchWith(
  program: Program,
  budget: Budget,
  callbacks: Machine['callbacks'],
  handed: Set<CalleeKind>,
  judge: Judge,
): SearchResult {
  const machine: Machine = {
    program,
    budget,
    largest: (code) => largestCounted(code as Code),
    callbacks,
    handed,
    entered: new Set(),
    lasting: new Map(),
    ran: 0,
    cut: undefined,
  };
  const run: Search = {
    machine,
    budget,
    nodes: [],
    states: [],
    choices: [],
    seen: new Map(),
    otherWays: new Map(),
    unsettled: [],
    leaks: [],
    told: new Set(),
    toldLeft: new Set(),
    leavers: callbacks === 'off' ? bitsOf(budget.outsideMayLeave?.filter((role) => role !== 'callback')) : 0,
    judge,
    weighed: new Map(),
    stuckAt: [],
    transitions: 0,
    spent: 0,
    full: false,
  };
  initialStates(machine, false).forEach((state, outcome) => {
    discover(run, state, { parent: -1, process: 0, step: 0, outcome });
  });
  for (let at = 0; at < run.nodes.length && run.told.size < MAX_LEAKS && !run.full && !hasRunOut(machine); at += 1)
    expand(run, at);
  weighOtherWays(run);
  return resultOf(run);
}

/** Whether the budget of instructions is spent; paths not followed are reported then. */
function hasRunOut(machine: Machine): boolean {
  if (machine.ran < (machine.budget.instructions ?? Number.POSITIVE_INFINITY)) return false;
  machine.cut ??= { exhausted: 'states', reason: 'too many instructions' };
  return true;
}

function resultOf(run: Search): SearchResult {
  const handsOut = run.machine.handed.size > 0 ? { handsOut: true } : {};
  const crowded = run.machine.cut?.exhausted === 'depth' ? { crowded: true } : {};
  const { leaks, transitions, machine } = run;
  const base = {
    leaks,
    states: run.nodes.length,
    transitions,
    instructions: machine.ran,
    entered: machine.entered,
    ...handsOut,
    ...crowded,
  };
  if (run.full) return { ...base, exhausted: 'states', reason: `more than ${run.budget.states} states` };
  return run.machine.cut === undefined ? base : { ...base, ...run.machine.cut };
}

/** Adds a state unless it is known; asks at once whether somebody is stuck in it. */
function discover(run: Search, state: State, node: Node): boolean {
  const identity = identify(state);
  if (isKnown(run, identity, node)) return false;
  const looked = state.over ? undefined : look(state, run.leavers, run.machine.callbacks !== 'off');
  const thinned = looked?.thinned === true ? identify(state) : identity;
  if (thinned !== identity && isKnown(run, thinned, node)) return false;
  if (run.spent >= run.budget.states) {
    run.full = true;
    return false;
  }
  run.spent += 1 + Math.floor(state.processes.length / PROCESSES_PER_STATE);
  const index = run.nodes.push(node) - 1;
  run.seen.set(identity, index).set(thinned, index);
  run.states.push(looked === undefined ? undefined : state);
  run.choices.push(looked?.choices);
  if (looked !== undefined) tellAll(run, index, looked);
  else if (state.crash?.panic.kind !== undefined) tellCrash(run, index, state.crash);
  return true;
}

/** So many other ways to a state are kept. */
const MAX_WAYS = 3;

/** Whether a state was reached before; the way on which it is reached now may rest on less. */
function isKnown(run: Search, identity: number, node: Node): boolean {
  const index = run.seen.get(identity);
  if (index === undefined) return false;
  const ways = run.otherWays.get(index) ?? [];
  if (ways.length < MAX_WAYS && index !== node.parent) run.otherWays.set(index, [...ways, node]);
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
  if (some === undefined) {
    moveAll(run, at, state, choices, all);
    return;
  }
  const led = moveAll(run, at, state, choices, some.members);
  // A chosen few that only lead back would keep the others waiting forever.
  if (led === 'new' || (led === 'known' && some.ending)) return;
  moveAll(
    run,
    at,
    state,
    choices,
    all.filter((index) => !some.members.includes(index)),
  );
}

/** Makes every step of the given processes: whether they led to a new state, to known ones, or only to the end. */
function moveAll(
  run: Search,
  at: number,
  state: State,
  choices: Choices,
  processes: readonly number[],
): 'new' | 'known' | 'end' {
  let led: 'new' | 'known' | 'end' = 'end';
  for (const process of processes) {
    if (choices.firstEqual[process] !== process) continue;
    choices.steps[process]?.forEach((step, stepIndex) => {
      statesAfter(run.machine, state, step).forEach((next, outcome) => {
        run.transitions += 1;
        if (discover(run, next, { parent: at, process, step: stepIndex, outcome })) led = 'new';
        else if (led === 'end' && !next.over) led = 'known';
      });
    });
  }
  return led;
}
