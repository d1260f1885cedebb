import { describe, expect, test } from 'vitest';
import type { AnyRule } from '../../src/analysis/rule.ts';
import { type Config, defaultConfig } from '../../src/config/config.ts';
import { analyseSnapshot } from '../../src/review/analyse-snapshot.ts';
import { fileCache } from '../../src/review/package-analysis.ts';
import type { PullRequestSnapshot } from '../../src/review/ports.ts';
import { crashing, everyGo, type Files, goCompanion, noCancel, snapshot } from './fixtures.ts';

const pump = `package pump

func Run(f func()) {
	go f()
}

func idle() {
	println("one")
	println("two")
	println("three")
	println("four")
	println("five")
	println("six")
	println("seven")
	println("eight")
}
`;

const more = `${pump}
func More(g func()) {
	go g()
}
`;

function review(
  base: Files,
  head: Files,
  config: Partial<Config> = {},
  rules: readonly AnyRule[] = [everyGo],
  parts: Partial<PullRequestSnapshot> = {},
  renames: Files = {},
) {
  return analyseSnapshot(snapshot(base, head, parts, renames), { ...defaultConfig, ...config }, rules);
}

function said(result: ReturnType<typeof review>): readonly string[] {
  return result.groups.map(
    ({ anchor, findings }) =>
      `${anchor.path}:${anchor.line}${anchor.side === 'LEFT' ? '-' : ''} ${findings.map(({ diagnostic }) => diagnostic.rule).join('+')}`,
  );
}

describe('what is new', () => {
  test('only the added statement is said; the old one persists', () => {
    const result = review({ 'pump.go': pump }, { 'pump.go': more });
    expect(said(result)).toEqual(['pump.go:19 every-go']);
    expect(result.delta.persisting).toHaveLength(1);
    expect(result.filesAnalysed).toEqual(['pump.go']);
  });

  test('lines that move are not new', () => {
    const result = review(
      { 'pump.go': pump },
      { 'pump.go': pump.replace('func Run', '// Run runs.\n//\n// In the background.\nfunc Run') },
    );
    expect(said(result)).toEqual([]);
    expect(result.delta).toMatchObject({ introduced: [], resolved: [] });
  });

  test.each([
    ['a renamed file', { 'a/b.go': pump }, { 'a/c.go': pump.replace('"one"', '"1"') }, { 'a/c.go': 'a/b.go' }],
    [
      'a function moved to another file',
      { 'a/b.go': pump, 'a/z.go': 'package pump\n' },
      { 'a/b.go': 'package pump\n', 'a/z.go': pump },
      {},
    ],
    [
      'a renamed folder',
      { 'old/b.go': pump },
      { 'new/b.go': pump.replace('"one"', '"1"') },
      { 'new/b.go': 'old/b.go' },
    ],
  ])('%s brings nothing new', (_, base, head, renames) => {
    const result = review(base as Files, head as Files, {}, [everyGo], {}, renames as Files);
    expect(said(result)).toEqual([]);
    expect(result.delta).toMatchObject({ introduced: [], resolved: [] });
  });

  test('a copy is new where it was added, also above the old one', () => {
    const twice = pump.replace('\tgo f()\n', '\tgo f()\n\tprintln(1)\n\tgo f()\n');
    expect(said(review({ 'pump.go': pump }, { 'pump.go': twice }))).toHaveLength(1);
    const spaced = `package pump\n\nfunc Run(f func()) {\n${'\tprintln(1)\n'.repeat(20)}\tgo f()\n}\n`;
    const above = spaced.replace('{\n', '{\n\tgo f()\n');
    expect(said(review({ 'pump.go': spaced }, { 'pump.go': above }))).toEqual(['pump.go:4 every-go']);
  });

  test('what the change ends is resolved; silencing it is not ending it', () => {
    const gone = review({ 'pump.go': pump }, { 'pump.go': pump.replace('go f()', 'f()') });
    expect(gone.delta.resolved).toHaveLength(1);
    const silenced = review(
      { 'pump.go': pump },
      { 'pump.go': pump.replace('go f()', 'go f() //goplumber:ignore every-go the caller waits') },
    );
    expect(silenced.delta.resolved).toEqual([]);
    expect(silenced.suppressed).toMatchObject([{ reason: 'the caller waits' }]);
  });

  test('a new leak that a deletion brought is said at the deleted line', () => {
    const base = `package p

import "context"

func Run(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
${'\tprintln(1)\n'.repeat(12)}	defer cancel()
	println(2)
}
`;
    const result = review({ 'p.go': base }, { 'p.go': base.replace('\tdefer cancel()\n', '') }, {}, [noCancel]);
    expect(said(result)).toEqual(['p.go:19- no-cancel']);
  });

  test('a leak in an untouched sibling, brought by the change, is counted and not commented', () => {
    const caller = 'package pump\n\nfunc Start() { Run(nil) }\n';
    const result = review(
      { 'pump.go': pump.replace('go f()', 'f()'), 'start.go': caller },
      { 'pump.go': pump, 'start.go': caller },
      {},
      [everyGo],
      { changedFiles: [] },
    );
    expect(said(result)).toEqual([]);
    expect(result.unplaced).toMatchObject([{ reason: 'the file is not part of the change' }]);
  });
});

