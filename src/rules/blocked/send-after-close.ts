/**
 * The rule `send-after-close` has two detections: callbacks that stay registered beyond the close (seen in the syntax),
 * and goroutines that reach a send or a second close on a closed channel (found by the explorer, with a witness).
 */
import { type AnyRule, anyRule } from '../../analysis/rule.ts';
import { sendAfterClose as callbacks } from '../lifecycle/send-after-close.ts';
import { type BlockedFinding, reportOf } from './finding.ts';
import { findingsFor } from './leaks.ts';

const explored = anyRule<BlockedFinding>({
  meta: callbacks.meta,
  detect: (pass) => findingsFor('send-after-close', pass),
  describe: reportOf,
  fix: () => ({ kind: 'refused', reason: 'only the author can decide which goroutine closes the channel' }),
});

export const sendAfterClose: AnyRule = {
  meta: {
    ...callbacks.meta,
    summary: 'A callback or goroutine may send on, or close again, a channel that has been closed, which panics.',
  },
  repairs: callbacks.repairs,
  evaluate: (pass) => [...callbacks.evaluate(pass), ...explored.evaluate(pass)],
};
