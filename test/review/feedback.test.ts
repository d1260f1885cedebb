/** What becomes of a finding in the statistics. */
import { describe, expect, it } from 'vitest';
import { decodeFeedback, type Fate, feedbackOf, isApplied } from '../../src/review/feedback.ts';
import { statisticsOf, totalOf } from '../../src/review/feedback-statistics.ts';
import type { FindingState, Remembered } from '../../src/review/memory.ts';
import { holdsSuggestion, withoutSuggestion } from '../../src/review/suggested-text.ts';

const suggestion = (lines: string): string => `Blocks forever.\n\n\`\`\`suggestion\n${lines}\`\`\`\n\nMore.`;
const buffered = suggestion('\tc := make(chan int, 1)\n');
const file = 'package p\n\nfunc f() {\n\tc := make(chan int, 1)  \r\n}\n';

function told(state: FindingState, body = buffered, reactions = { up: 0, down: 0 }): Remembered {
  const comment = { id: 1, body, path: 'p.go', side: 'RIGHT' as const, reactions };
  return { mark: { rule: 'unreceived-send', fingerprint: 'f' }, state, comment };
}

describe('a suggestion', () => {
  it('is in a file that has its lines, whatever blanks end them', () => {
    expect(holdsSuggestion(buffered, file)).toBe(true);
    expect(holdsSuggestion(buffered, file.replace(', 1', ', 2'))).toBe(false);
    expect(holdsSuggestion(suggestion('\tc := make(chan int, 1)\n}\n'), file)).toBe(true);
    expect(holdsSuggestion('no suggestion', file)).toBe(false);
  });

  it('that deletes lines cannot be looked for', () => {
    expect(holdsSuggestion(suggestion(''), file)).toBe('unknown');
    expect(isApplied(told({ kind: 'open' }, suggestion('')), () => file)).toBe(false);
    expect(isApplied(told({ kind: 'dismissed', how: 'resolved' }, suggestion('')), () => file)).toBe(true);
  });

  it('is a part of a line in no file', () => {
    expect(holdsSuggestion(suggestion('c := make\n'), file)).toBe(false);
  });

  it('is taken away without what stands around it', () => {
    expect(withoutSuggestion(buffered)).toBe('Blocks forever.\n\nMore.');
    expect(withoutSuggestion('````suggestion\n```\n````\nx')).toBe('x');
  });
});

describe('the fate of a finding', () => {
  const cases: readonly (readonly [FindingState, string, Fate])[] = [
    [{ kind: 'fixed', sha: 's' }, '', 'fixed'],
    [{ kind: 'fixed', sha: 's', applied: true }, '', 'applied'],
    [{ kind: 'silenced', sha: 's' }, '', 'silenced'],
    [{ kind: 'dismissed', how: 'ignored', by: 'mia', reason: 'r' }, '', 'dismissed'],
    [{ kind: 'dismissed', how: 'resolved' }, file, 'applied'],
    [{ kind: 'open' }, '', 'left'],
    [{ kind: 'open' }, file, 'applied'],
  ];
  it.each(cases)('%j is %3$s', (state, text, fate) => {
    expect(feedbackOf([told(state)], () => text)).toMatchObject([{ rule: 'unreceived-send', fate }]);
  });

  it('of a comment with several findings is the worst of them', () => {
    const both = [told({ kind: 'fixed', sha: 's', applied: true }), told({ kind: 'open' }, '')];
    expect(feedbackOf(both, () => '')).toMatchObject([{ fate: 'left' }]);
  });

  it('is not counted for what no comment said', () => {
    expect(feedbackOf([told({ kind: 'listed' })], () => '')).toEqual([]);
  });
});

describe('the statistics', () => {
  const finding = (rule: string, fate: Fate, up = 0, down = 0) => ({ rule, fate, up, down });
  const end = (at: number, ...findings: readonly ReturnType<typeof finding>[]) => ({
    pull: `a/b#${at}`,
    merged: true,
    at,
    comments: findings,
  });

  it('let reactions speak before what was done, and leave out what was left without a word', () => {
    const feedback = [
      end(1, finding('a', 'applied'), finding('a', 'fixed', 0, 1), finding('a', 'left'), finding('b', 'left')),
      end(
        2,
        finding('a', 'dismissed'),
        finding('a', 'dismissed', 2, 1),
        finding('a', 'left', 1),
        finding('a', 'silenced'),
      ),
    ];
    const [a, b] = statisticsOf(feedback);
    expect(a).toMatchObject({ rule: 'a', said: 7, up: 3, down: 2, accepted: 3, rejected: 3, precision: 0.5 });
    expect(a?.fates).toEqual({ applied: 1, fixed: 1, silenced: 1, dismissed: 2, left: 2 });
    expect(b).toMatchObject({ rule: 'b', said: 1, accepted: 0, rejected: 0, precision: undefined });
    expect(totalOf(feedback)).toMatchObject({ said: 8, accepted: 3 });
    expect(statisticsOf(feedback, 2)).toMatchObject([{ rule: 'a', said: 4 }]);
  });
});

describe('what comes from a process that is not trusted', () => {
  it('is read field by field', () => {
    const hostile = {
      pull: 'x'.repeat(1_000),
      at: 5,
      comments: [
        { rule: 'a', fate: 'applied', up: 1e99, down: -3 },
        { rule: '<b>', fate: 'applied' },
        { rule: 'a', fate: 'toString' },
        null,
        ...Array.from({ length: 2_000 }, () => ({ rule: 'a', fate: 'left' })),
      ],
    };
    const read = decodeFeedback(hostile);
    expect(read?.pull).toHaveLength(200);
    expect(read?.merged).toBe(false);
    expect(read?.comments[0]).toEqual({ rule: 'a', fate: 'applied', up: 0, down: 0 });
    expect(read?.comments).toHaveLength(497);
    for (const none of [undefined, 5, [], {}, { pull: 1, at: 1, comments: [] }])
      expect(decodeFeedback(none)).toBeUndefined();
  });
});
