/** What is derived is what git has, to the byte; what cannot be derived is not guessed. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { derivations, derived } from '../../src/github/base-texts.ts';
import type { BlobText } from '../../src/github/git-objects.ts';
import { hunksBetween } from '../../src/text/diff.ts';
import { random } from '../review/random.ts';

const idOf = (text: string): string =>
  createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0${text}`)
    .digest('hex');

function derive(before: string, after: string | undefined, context = 3) {
  const changed = {
    path: 'a.go',
    status: after === undefined ? ('removed' as const) : ('modified' as const),
    hunks: hunksBetween(before, after ?? '', context),
  };
  const head = new Map(after === undefined ? [] : [['a.go', idOf(after)]]);
  const texts = new Map<string, BlobText>(after === undefined ? [] : [[idOf(after), { kind: 'text', text: after }]]);
  const [one] = derivations([changed], new Map([['a.go', idOf(before)]]), head);
  return one && derived(one, texts);
}

test('property: the hunks lead back to the base', () => {
  const next = random(31);
  for (let round = 0; round < 300; round++) {
    const end = next(4) === 0 ? '\r\n' : '\n';
    const lines = Array.from({ length: next(40) }, () => `l${next(5)}`);
    const after = lines.flatMap((line) => (next(8) === 0 ? [] : next(8) === 0 ? [line, 'ü'] : [line]));
    const textOf = (all: readonly string[]): string => all.join(end) + (all.length > 0 && next(3) > 0 ? end : '');
    const [before, now] = [textOf(lines), next(9) === 0 ? undefined : textOf(after)];
    if (before === now || before === '') continue;
    expect(derive(before, now, next(4))).toEqual({ kind: 'text', text: before });
  }
});

test('a patch that does not belong to the blobs derives nothing', () => {
  const texts = new Map<string, BlobText>([['h', { kind: 'text', text: 'a\nb\n' }]]);
  const hunks = hunksBetween('x\n', 'y\n');
  expect(derived({ oid: idOf('x\n'), headOid: 'h', hunks }, texts)).toBeUndefined();
  expect(
    derived({ oid: idOf('other\n'), headOid: 'h', hunks: hunksBetween('a\nc\n', 'a\nb\n') }, texts),
  ).toBeUndefined();
  expect(derived({ oid: idOf('x\n'), headOid: 'absent', hunks }, texts)).toBeUndefined();
});

test('a blob that stands at head, too, and a file without hunks are read', () => {
  const hunks = hunksBetween('a\n', 'b\n');
  const changed = { path: 'a.go', status: 'modified' as const, hunks };
  expect(
    derivations(
      [changed],
      new Map([['a.go', '1']]),
      new Map([
        ['a.go', '2'],
        ['b.go', '1'],
      ]),
    ),
  ).toEqual([]);
  expect(derivations([{ ...changed, hunks: [] }], new Map([['a.go', '1']]), new Map([['a.go', '2']]))).toEqual([]);
});
