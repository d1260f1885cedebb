import { describe, expect, test } from 'vitest';
import { changeMap, hunkOfRange } from '../../src/review/change-map.ts';
import type { Anchor } from '../../src/review/finding.ts';
import { placeDiagnostic } from '../../src/review/placement.ts';
import type { ChangedFile } from '../../src/review/ports.ts';
import { hunksBetween } from '../../src/text/diff.ts';
import { changedFiles, diagnostic, location } from './fixtures.ts';
import { random } from './random.ts';

const noFunctions = () => undefined;
const wholeFile = () => ({ startLine: 1, endLine: 1000 });

function numberedLines(count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => `line ${at + 1}`);
}

/** Line 10 is replaced, two lines are added after line 30, line 50 is deleted. Head has 61 lines. */
const before = numberedLines(60);
const after = [
  ...before.slice(0, 9),
  'new 10',
  ...before.slice(10, 30),
  'added 31',
  'added 32',
  ...before.slice(30, 49),
  ...before.slice(50),
];
const changes = changeMap(changedFiles({ 'a.go': before.join('\n') }, { 'a.go': after.join('\n') }));

describe('placeDiagnostic', () => {
  test.each([
    ['an added line', location('a.go', 31), { line: 31, change: 'added' }],
    ['a context line', location('a.go', 8), { line: 8, change: 'context' }],
    ['a range within a hunk', location('a.go', 31, 33), { startLine: 31, line: 33, change: 'context' }],
    [
      'a range that starts on a context line: its first added line',
      location('a.go', 30, 33),
      { line: 31, change: 'added' },
    ],
    ['a range that leaves the hunk: its first line', location('a.go', 31, 37), { line: 31, change: 'added' }],
    ['a range that enters the hunk: the first added line', location('a.go', 25, 33), { line: 31, change: 'added' }],
  ])('stands on %s', (_, place, anchor) => {
    const result = placeDiagnostic(diagnostic({ location: place }), changes, noFunctions);
    expect(result).toMatchObject({ kind: 'placed', anchor: { path: 'a.go', side: 'RIGHT', ...anchor } });
    if (!('startLine' in anchor)) expect(result.kind === 'placed' && 'startLine' in result.anchor).toBe(false);
  });

  test('prefers an added line of a cause to a context line of the location', () => {
    const result = placeDiagnostic(
      diagnostic({ location: location('a.go', 12), causes: [location('a.go', 40), location('a.go', 32)] }),
      changes,
      noFunctions,
    );
    expect(result).toMatchObject({ anchor: { line: 32, change: 'added' } });
  });

  test('falls back to a related place', () => {
    const result = placeDiagnostic(
      diagnostic({ location: location('a.go', 20), related: [{ location: location('a.go', 29), message: 'here' }] }),
      changes,
      noFunctions,
    );
    expect(result).toMatchObject({ anchor: { line: 29, change: 'context' } });
  });

  test.each([
    ['a.go', 20, 'no line of the change is part of it'],
    ['b.go', 1, 'the file is not part of the change'],
  ])('%s:%i has no place, and the reason says why', (path, line, reason) => {
    expect(placeDiagnostic(diagnostic({ location: location(path, line) }), changes, noFunctions)).toMatchObject({
      kind: 'unplaced',
      reason,
    });
  });

  test('a file without hunks (rename, or too large for a diff) has no place', () => {
    const renamed: ChangedFile = { path: 'a.go', previousPath: 'b.go', status: 'renamed', hunks: [] };
    const result = placeDiagnostic(diagnostic({ location: location('a.go', 1) }), changeMap([renamed]), wholeFile);
    expect(result).toMatchObject({ kind: 'unplaced', reason: 'the change shows no lines of the file' });
  });
});

