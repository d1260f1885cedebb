/**
 * A goroutine for each element, message or request without a limit: an untracked goroutine (see there) whose start
 * stands in a loop or serves a request, and nothing before the start waits for a free slot.
 */
import type { Report } from '../../analysis/diagnostic.ts';
import { anyRule, type Rule } from '../../analysis/rule.ts';
import { limitBefore } from '../ownership/limit.ts';
import { type HeldGoroutine, heldGoroutines } from './untracked-goroutine.ts';
import { evidenceOf, howOften, whyHeld } from './wording.ts';

const rule: Rule<HeldGoroutine> = {
  meta: {
    id: 'unbounded-fan-out',
    group: 'lifecycle',
    summary:
      'A goroutine that can block is started for each element, message or request, and nothing limits their number.',
    severity: 'warning',
    since: '0.1.0',
    knownProblems: [{ kind: 'miss', text: 'A limit inside a called function is not recognised.' }],
  },
  detect: (pass) =>
    heldGoroutines(pass).filter(({ goroutine, hold }) => {
      if (hold.kind === 'first-loop') return false;
      const often = goroutine.repetition.kind;
      return (often === 'loop' || often === 'request') && !limitBefore(pass.pkg, goroutine.start);
    }),
  describe({ goroutine, hold }, pass): Report {
    const { pkg } = pass;
    const location = pass.at(goroutine.start.file, goroutine.start.node);
    return {
      location,
      message: `A goroutine is started ${howOften(pkg, goroutine)} without a limit, so they pile up while ${whyHeld(pkg, hold)}.`,
      advice: 'Use a fixed number of workers, or acquire a semaphore before each start.',
      related: evidenceOf(pass, hold),
      causes: [pass.at(pkg.fileOf(hold.node), hold.node)],
      subject: location,
    };
  },
};

export const unboundedFanOut = anyRule(rule);
