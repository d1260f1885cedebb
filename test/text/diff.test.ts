import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hunksBetween, unifiedDiff } from '../../src/text/diff.ts';
import { type Hunk, hunkLines, parsePatch } from '../../src/text/hunk.ts';
import { random } from '../review/random.ts';

/** Applies a diff with git itself and returns the files' new texts. */
function gitApply(diff: string, files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const dir = mkdtempSync(join(tmpdir(), 'goplumber-diff-'));
  try {
    execFileSync('git', ['init', '-q'], { cwd: dir });
    for (const [path, text] of files) {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), text);
    }
    execFileSync('git', ['-c', 'core.autocrlf=false', 'apply', '--whitespace=nowarn', '-'], { cwd: dir, input: diff });
    return new Map([...files.keys()].map((path) => [path, readFileSync(join(dir, path), 'utf8')]));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function replay(oldText: string, hunks: readonly Hunk[]): string {
  const before = oldText.split('\n');
  const after: string[] = [];
  let at = 0;
  for (const hunk of hunks) {
    for (const line of hunkLines(hunk)) {
      if (line.kind === 'added') {
        while (after.length < line.newLine - 1) after.push(before[at++] ?? '');
        after.push(line.text);
      } else {
        while (at < line.oldLine - 1) after.push(before[at++] ?? '');
        expect(before[at]).toBe(line.text);
        if (line.kind === 'context') {
          expect(after.length + 1).toBe(line.newLine);
          after.push(line.text);
        }
        at++;
      }
    }
  }
  return [...after, ...before.slice(at)].join('\n');
}

describe('hunksBetween', () => {
  test('equal texts have no hunks', () => {
    expect(hunksBetween('a\nb\n', 'a\nb\n')).toEqual([]);
    expect(unifiedDiff([{ path: 'x', oldText: 'a', newText: 'a' }])).toBe('');
  });

  test('two changes far apart are two hunks, near ones are one', () => {
    const lines = Array.from({ length: 30 }, (_, at) => `line ${at + 1}`);
    const far = lines.with(2, 'X').with(25, 'Y');
    const near = lines.with(2, 'X').with(9, 'Y');
    expect(hunksBetween(lines.join('\n'), far.join('\n')).map((hunk) => [hunk.oldStart, hunk.oldLines])).toEqual([
      [1, 6],
      [23, 7],
    ]);
    expect(hunksBetween(lines.join('\n'), near.join('\n'))).toHaveLength(1);
  });

  test('an insertion into an empty text and the deletion of all', () => {
    expect(hunksBetween('', 'a\nb\n')).toEqual([
      { oldStart: 0, oldLines: 0, newStart: 1, newLines: 2, lines: ['+a', '+b'] },
    ]);
    expect(hunksBetween('a\n', '')).toEqual([{ oldStart: 1, oldLines: 1, newStart: 0, newLines: 0, lines: ['-a'] }]);
  });

  test('beyond its work limit it is coarse but right, and quick', () => {
    const before = Array.from({ length: 6000 }, (_, at) => `old ${at}`).join('\n');
    const after = Array.from({ length: 6000 }, (_, at) => `new ${at}`).join('\n');
    expect(hunksBetween(`head\n${before}\ntail\n`, `head\n${after}\ntail\n`)).toHaveLength(1);
  });
});

describe('parsePatch', () => {
  test('reads what GitHub sends, without a final newline', () => {
    const hunks = parsePatch('@@ -1,3 +1,4 @@ func main() {\n a\n-b\n+c\n+d\n e\n\\ No newline at end of file');
    expect(hunks).toEqual([
      { oldStart: 1, oldLines: 3, newStart: 1, newLines: 4, lines: [' a', '-b', '+c', '+d', ' e'] },
    ]);
  });

  test('counts lines, so that content that looks like a header is content', () => {
    const hunks = parsePatch('@@ -1 +1,2 @@\n-@@ -1 +1 @@\n+-- x\n+@@ -9 +9 @@\n');
    expect(hunks).toEqual([
      { oldStart: 1, oldLines: 1, newStart: 1, newLines: 2, lines: ['-@@ -1 +1 @@', '+-- x', '+@@ -9 +9 @@'] },
    ]);
  });

  test('keeps carriage returns and takes a stripped blank line for context', () => {
    expect(parsePatch('@@ -1,2 +1,2 @@\n\n-a\r\n+b\r')).toEqual([
      { oldStart: 1, oldLines: 2, newStart: 1, newLines: 2, lines: [' ', '-a\r', '+b\r'] },
    ]);
  });

  test.each([
    ['cut in a hunk', '@@ -1,3 +1,3 @@\n a\n', 3],
    ['garbage after a hunk', '@@ -1 +1 @@\n-a\n+b\nrubbish', 4],
    ['a line without a mark', '@@ -1,2 +1,2 @@\n a\nx', 3],
    ['more lines than stated', '@@ -1,2 +1 @@\n-a\n+b\n+c\n', 4],
  ])('refuses a patch with %s', (_, patch, line) => {
    expect(parsePatch(patch)).toMatchObject({ kind: 'malformed', line });
  });

  test('a text without hunks is empty', () => {
    expect(parsePatch('')).toEqual([]);
    expect(parsePatch('Binary files differ')).toEqual([]);
  });
});

describe('unifiedDiff', () => {
  test('git applies it: several files, CRLF, missing final newline, blanks and quotes in paths', () => {
    const files = [
      { path: 'a.go', oldText: 'one\ntwo\nthree', newText: 'one\n2\nthree\n' },
      { path: 'dir with blank/b.go', oldText: 'x\r\ny\r\nz\r\n', newText: 'x\r\nY\r\nz\r\n' },
      { path: 'q"uote\\.go', oldText: 'p\n', newText: 'p\nq' },
      { path: 'ünï.go', oldText: 'a\n', newText: 'b\n' },
    ];
    const diff = unifiedDiff(files);
    const applied = gitApply(diff, new Map(files.map((file) => [file.path, file.oldText])));
    for (const file of files) expect(applied.get(file.path)).toBe(file.newText);
  });

  test('random texts: hunks replay, survive being printed and parsed, and git agrees', () => {
    const next = random(7);
    const pick = (): string => ['a', 'b', '\tc', '@@ -1 +1 @@', '', '--- x', '+y', 'z\r'][next(8)] ?? '';
    const text = (): string => Array.from({ length: next(25) }, pick).join('\n') + (next(2) === 0 ? '\n' : '');
    for (let round = 0; round < 300; round++) {
      const oldText = text();
      const newText =
        next(3) === 0
          ? text()
          : oldText
              .split('\n')
              .flatMap((line) => (next(6) === 0 ? [] : next(6) === 0 ? [line, pick()] : [line]))
              .join('\n');
      const context = next(4);
      const hunks = hunksBetween(oldText, newText, context);
      const diff = unifiedDiff([{ path: 'f.go', oldText, newText }], context);
      expect(parsePatch(diff)).toEqual(hunks);
      if (!/\\ No newline/.test(diff)) expect(replay(oldText, hunks)).toBe(newText);
      if (round % 12 === 0 && context > 0 && oldText !== newText && oldText !== '' && newText !== '') {
        expect(gitApply(diff, new Map([['f.go', oldText]])).get('f.go')).toBe(newText);
      }
    }
  });
});