describe('placement at a deleted line', () => {
  const source = [
    'func Serve(ctx context.Context) {',
    '\tctx, cancel := context.WithCancel(ctx)',
    '\tdefer cancel()',
    '\tlog.Print("serving")',
    ...Array.from({ length: 20 }, (_, at) => `\tstep${at}()`),
    '\tgo watch(ctx)',
    '}',
    'func Stop(s *Server) {',
    '\tclose(s.quit)',
    '\tmu.Unlock()',
    '}',
  ];
  const serve = (_: string, line: number) =>
    line <= 25 ? { startLine: 1, endLine: 25 } : { startLine: 26, endLine: 29 };
  function changed(...gone: readonly string[]) {
    return changeMap(
      changedFiles(
        { 'p/s.go': source.join('\n') },
        { 'p/s.go': source.filter((line) => !gone.includes(line)).join('\n') },
      ),
    );
  }

  test('chooses the deleted call that the diagnostic names', () => {
    const found = diagnostic({ location: location('p/s.go', 23), message: '`cancel` is called on no path.' });
    expect(placeDiagnostic(found, changed('\tdefer cancel()', '\tlog.Print("serving")'), serve)).toMatchObject({
      anchor: { path: 'p/s.go', side: 'LEFT', line: 3, change: 'deleted' },
    });
  });

  test('takes a line of another function only when it names the same thing', () => {
    const named = diagnostic({ location: location('p/s.go', 15), message: 'Nobody closes `s.quit`.' });
    const other = diagnostic({ location: location('p/s.go', 15), message: 'Nobody closes `done`.' });
    const gone = changed('\tclose(s.quit)', '\tmu.Unlock()');
    expect(placeDiagnostic(named, gone, serve)).toMatchObject({ anchor: { side: 'LEFT', line: 28 } });
    expect(placeDiagnostic(other, gone, serve)).toMatchObject({ kind: 'unplaced' });
  });

  test('a deleted line that ends nothing is no partner', () => {
    const found = diagnostic({ location: location('p/s.go', 15), message: '`step3` leaks.' });
    expect(placeDiagnostic(found, changed('\tlog.Print("serving")'), serve)).toMatchObject({ kind: 'unplaced' });
  });

  test('a comment that mentions a call is no call', () => {
    const text = ['func f() {', '\t// close(done) would end it', ...numberedLines(20), '\tgo g()', '}'].join('\n');
    const map = changeMap(
      changedFiles({ 'f.go': text }, { 'f.go': text.replace('\t// close(done) would end it\n', '') }),
    );
    expect(
      placeDiagnostic(diagnostic({ location: location('f.go', 22), message: '`done`' }), map, wholeFile),
    ).toMatchObject({ kind: 'unplaced' });
  });
});

/** GitHub's rule, checked against the diff itself and not against our map of it. */
function accepted(anchor: Anchor, file: ChangedFile): boolean {
  return file.hunks.some((hunk, at) => {
    if (at !== anchor.hunk) return false;
    const [first, count] = anchor.side === 'RIGHT' ? [hunk.newStart, hunk.newLines] : [hunk.oldStart, hunk.oldLines];
    const start = anchor.startLine ?? anchor.line;
    return (
      first <= start &&
      start <= anchor.line &&
      anchor.line < first + count &&
      (anchor.startLine === undefined || anchor.startLine < anchor.line)
    );
  });
}

test('property: on random diffs every anchor lies in one hunk, and shows the line that it claims', () => {
  const next = random(42);
  const words = ['close(ch)', 'defer cancel()', '<-done', 'go f()', 'x++', 'mu.Unlock()', 'return', '}'];
  let placed = 0;
  for (let round = 0; round < 400; round++) {
    const oldLines = Array.from({ length: 5 + next(60) }, () => words[next(words.length)] ?? '');
    const newLines = oldLines.flatMap((line) =>
      next(9) === 0 ? [] : next(9) === 0 ? [line, words[next(words.length)] ?? ''] : [line],
    );
    const file: ChangedFile = {
      path: 'r.go',
      status: 'modified',
      hunks: hunksBetween(oldLines.join('\n'), newLines.join('\n'), next(4)),
    };
    const map = changeMap([file]);
    for (let tries = 0; tries < 8; tries++) {
      const place = (): ReturnType<typeof location> => {
        const start = 1 + next(newLines.length + 3);
        return location(next(8) === 0 ? 'other.go' : 'r.go', start, start + next(12));
      };
      const result = placeDiagnostic(
        diagnostic({ location: place(), causes: [place()], message: '`ch` and `done`' }),
        map,
        wholeFile,
      );
      if (result.kind === 'unplaced') continue;
      placed++;
      const { anchor } = result;
      expect(accepted(anchor, file)).toBe(true);
      const shown =
        anchor.side === 'RIGHT' ? map.get('r.go')?.right.get(anchor.line) : map.get('r.go')?.left.get(anchor.line);
      expect(shown?.kind).toBe(anchor.change);
      expect(shown?.text).toBe((anchor.side === 'RIGHT' ? newLines : oldLines)[anchor.line - 1]);
      if (anchor.side === 'RIGHT')
        expect(hunkOfRange(map, 'r.go', anchor.startLine ?? anchor.line, anchor.line)).toBe(anchor.hunk);
    }
  }
  expect(placed).toBeGreaterThan(1000);
});
