import { describe, expect, test } from 'vitest';
import { baseLine, changeMap } from '../../src/review/change-map.ts';
import { diagnosticDelta } from '../../src/review/delta.ts';
import { hunksBetween } from '../../src/text/diff.ts';
import { changedFiles, diagnostic, location } from './fixtures.ts';
import { random } from './random.ts';

function at(line: number, fingerprint: string, path = 'a.go', rule = 'r') {
  return diagnostic({ location: location(path, line), fingerprint, rule });
}

const unchanged = changeMap([]);
/** Line 3 is new at head; what stood at line n > 2 stands at n + 1. */
const text = Array.from({ length: 40 }, (_, line) => `line ${line + 1}`);
const shifted = changeMap(
  changedFiles({ 'a.go': text.join('\n') }, { 'a.go': text.toSpliced(2, 0, 'new').join('\n') }),
);

describe('diagnosticDelta', () => {
  test('lines and files play no part', () => {
    const delta = diagnosticDelta([at(3, 's-1', 'old.go')], [at(90, 's-1', 'new.go')], unchanged);
    expect(delta).toMatchObject({ introduced: [], resolved: [], persisting: [{ location: { path: 'new.go' } }] });
  });

  test('counts: two at head, one at the base, is one new', () => {
    const delta = diagnosticDelta([at(3, 's-1')], [at(3, 's-1'), at(9, 's-2')], unchanged);
    expect(delta.introduced.map(({ location }) => location.startLine)).toEqual([9]);
  });

  test('among equals the one on an added line is the new one', () => {
    const copy = at(3, 's-1');
    const old = at(9, 's-2');
    const delta = diagnosticDelta([at(8, 's-1')], [copy, old], shifted);
    expect(delta.introduced).toEqual([copy]);
    expect(delta.persisting).toEqual([old]);
  });

  test('what is gone is resolved', () => {
    expect(diagnosticDelta([at(3, 's-1')], [], unchanged).resolved).toHaveLength(1);
  });

  test('the same rule on the same unchanged line is the same finding, whatever became of the function around it', () => {
    const delta = diagnosticDelta(
      [at(20, 'x-1'), at(30, 'y-1')],
      [at(21, 'z-1'), at(31, 'w-1', 'a.go', 'other')],
      shifted,
    );
    expect(delta).toMatchObject({
      persisting: [{ fingerprint: 'z-1' }],
      introduced: [{ fingerprint: 'w-1' }],
      resolved: [{ fingerprint: 'y-1' }],
    });
  });

  test('an added line is never an old finding', () => {
    expect(diagnosticDelta([at(3, 'x-1')], [at(3, 'z-1')], shifted).introduced).toHaveLength(1);
  });
});

test('property: baseLine leads to the same text', () => {
  const next = random(5);
  for (let round = 0; round < 200; round++) {
    const before = Array.from({ length: next(50) }, () => `l${next(6)}`);
    const after = before.flatMap((line) => (next(8) === 0 ? [] : next(8) === 0 ? [line, 'n'] : [line]));
    const file = {
      path: 'b.go',
      previousPath: 'a.go',
      status: 'renamed' as const,
      hunks: hunksBetween(before.join('\n'), after.join('\n'), next(4)),
    };
    const changes = changeMap([file]);
    for (const [index, line] of after.entries()) {
      const old = baseLine(changes, 'b.go', index + 1);
      if (old) expect(before[old.line - 1]).toBe(line);
      else expect(changes.get('b.go')?.right.get(index + 1)?.kind).toBe('added');
    }
  }
});