describe('what the configuration asks for', () => {
  const base = { 'pump.go': pump };
  const head = { 'pump.go': more };

  test('a severity, or silence', () => {
    const loud = review(base, head, { rules: new Map([['every-go', 'error']]) });
    expect(loud.groups[0]?.findings[0].diagnostic.severity).toBe('error');
    expect(said(review(base, head, { rules: new Map([['every-go', 'off']]) }))).toEqual([]);
  });

  test('companions join a comment; alone they speak only when switched on', () => {
    expect(said(review(base, head, {}, [everyGo, goCompanion]))).toEqual(['pump.go:19 every-go+go-companion']);
    expect(said(review(base, head, {}, [goCompanion]))).toEqual([]);
    expect(said(review(base, head, { rules: new Map([['go-companion', 'info']]) }, [goCompanion]))).toEqual([
      'pump.go:19 go-companion',
    ]);
  });

  test('ignored paths and tests are held back with the reason', () => {
    const ignored = review(base, head, { ignore: ['pump.go'] });
    expect(ignored).toMatchObject({ groups: [], withheld: [{ reason: 'the configuration ignores the file' }] });
    const tests = review({ 'a/p_test.go': pump }, { 'a/p_test.go': more }, { tests: false });
    expect(tests).toMatchObject({ groups: [], withheld: [{ reason: 'the configuration ignores tests' }] });
  });
});

describe('fixes', () => {
  test('are verified by analysing the patched package, and offered as a suggestion', () => {
    const [group] = review({ 'pump.go': pump }, { 'pump.go': more }).groups;
    expect(group?.offer).toMatchObject({
      kind: 'suggestion',
      startLine: 19,
      endLine: 19,
      replacement: '\tg()',
      ending: '\n',
    });
    expect(group?.findings[0].diagnostic.fixes).toMatchObject([{ verified: true }]);
  });

  test('are a patch when suggestions are off', () => {
    const [group] = review({ 'pump.go': pump }, { 'pump.go': more }, { suggestions: false }).groups;
    expect(group?.offer).toMatchObject({ kind: 'patch', diff: expect.stringContaining('-\tgo g()\n+\tg()\n') });
  });
});

describe('what was not looked at', () => {
  test('generated, vendored, excluded and broken files are named', () => {
    const head = {
      'gen.go': '// Code generated by x. DO NOT EDIT.\n\npackage pump\n\nfunc G() { go func() {}() }\n',
      'vendor/v/v.go': more,
      'w_left_out.go': `//go:build ignore\n\n${more}`,
      'broken.go': 'package pump\n\nfunc B( {\n\nfunc C() { go func() {}() }\n',
    };
    const result = review({}, head);
    expect(result.omissions.filter(({ expected }) => expected).map(({ path }) => path)).toEqual([
      'w_left_out.go',
      'gen.go',
      'vendor/v/v.go',
    ]);
    expect(result.omissions.filter(({ expected }) => !expected)).toMatchObject([
      { path: 'broken.go', reason: expect.stringMatching(/^analysed in part: syntax error on line \d/) },
    ]);
  });

  test('a file of another platform is reviewed for that platform', () => {
    const started = 'package pump\n\nfunc W() {\n\tch := make(chan int)\n\tgo func() { ch <- 1 }()\n}\n';
    const result = review({}, { 'w_windows.go': started });
    expect(result.filesAnalysed).toEqual(['w_windows.go']);
    expect(said(result)).toHaveLength(1);
  });

  test('a rule that fails on the base does not make old findings new', () => {
    const bad = 'package pump\n\nfunc crash() {}\n';
    const result = review({ 'pump.go': pump, 'bad.go': bad }, { 'pump.go': more }, {}, [crashing]);
    expect(said(result)).toEqual([]);
    expect(result.withheld).toHaveLength(2);
    const atHead = review({ 'pump.go': pump }, { 'pump.go': more, 'bad.go': bad }, {}, [crashing, everyGo]);
    expect(atHead.crashes).toEqual([{ dir: '.', rule: 'crashing', message: 'out of cheese' }]);
    expect(said(atHead)).toEqual(['pump.go:19 every-go']);
  });
});

test('a file that base and head share is parsed once', () => {
  const parse = fileCache();
  const first = parse({ path: 'a.go', text: pump });
  expect(parse({ path: 'a.go', text: `${pump}` })).toBe(first);
  expect(parse({ path: 'a.go', text: more })).not.toBe(first);
  expect(parse({ path: 'b.go', text: pump })).not.toBe(first);
});
