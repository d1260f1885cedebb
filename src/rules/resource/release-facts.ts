/** Calls of the standard library that hand out something which must be released. Facts from pkg.go.dev. */

export interface ReleaseFact {
  readonly rule: 'lost-cancel' | 'unstopped-iterator' | 'unstopped-ticker';
  /** Position of what releases among the results. */
  readonly result: number;
  /** The method that releases; absent when the result itself is called. */
  readonly method?: string;
  /** What stays while it is not released, as the end of a sentence. */
  readonly keeps: string;
}

const contextFact: ReleaseFact = {
  rule: 'lost-cancel',
  result: 1,
  keeps: 'the context and all that hangs on it stay until the parent ends',
};

const iteratorFact: ReleaseFact = {
  rule: 'unstopped-iterator',
  result: 1,
  keeps: 'the goroutine of the iterator stays until it is drained',
};

/** By import path and name. */
export const releaseFacts: ReadonlyMap<string, ReleaseFact> = new Map([
  ['context.WithCancel', contextFact],
  ['context.WithCancelCause', contextFact],
  ['context.WithTimeout', contextFact],
  ['context.WithTimeoutCause', contextFact],
  ['context.WithDeadline', contextFact],
  ['context.WithDeadlineCause', contextFact],
  ['os/signal.NotifyContext', { ...contextFact, keeps: 'the goroutine that waits for the signals stays' }],
  ['iter.Pull', iteratorFact],
  ['iter.Pull2', iteratorFact],
  [
    'time.NewTicker',
    {
      rule: 'unstopped-ticker',
      result: 0,
      method: 'Stop',
      keeps: 'before Go 1.23 the ticker stays in the runtime forever',
    },
  ],
]);
