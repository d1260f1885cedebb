import { expect, test } from 'vitest';
import { parseFile } from '../../src/go/file.ts';
import { mayHoldWord } from '../../src/go/word-filter.ts';

const text = 'package p\n\n// naïve—word: größe, snake_case and x9\nfunc alpha(beta int) { gamma.delta(beta) }\n';

/** Asks often enough that the filter is made. */
function ask(word: string): boolean {
  const file = parseFile({ path: 'p.go', text });
  for (let times = 0; times < 20; times += 1) mayHoldWord(file, `other${times}`);
  return mayHoldWord(file, word);
}

test('every word of the text may be there', () => {
  for (const word of ['package', 'p', 'word', 'snake_case', 'x9', 'alpha', 'beta', 'gamma', 'delta', 'int']) {
    expect(ask(word), word).toBe(true);
  }
});

test('a word with other letters than ASCII is never ruled out', () => {
  expect(ask('größe')).toBe(true);
  expect(ask('naïve')).toBe(true);
});

test('most words that are not there are ruled out, parts of words included', () => {
  const absent = ['alph', 'lpha', 'elta', 'snake', 'case', ...Array.from({ length: 95 }, (_, at) => `absent${at}`)];
  expect(absent.filter(ask).length).toBeLessThan(10);
});
