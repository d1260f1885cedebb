/**
 * A goroutine that something may hold forever, started again and again, with no owner.
 *
 *  1. The start can be repeated: in a loop, once for each request, or by each call of an exported function.
 *  2. Something in its body may hold it forever (see `hold.ts`): this is shown, not assumed.
 *  3. Nobody waits for it: no WaitGroup, no errgroup, no channel that it closes.
 */
import type { FixRefusal, Report, SuggestedFix } from '../../analysis/diagnostic.ts';
import { anyRule, type Pass, type Rule } from '../../analysis/rule.ts';
import type { Hold } from '../ownership/hold.ts';
import { type Goroutine, goroutinesKey } from '../ownership/owner.ts';
import { trackingFix } from './tracking-fix.ts';
import { evidenceOf, howOften, inReviewedFile, nameOf, whyHeld } from './wording.ts';

export interface HeldGoroutine {
  readonly goroutine: Goroutine;
  readonly hold: Hold;
}

/** Goroutines of repeated starts that are unowned because something may hold them. */
export function heldGoroutines(pass: Pass): readonly HeldGoroutine[] {
  const found: HeldGoroutine[] = [];
  for (const goroutine of pass.shared(goroutinesKey)) {
    if (goroutine.start.kind !== 'go' || !inReviewedFile(pass, goroutine.start.file)) continue;
    const { repetition, ownership } = goroutine;
    if (repetition.kind === 'process' || repetition.kind === 'once') continue;
    const holds = ownership.kind === 'unowned' ? ownership.holds : [];
    const hold = holds.find((each) => repetition.kind !== 'call' || !isBuffered(each));
    if (hold) found.push({ goroutine, hold });
  }
  return found;
}

/** A call may make the channel anew, and then its buffer takes what one goroutine sends. */
function isBuffered(hold: Hold): boolean {
  return hold.kind === 'departed-receiver' && hold.buffered;
}

const rule: Rule<HeldGoroutine> = {
  meta: {
    id: 'untracked-goroutine',
    group: 'lifecycle',
    summary: 'A goroutine that can block is started again and again, and nobody waits for it, cancels it or bounds it.',
    severity: 'warning',
    since: '0.1.0',
    knownProblems: [
      {
        kind: 'miss',
        text: 'A goroutine whose blocking operation is in a package outside the repository is not reported.',
      },
      { kind: 'miss', text: 'A send on a channel that is passed on, returned or exported is not judged.' },
    ],
  },
  detect: heldGoroutines,
  describe({ goroutine, hold }, pass): Report {
    const { pkg } = pass;
    const { start } = goroutine;
    const location = pass.at(start.file, start.node);
    const name = nameOf(pkg, goroutine);
    return {
      location,
      message: `${capital(name)} is started ${howOften(pkg, goroutine)} and nobody waits for it, while ${whyHeld(pkg, hold)}.`,
      advice: adviceFor(hold),
      related: evidenceOf(pass, hold),
      causes: [pass.at(pkg.fileOf(hold.node), hold.node)],
      subject: location,
    };
  },
  fix({ goroutine, hold }, pass): readonly SuggestedFix[] | FixRefusal {
    return trackingFix(pass.pkg, goroutine, hold);
  },
};

function adviceFor({ kind }: Hold): string {
  return kind === 'first-loop'
    ? 'Start the goroutine inside the function that `Do` runs, and leave nothing else in it.'
    : 'Track the goroutine with a WaitGroup that the stop method waits for, and give what it waits for a context or a deadline.';
}

function capital(text: string): string {
  return text.startsWith('the ') ? `T${text.slice(1)}` : text;
}

export const untrackedGoroutine = anyRule(rule);
