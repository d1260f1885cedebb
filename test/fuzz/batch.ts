/** Runs inputs of a target that follow from a seed, so that any of them can be made again. */
import fc from 'fast-check';
import type { AnyTarget } from './target.ts';

/** An input on which something does not hold, made as small as it would get. */
export interface Failure {
  readonly target: string;
  readonly seed: number;
  /** Where in the run of the seed it was, as fast-check takes it. */
  readonly path: string;
  readonly error: string;
  readonly input: unknown;
}

export interface Batch {
  readonly inputs: number;
  readonly failure?: Failure;
}

export interface BatchOptions {
  readonly seed: number;
  readonly runs: number;
  /** Shrinking goes on for so many milliseconds at most. */
  readonly milliseconds?: number;
  /** Called with each input before it is tried: what hangs or ends the process is known by it. */
  readonly onInput?: (input: unknown) => void;
}

export async function runBatch(target: AnyTarget, { seed, runs, milliseconds, onInput }: BatchOptions): Promise<Batch> {
  const property = fc.asyncProperty(target.inputs, async (input) => {
    onInput?.(input);
    await target.check(input);
  });
  const limit =
    milliseconds === undefined ? {} : { interruptAfterTimeLimit: milliseconds, markInterruptAsFailure: false };
  const { failed, numRuns, counterexample, counterexamplePath, errorInstance } = await fc.check(property, {
    seed,
    numRuns: runs,
    ...limit,
  });
  if (!failed) return { inputs: numRuns };
  const error = errorInstance instanceof Error ? (errorInstance.stack ?? errorInstance.message) : String(errorInstance);
  return {
    inputs: numRuns,
    failure: { target: target.name, seed, path: counterexamplePath ?? '', error, input: counterexample?.[0] },
  };
}
