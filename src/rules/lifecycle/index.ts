/** The rules about who owns a goroutine, in the order of the catalogue. */
import type { AnyRule } from '../../analysis/rule.ts';
import { detachedContext } from './detached-context.ts';
import { inescapableLoop } from './inescapable-loop.ts';
import { missingDeadline } from './missing-deadline.ts';
import { missingUnsubscribe } from './missing-unsubscribe.ts';
import { sleepPolling } from './sleep-polling.ts';
import { startWithoutStop } from './start-without-stop.ts';
import { unboundedFanOut } from './unbounded-fan-out.ts';
import { unclosedChannel } from './unclosed-channel.ts';
import { unrecoveredPanic } from './unrecovered-panic.ts';
import { untrackedGoroutine } from './untracked-goroutine.ts';

export const lifecycleRules: readonly AnyRule[] = [
  untrackedGoroutine,
  unboundedFanOut,
  startWithoutStop,
  missingUnsubscribe,
  unclosedChannel,
  missingDeadline,
  sleepPolling,
  unrecoveredPanic,
  detachedContext,
  inescapableLoop,
];
