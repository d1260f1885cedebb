import { describe, expect, test } from 'vitest';
import { defaultConfig } from '../../src/config/config.ts';
import { type ParsedConfig, parseConfig } from '../../src/config/parse-config.ts';
import { checkReport, type ReportInput, shortReport } from '../../src/review/check-report.ts';
import { verdict } from '../../src/review/conclusion.ts';
import type { FindingGroup } from '../../src/review/finding.ts';
import { diagnostic, emptyReview, finding, group, links, location } from './fixtures.ts';

const plain: ParsedConfig = { config: defaultConfig, issues: [], readable: true };

function one(rule: string, severity: 'error' | 'warning' | 'info', line: number): FindingGroup {
  return group(finding({ diagnostic: diagnostic({ rule, severity, location: location('pump.go', line) }) }));
}

function report(parts: Partial<ReportInput> = {}) {
  return checkReport({
    review: emptyReview(),
    config: plain,
    links,
    uncommented: [],
    refusals: [],
    alreadySaid: [],
    dismissed: [],
    ...parts,
  });
}

describe('verdict', () => {
  const found = {
    error: [one('a', 'error', 1)],
    warning: [one('a', 'warning', 1)],
    info: [one('a', 'info', 1)],
    none: [],
  };
  test.each([
    ['error', 'error', 'failure'],
    ['error', 'warning', 'neutral'],
    ['error', 'info', 'success'],
    ['error', 'none', 'success'],
    ['warning', 'warning', 'failure'],
    ['info', 'info', 'failure'],
    ['never', 'error', 'neutral'],
    ['never', 'info', 'success'],
  ] as const)('failOn %s, worst %s: %s', (failOn, worst, conclusion) => {
    const config = { ...plain, config: { ...defaultConfig, failOn } };
    expect(verdict(emptyReview({ groups: found[worst] }), config).conclusion).toBe(conclusion);
  });

  const lost = diagnostic({ location: location('other.go', 1) });
  test.each([
    ['a file that could not be read', { omissions: [{ path: 'x.go', reason: 'too large' }] }, 'neutral'],
    [
      'a file left out by design',
      { omissions: [{ path: 'x.go', reason: 'generated code', expected: true }] },
      'success',
    ],
    ['a rule that failed', { crashes: [{ dir: '.', rule: 'a', message: 'm' }] }, 'neutral'],
    [
      'a new error on no line of the change',
      { unplaced: [{ kind: 'unplaced', diagnostic: lost, reason: 'r' }] },
      'neutral',
    ],
    [
      'a new warning on no line of the change',
      { unplaced: [{ kind: 'unplaced', diagnostic: { ...lost, severity: 'warning' }, reason: 'r' }] },
      'success',
    ],
  ] as const)('%s', (_, parts, conclusion) => {
    expect(verdict(emptyReview(parts as object), plain).conclusion).toBe(conclusion);
  });

  test('a configuration that cannot be read fails nothing; one with a slip still does', () => {
    const review = emptyReview({ groups: found.error });
    expect(verdict(review, parseConfig('failOn: [', [])).conclusion).toBe('neutral');
    expect(verdict(review, parseConfig('maxComment: 3', [])).conclusion).toBe('failure');
    expect(verdict(emptyReview(), parseConfig('maxComment: 3', [])).conclusion).toBe('neutral');
  });
});

describe('checkReport', () => {
  test('clean', () => {
    expect(report()).toEqual({
      conclusion: 'success',
      title: 'No new goroutine leaks',
      summary:
        '1 changed Go file analysed.\n\nConfiguration: defaults (failOn error, undecided neutral, unfinished fail).',
      text: '',
      annotations: [],
    });
  });

  test('with everything in it', async () => {
    const groups = [
      one('unreceived-send', 'error', 3),
      one('lost-cancel', 'warning', 8),
      one('lost-cancel', 'warning', 9),
      one('unrecovered-panic', 'info', 12),
    ];
    const other = diagnostic({
      rule: 'held-lock',
      severity: 'warning',
      location: location('far.go', 4),
      message: '`mu` is never unlocked, says @team.',
    });
    const review = emptyReview({
      groups,
      delta: { introduced: [], persisting: [other], resolved: [other, other] },
      unplaced: [{ kind: 'unplaced', diagnostic: other, reason: 'the file is not part of the change' }],
      withheld: [{ diagnostic: other, reason: 'the configuration ignores the file' }],
      suppressed: [{ diagnostic: other, by: 'ignore', reason: 'the process owns it' }],
      unknowns: [{ location: location('pump.go', 20), reason: 'the search ran out of states' }],
      crashes: [{ dir: 'internal/x', rule: 'double-send', message: 'out of | cheese' }],
      omissions: [
        { path: 'gen.go', reason: 'generated code', expected: true },
        { path: 'big`.go', reason: 'no patch from GitHub' },
      ],
      filesAnalysed: ['pump.go', 'far.go'],
    });
    const config = parseConfig('rules:\n  lost-cancle: off\n', ['lost-cancel']);
    const made = report({
      review,
      config,
      configOrigin: '.github/goplumber.yml',
      uncommented: groups.slice(2),
      refusals: ['line must be part of the diff'],
      alreadySaid: groups.slice(0, 1),
    });
    expect(made.conclusion).toBe('failure');
    expect(made.title).toBe('1 error, 2 warnings, 1 info in this change; not every changed file could be analysed');
    expect(made.annotations).toEqual([
      {
        path: 'pump.go',
        startLine: 9,
        endLine: 9,
        level: 'warning',
        title: 'lost-cancel',
        message: groups[2]?.findings[0].diagnostic.message,
      },
      {
        path: 'pump.go',
        startLine: 12,
        endLine: 12,
        level: 'notice',
        title: 'unrecovered-panic',
        message: groups[3]?.findings[0].diagnostic.message,
      },
    ]);
    await expect(`# ${made.title}\n\n${made.summary}\n\n${made.text}\n`).toMatchFileSnapshot(
      'snapshots/check-report.md',
    );
  });

  test('a group on a deleted line has no annotation, since the line is not at head', () => {
    const gone = one('a', 'error', 3);
    expect(report({ uncommented: [{ ...gone, anchor: { ...gone.anchor, side: 'LEFT' } }] }).annotations).toEqual([]);
  });

  test('texts stay within the limits of the API and say what is left out', () => {
    const groups = Array.from({ length: 3000 }, (_, at) =>
      group(
        finding({
          diagnostic: diagnostic({
            rule: `rule-${at}`,
            location: location('ü'.repeat(100), at + 1),
            message: 'ß'.repeat(900),
          }),
        }),
      ),
    );
    const made = report({ review: emptyReview({ groups }), uncommented: groups });
    for (const text of [made.summary, made.text ?? '']) {
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(65_535);
      expect(text).toMatch(/more sections did not fit|and \d+ more/);
    }
    expect(made.annotations).toHaveLength(3000);
    expect(shortReport('neutral', 'x'.repeat(400), 'y'.repeat(9000)).title).toHaveLength(255);
  });
});
