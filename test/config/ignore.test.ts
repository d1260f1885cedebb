import { describe, expect, test } from 'vitest';
import { ignoreMatcher } from '../../src/config/ignore.ts';

describe('ignoreMatcher', () => {
  test.each([
    ['*.pb.go', 'api/v1/x.pb.go', true],
    ['*.pb.go', 'x.pb.go', true],
    ['*.pb.go', 'x.go', false],
    ['internal/legacy/', 'internal/legacy/a/b.go', true],
    ['internal/legacy', 'internal/legacy/a.go', true],
    ['internal/legacy/', 'internal/legacy', false],
    ['legacy/', 'internal/legacy/a.go', true],
    ['/legacy/', 'internal/legacy/a.go', false],
    ['/legacy/', 'legacy/a.go', true],
    ['a/**/z.go', 'a/z.go', true],
    ['a/**/z.go', 'a/b/c/z.go', true],
    ['a/*/z.go', 'a/b/c/z.go', false],
    ['cmd/?.go', 'cmd/a.go', true],
    ['cmd/?.go', 'cmd/ab.go', false],
    ['**', 'any/thing.go', true],
    ['./a/b.go', 'a/b.go', true],
    ['a.b', 'aXb', false],
  ])('%s on %s: %s', (pattern, path, ignored) => {
    expect(ignoreMatcher([pattern])(path)).toBe(ignored);
  });

  test('the last match decides, and `!` takes back', () => {
    const ignored = ignoreMatcher(['gen/', '!gen/keep.go', '*_mock.go']);
    expect(['gen/a.go', 'gen/keep.go', 'gen/x_mock.go', 'b.go'].map(ignored)).toEqual([true, false, true, false]);
  });

  test('many wildcards on a long path end soon', () => {
    const ignored = ignoreMatcher([`${'*a'.repeat(200)}b`, `${'**/a/'.repeat(80)}b`]);
    expect(ignored(`${'a/'.repeat(2000)}${'a'.repeat(4000)}`)).toBe(false);
  });
});
