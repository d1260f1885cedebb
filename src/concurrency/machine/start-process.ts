/** `go f()`: processes and how many of them a path follows. */
import type { CodeRef, Site } from '../ir.ts';
import { firstEquals } from './equal-processes.ts';
import { newFrame } from './frames.ts';
import { cutPath, type Run } from './run.ts';
import type { Process, State, Target } from './state.ts';

/**
 * A tree of goroutines that start themselves again is followed to this depth once so many of them run: paths with more are
 * not followed. One that only ever has one successor comes back to a state that is known.
 */
const MAX_SELF_STARTS = 1;
const MAX_SIBLINGS = 2;

/**
 * Starts a process; undefined when its body cannot be seen or the path is given up. Beyond the budget a process is
 * parked: it never gets its turn (as a scheduler may decide), but what it holds stays in use, so nobody is called stuck
 * who waits for it. Of parked processes that hold the same, one is enough.
 */
export function startProcess(
  run: Run,
  target: Target,
  start: Site | undefined,
  ref: CodeRef,
  starter?: Process,
): Process | undefined {
  const code = ref.resolve();
  if (code === undefined) return undefined;
  const { state, machine } = run;
  const recursion = recursionOf(starter, ref);
  if (recursion > MAX_SELF_STARTS && siblings(state, ref) >= MAX_SIBLINGS) {
    cutPath(run, 'depth', 'goroutines that start themselves again');
    return undefined;
  }
  const parked = state.processes.length >= machine.budget.processes;
  const reason = `more than ${machine.budget.processes} goroutines`;
  if (parked) machine.cut ??= { exhausted: 'depth', reason };
  if (state.processes.length >= 2 * machine.budget.processes) {
    cutPath(run, 'depth', reason);
    return undefined;
  }
  const frame = newFrame(run, code, target.args, { returnTo: [], role: 'start' });
  const process: Process = {
    epoch: state.epoch,
    id: state.nextProcess,
    code: ref,
    start,
    recursion,
    frames: [frame],
    waiting: parked ? 'spin' : 'no',
    callback: undefined,
  };
  state.nextProcess += 1;
  if (!parked || !isParkedAlready(state.processes, process)) state.processes.push(process);
  return process;
}

function recursionOf(starter: Process | undefined, ref: CodeRef): number {
  if (starter === undefined) return 0;
  return starter.recursion + Number(starter.frames.some(({ code }) => wholeOf(code.ref) === wholeOf(ref)));
}

function siblings({ processes }: State, ref: CodeRef): number {
  return processes.filter(({ code }) => wholeOf(code) === wholeOf(ref)).length;
}

function wholeOf(ref: CodeRef): CodeRef {
  return ref.whole ?? ref;
}

function isParkedAlready(processes: readonly Process[], process: Process): boolean {
  return firstEquals([...processes.filter((each) => each.waiting === 'spin'), process]).some(
    (firstEqual, at) => firstEqual !== at,
  );
}
