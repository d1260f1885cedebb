/** The precision that users see, rule by rule, from what they made of our comments. */
import { type CommentFeedback, type Fate, fates, type PullFeedback } from './feedback.ts';

export interface RuleStatistics {
  readonly rule: string;
  /** Comments in pull requests that are closed. */
  readonly said: number;
  readonly fates: Readonly<Record<Fate, number>>;
  readonly up: number;
  readonly down: number;
  readonly accepted: number;
  readonly rejected: number;
  /** Accepted of those that were accepted or rejected; undefined when none was. */
  readonly precision: number | undefined;
}

/** Reactions speak before what was done; what was left there without a word is neither. */
function verdictOf({ fate, up, down }: CommentFeedback): 'accepted' | 'rejected' | 'none' {
  if (up !== down) return up > down ? 'accepted' : 'rejected';
  if (fate === 'applied' || fate === 'fixed') return 'accepted';
  return fate === 'left' ? 'none' : 'rejected';
}

/** One row for each rule, by name, of the pull requests that were closed at `since` (milliseconds) or later. */
export function statisticsOf(feedback: readonly PullFeedback[], since = 0): readonly RuleStatistics[] {
  const byRule = new Map<string, CommentFeedback[]>();
  for (const { at, comments } of feedback) {
    if (at < since) continue;
    for (const one of comments) {
      const known = byRule.get(one.rule);
      if (known) known.push(one);
      else byRule.set(one.rule, [one]);
    }
  }
  return [...byRule].sort(([a], [b]) => (a < b ? -1 : 1)).map(([rule, all]) => rowOf(rule, all));
}

/** A row over all rules. */
export function totalOf(feedback: readonly PullFeedback[], since = 0): RuleStatistics {
  const counted = feedback.filter(({ at }) => at >= since);
  return rowOf(
    'all',
    counted.flatMap(({ comments }) => comments),
  );
}

function rowOf(rule: string, all: readonly CommentFeedback[]): RuleStatistics {
  const count = (wanted: (one: CommentFeedback) => boolean): number => all.filter(wanted).length;
  const [accepted, rejected] = (['accepted', 'rejected'] as const).map((verdict) =>
    count((one) => verdictOf(one) === verdict),
  ) as [number, number];
  return {
    rule,
    said: all.length,
    fates: Object.fromEntries(fates.map((fate) => [fate, count((one) => one.fate === fate)])) as Record<Fate, number>,
    up: all.reduce((sum, { up }) => sum + up, 0),
    down: all.reduce((sum, { down }) => sum + down, 0),
    accepted,
    rejected,
    precision: accepted + rejected === 0 ? undefined : accepted / (accepted + rejected),
  };
}
