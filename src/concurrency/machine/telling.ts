/** What a search tells of a state: who is stuck in it, on which way, and whether a better way is to be looked for. */
import type { Leak, StuckProcess, TraceStep, Weight } from '../leak.ts';
import { stuckKey } from './describe-stuck.ts';
import { type Look, look } from './look.ts';
import { otherWaysTo, walkAgain, walkAlong } from './paths.ts';
import { MAX_LEAKS, type Search } from './search.ts';
import type { Crash } from './state.ts';
import { labelOf, stepsOf } from './trace.ts';

/** So many paths to one operation are weighed before the best of them has to do. */
const MAX_WITNESSES = 12;

const RANK: Readonly<Record<Weight, number>> = { silent: 0, warning: 1, error: 2 };

/** Tells who is stuck in a state that was reached. */
export function tellAll(run: Search, index: number, looked: Look): void {
  const open = new Set<string>();
  tellStuck(run, index, looked.stuck, run.told, run.machine.callbacks !== 'off', open);
  if (looked.left.length > 0 && run.toldLeft.size < MAX_LEAKS)
    tellStuck(run, index, looked.left, run.toldLeft, true, open);
  if (open.size > 0) run.stuckAt[index] = open;
}

function tellStuck(
  run: Search,
  index: number,
  stuck: readonly StuckProcess[],
  told: Set<string>,
  outsider: boolean,
  open: Set<string>,
): void {
  // Who was stuck in the state before has been weighed there: the path from there on rests on no less.
  const before = run.stuckAt[run.nodes[index]?.parent ?? -1];
  const unsettled = stuck.filter((each) => !told.has(stuckKey(each)) && !run.told.has(stuckKey(each)));
  for (const each of unsettled) open.add(openKey(each, outsider));
  const fresh = unsettled.filter((each) => before?.has(openKey(each, outsider)) !== true);
  if (fresh.length === 0) return;
  const old = stuck.filter((each) => !fresh.includes(each));
  const leak = pathTo(run, index, [...fresh, ...old], outsider);
  const isSettled = weigh(
    run,
    fresh.map((each) => openKey(each, outsider)),
    leak,
  );
  if (isSettled) for (const each of fresh) told.add(stuckKey(each));
  else run.unsettled.push(index);
}

function openKey(stuck: StuckProcess, outsider: boolean): string {
  return `${outsider ? 'left ' : ''}${stuckKey(stuck)}`;
}

/** Tells a misuse that ends the program. */
export function tellCrash(run: Search, index: number, crash: Crash): void {
  const { panic, process } = crash;
  if (panic.kind === undefined || run.machine.callbacks !== 'off') return;
  const told: StuckProcess = {
    process: labelOf(process),
    kind: panic.kind,
    site: panic.site,
    callers: panic.callers,
  };
  if (run.told.has(stuckKey(told))) return;
  if (weigh(run, [stuckKey(told)], pathTo(run, index, [told], false))) run.told.add(stuckKey(told));
}

/** Keeps a leak that is worth more than what is known of its operations; true when no other path to them need be looked for. */
function weigh(run: Search, keys: readonly string[], path: Leak): boolean {
  const leak = run.judge(path);
  const weight = leak.weight ?? 'error';
  const known = keys.map((key) => run.weighed.get(key) ?? { count: 0, best: undefined });
  if (known.some(({ best }) => best === undefined || RANK[best] < RANK[weight])) run.leaks.push(leak);
  known.forEach(({ count, best }, at) => {
    const better = best === undefined || RANK[best] < RANK[weight] ? weight : best;
    run.weighed.set(keys[at] ?? '', { count: count + 1, best: better });
  });
  return isBest(leak) || known.every(({ count }) => count + 1 >= MAX_WITNESSES);
}

/** An outsider leaves a question at best. */
function isBest({ weight = 'error', outsider }: Leak): boolean {
  return weight === 'error' || (outsider && weight === 'warning');
}

/**
 * States that are equal are explored once, on the way that came first. What was found implausible there is weighed again on
 * the other ways that led to the same state, or to one on the way.
 */
export function weighOtherWays(run: Search): void {
  let walks = 0;
  for (const index of run.unsettled)
    for (const way of otherWaysTo(run, index)) {
      walks += 1;
      if (walks > MAX_WALKS) return;
      const open = [...(run.stuckAt[index] ?? [])].filter((key) => !isSettled(run, key));
      if (open.length === 0) break;
      const state = walkAlong(run, way);
      const looked = state && !state.over ? look(state, run.leavers, run.machine.callbacks !== 'off') : undefined;
      if (!state || !looked) continue;
      const trace = stepsOf(state);
      weighAgain(run, looked.stuck, trace, run.machine.callbacks !== 'off', open);
      weighAgain(run, looked.left, trace, true, open);
    }
}

/** Walking a way costs as much as exploring its states. */
const MAX_WALKS = 64;

function isSettled(run: Search, key: string): boolean {
  const known = run.weighed.get(key);
  return known !== undefined && (known.best === 'error' || known.count >= MAX_WITNESSES);
}

function weighAgain(
  run: Search,
  stuck: readonly StuckProcess[],
  trace: readonly TraceStep[],
  outsider: boolean,
  open: readonly string[],
): void {
  const fresh = stuck.filter((each) => open.includes(openKey(each, outsider)));
  if (fresh.length === 0) return;
  const all = [...fresh, ...stuck.filter((each) => !fresh.includes(each))];
  weigh(
    run,
    fresh.map((each) => openKey(each, outsider)),
    leakOn(run, trace, all, outsider),
  );
}

/** The path to a state, as a leak. */
function pathTo(run: Search, index: number, stuck: readonly StuckProcess[], outsider: boolean): Leak {
  return leakOn(run, walkAgain(run, index), stuck, outsider);
}

function leakOn(run: Search, steps: readonly TraceStep[], stuck: readonly StuckProcess[], outsider: boolean): Leak {
  const ends: TraceStep[] = stuck
    .filter((each) => !each.kind.startsWith('panic'))
    .map((each) => ({
      process: each.process,
      site: each.site,
      callers: each.callers,
      what: { kind: 'stuck', stuck: each.kind },
    }));
  return { entry: run.machine.program.entry, stuck, trace: [...steps, ...ends], outsider };
}
