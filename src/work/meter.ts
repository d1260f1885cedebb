/**
 * Counts the work of an analysis, so that no input keeps it busy forever. The loops that input can make long say how far
 * they have come; whoever starts a part of the analysis says how much it may take. Steps are counted, not time, so that
 * the same input ends at the same place. A wish to stop (a limit of time, Ctrl-C) is asked for now and then beside.
 *
 * The analysis is synchronous, so one account at a time is open. It is kept here and not handed through every call.
 */

/** More work than the innermost account held. Thrown from wherever the last step was; `bounded` catches it. */
export class WorkLimit extends Error {
  constructor() {
    super('it takes more work than the limit');
    this.name = 'WorkLimit';
  }
}

/** Somebody asked to stop. `bounded` lets it through; who has findings to keep catches it. */
export class Interrupted extends Error {
  constructor() {
    super('interrupted');
    this.name = 'Interrupted';
  }
}

export type Bounded<T> =
  | { readonly kind: 'done'; readonly value: T; readonly used: number }
  | { readonly kind: 'limit'; readonly used: number };

const withoutEnd = Number.MAX_SAFE_INTEGER;

/** Steps between two questions whether to stop: some milliseconds. */
const stepsBetweenQuestions = 10_000;

/** Steps after an interruption in which findings may be written down. */
const stepsToWindUp = 2_000_000;

/** Steps left in the innermost account when `countdown` was set. */
let left = withoutEnd;
/** Steps until somebody has to look; never more than `left`. */
let countdown = withoutEnd;
/** What `countdown` was set to. */
let stride = withoutEnd;

interface Stop {
  readonly wanted: () => boolean;
  ending: boolean;
  windUp: number;
}

let stop: Stop | undefined;

/** Says that `steps` more steps are done. A step is a look at one node, instruction or fact: less than a microsecond. */
export function work(steps = 1): void {
  countdown -= steps;
  if (countdown < 0) look();
}

function look(): void {
  const done = stride - countdown;
  left -= done;
  setCountdown();
  if (left < 0) throw new WorkLimit();
  if (stop === undefined) return;
  if (stop.ending) stop.windUp -= done;
  else if (!stop.wanted()) return;
  if (stop.ending && stop.windUp > 0) return;
  stop.ending = true;
  throw new Interrupted();
}

function setCountdown(): void {
  countdown = stop ? Math.min(left, stepsBetweenQuestions) : left;
  stride = countdown;
}

/** Steps that are left in the innermost account. */
export function workLeft(): number {
  return left - (stride - countdown);
}

/**
 * Runs a part of the analysis with an account of `steps`, or of what is left in the account around it when that is less.
 * What it takes is taken from the account around it as well. `limit`: it was not enough, and there is no result.
 */
export function bounded<T>(steps: number, run: () => T): Bounded<T> {
  const outer = workLeft();
  const given = Math.max(0, Math.min(steps, outer));
  left = given;
  setCountdown();
  let result: { readonly value: T } | undefined;
  try {
    result = { value: run() };
  } catch (error) {
    if (!(error instanceof WorkLimit)) throw error;
  } finally {
    left = outer - (given - workLeft());
    setCountdown();
  }
  const used = outer - left;
  return result ? { kind: 'done', value: result.value, used } : { kind: 'limit', used };
}

/**
 * Runs a part that is bounded by itself and whose result is kept for all who ask later, such as the parse of a file.
 * Its steps are nobody's: else the answers about a package would depend on who was first to ask.
 */
export function unbilled<T>(run: () => T): T {
  const outer = workLeft();
  left = withoutEnd;
  setCountdown();
  try {
    return run();
  } finally {
    left = outer;
    setCountdown();
  }
}

/**
 * Asks `wanted` now and then while `run` runs. Once it says yes, work ends with `Interrupted`: soon after, or at once for
 * who goes on as if nothing had happened.
 */
export async function interruptible<T>(wanted: () => boolean, run: () => Promise<T>): Promise<T> {
  const before = stop;
  stop = { wanted, ending: false, windUp: stepsToWindUp };
  setCountdown();
  try {
    return await run();
  } finally {
    stop = before;
    setCountdown();
  }
}

/** Whether an interruption has been heard of: nothing new is to be begun. */
export function isEnding(): boolean {
  return stop?.ending === true;
}

/** Whether an error says that work was ended, and not that something is wrong with the program. */
export function isEnd(error: unknown): error is WorkLimit | Interrupted {
  return error instanceof WorkLimit || error instanceof Interrupted;
}
