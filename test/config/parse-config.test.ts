import { describe, expect, test } from 'vitest';
import { defaultConfig } from '../../src/config/config.ts';
import { formatConfigIssue, nearest } from '../../src/config/config-issue.ts';
import { parseConfig } from '../../src/config/parse-config.ts';

const rules = ['unreceived-send', 'double-send', 'lost-cancel', 'sleep-polling'];

function issuesOf(text: string): readonly string[] {
  return parseConfig(text, rules).issues.map((issue) => formatConfigIssue('goplumber.yml', issue));
}

describe('parseConfig', () => {
  test.each(['', '# nothing\n', '{}', 'rules: {}\n'])('without settings gives the defaults: %j', (text) => {
    expect(parseConfig(text, rules)).toEqual({ config: defaultConfig, issues: [], readable: true });
  });

  test('reads every setting', () => {
    const text = `version: 1
failOn: warning
rules:
  unreceived-send: warning
  sleep-polling: off
paths:
  ignore: [third_party/, '*.pb.go']
tests: ignore
unfinished: neutral
undecided: fail
skip:
  labels: [no-leak-review]
  authors: ['*[bot]']
maxComments: 5
drafts: review
suggestions: off
goVersion: "1.22"
resources:
  - acquiredBy: [example.com/queue.Open]
    releasedBy: [Close()]
    result: 1
    keeps: its goroutine stays
    fix: off
budgets:
  states: 5000
`;
    expect(parseConfig(text, rules)).toEqual({
      config: {
        failOn: 'warning',
        rules: new Map([
          ['unreceived-send', 'warning'],
          ['sleep-polling', 'off'],
        ]),
        ignore: ['third_party/', '*.pb.go'],
        tests: false,
        unfinished: 'neutral',
        undecided: 'fail',
        skip: { labels: ['no-leak-review'], authors: ['*[bot]'] },
        maxComments: 5,
        drafts: true,
        suggestions: false,
        goVersion: { major: 1, minor: 22 },
        resources: [
          {
            acquiredBy: ['example.com/queue.Open'],
            releasedBy: ['Close()'],
            result: 1,
            keeps: 'its goroutine stays',
            fix: false,
          },
        ],
        budgets: { states: 5000 },
      },
      issues: [],
      readable: true,
    });
  });

  test.each([
    ['rules:\n  lost-cancle: off\n', 'goplumber.yml:2:3: unknown rule `lost-cancle`; did you mean `lost-cancel`?'],
    [
      'rules:\n  nothing-of-the-kind: off\n',
      'goplumber.yml:2:3: unknown rule `nothing-of-the-kind`; the rules are listed in the documentation',
    ],
    [
      'resources:\n  - acquiredBy: [example.com/queue.Open]\n    releasedby: [Close()]\n    releasedBy: [Close()]\n',
      'goplumber.yml:3:5: unknown setting `releasedby`; did you mean `releasedBy`?',
    ],
    [
      'resources:\n  - acquiredBy: [example.com/queue.Open]\n    releasedBy: []\n',
      'goplumber.yml:3:17: `resources.0.releasedBy` is too short; the minimum is 1',
    ],
    [
      'resources:\n  - acquiredBy: [example.com/queue.Open]\n',
      'goplumber.yml:2:5: `resources.0.releasedBy` should be a list',
    ],
    [
      'resources:\n  - acquiredBy: [a.b/c.Open]\n    releasedBy: [Close()]\n    result: 12\n',
      'goplumber.yml:4:13: `resources.0.result` is too large; the maximum is 9',
    ],
    ['version: 1\nfailon: error\n', 'goplumber.yml:2:1: unknown setting `failon`; did you mean `failOn`?'],
    ['paths:\n  ignored: [x]\n', 'goplumber.yml:2:3: unknown setting `ignored`; did you mean `ignore`?'],
    [
      'failOn: fatal\n',
      'goplumber.yml:1:9: `failOn` has an unknown value; write `error`, `warning`, `info` or `never`',
    ],
    [
      'rules:\n  lost-cancel: loud\n',
      'goplumber.yml:2:16: `rules.lost-cancel` has an unknown value; write `off`, `error`, `warning` or `info`',
    ],
    ['maxComments: 31\n', 'goplumber.yml:1:14: `maxComments` is too large; the maximum is 30'],
    ['maxComments: 1.5\n', 'goplumber.yml:1:14: `maxComments` should be a whole number'],
    ['maxComments: -1\n', 'goplumber.yml:1:14: `maxComments` is too small; the minimum is 0'],
    ['goVersion: 1.20\n', 'goplumber.yml:1:12: `goVersion` should be a string; put it in quotes: `"1.24"`'],
    ['goVersion: go1.20\n', 'goplumber.yml:1:12: `goVersion` is malformed; a Go version is written as `"1.24"`'],
    ['suggestions: maybe\n', 'goplumber.yml:1:14: `suggestions` is neither on nor off; write `on` or `off`'],
    [
      'paths:\n  ignore:\n    - ok/\n    - "*.{pb,gen}.go"\n',
      'goplumber.yml:4:7: `paths.ignore.1` is malformed; a pattern supports only `*`, `**` and `?`; write one entry per alternative',
    ],
    ['paths: vendor\n', 'goplumber.yml:1:8: `paths` should be a group of settings'],
    ['version: 2\n', 'goplumber.yml:1:10: `version` has an unknown value; write `1`'],
    ['rules: [lost-cancel]\n', 'goplumber.yml:1:8: `rules` should be a group of settings'],
  ])('names the mistake in %j', (text, message) => {
    expect(issuesOf(text)).toEqual([message]);
  });

  test.each([
    ['rules: [', 1],
    ['failOn: error\nfailOn: never\n', 2],
    ['a: b: c\n', 1],
    ['just a sentence', 1],
    ['- a\n- b\n', 1],
    ['x: *nowhere\n', 1],
    [`${'x'.repeat(70_000)}: 1`, 1],
  ])('cannot read %#, says where, and keeps the defaults', (text, line) => {
    const parsed = parseConfig(text, rules);
    expect(parsed).toMatchObject({ config: defaultConfig, readable: false });
    expect(parsed.issues).toHaveLength(1);
    expect(parsed.issues[0]?.line).toBe(line);
  });

  test('a mistaken setting keeps its default, the others are used', () => {
    const parsed = parseConfig(
      'failOn: warning\nmaxComments: many\nrules: {lost-cancel: off, double-sned: off}\npaths: {ignore: [a/, 3, b/, 4]}\n',
      rules,
    );
    expect(parsed.readable).toBe(true);
    expect(parsed.issues.map(({ key }) => key)).toEqual([
      'maxComments',
      'rules.double-sned',
      'paths.ignore.1',
      'paths.ignore.3',
    ]);
    expect(parsed.config).toMatchObject({
      failOn: 'warning',
      maxComments: 10,
      ignore: ['a/', 'b/'],
      rules: new Map([['lost-cancel', 'off']]),
    });
  });

  test('a mistaken `failOn` leaves the gate unknown', () => {
    expect(parseConfig('failOn: sometimes', rules).readable).toBe(false);
  });

  test.each([
    `a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b,*b]\nd: &d [*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d,*d]`,
    '__proto__: {failOn: never}\n',
    'rules: {__proto__: off, constructor: off}\n',
    '\u0000',
    '['.repeat(20_000),
    '? {a: 1}\n: b\n',
    '!!js/function "x"',
  ])('hostile text %# is an issue, never an exception', (text) => {
    const parsed = parseConfig(text, rules);
    expect(parsed.issues.length).toBeGreaterThan(0);
    expect(parsed.config.failOn).toBe('error');
    expect(({} as { failOn?: string }).failOn).toBeUndefined();
  });
});

describe('nearest', () => {
  test('finds a slip and does not guess wildly', () => {
    expect(nearest('unrecieved-send', rules)).toBe('unreceived-send');
    expect(nearest('Lost-Cancel', rules)).toBe('lost-cancel');
    expect(nearest('frobnicate', rules)).toBeUndefined();
    expect(nearest('win', ['aix', 'darwin', 'windows'])).toBe('windows');
    expect(nearest('std', ['srv'])).toBeUndefined();
    expect(nearest('send', ['double-send', 'unreceived-send'])).toBeUndefined();
  });
});
