/** Finds the declarations whose text holds a word, without lowering them. */

import { work } from '../work/meter.ts';
import type { Decl, File } from './ast.ts';
import { mayHoldWord } from './word-filter.ts';

/** In source order. A file without any of the words is not even parsed. */
export function declsWithWords(file: File, words: readonly string[]): readonly Decl[] {
  const found = new Set(words.flatMap((word) => indexesOf(file, word)));
  return [...found].sort((a, b) => a - b).flatMap((index) => file.decls[index] ?? []);
}

/** The same few names are looked for again and again, also in versions of the package that share most files. */
const known = new WeakMap<File, Map<string, readonly number[]>>();

function indexesOf(file: File, word: string): readonly number[] {
  if (word === '' || !mayHoldWord(file, word)) return [];
  let byWord = known.get(file);
  if (!byWord) {
    byWord = new Map();
    known.set(file, byWord);
  }
  let indexes = byWord.get(word);
  if (!indexes) {
    indexes = file.text.includes(word) ? collect(file.text, file.decls, word) : [];
    byWord.set(word, indexes);
  }
  return indexes;
}

/** The engine of the language searches a text faster than it looks at nodes. */
const charactersPerStep = 500;

function collect(text: string, decls: readonly Decl[], word: string): readonly number[] {
  work(text.length / charactersPerStep);
  const found: number[] = [];
  let at = text.indexOf(word);
  while (at !== -1) {
    work();
    const index = isWhole(text, at, word.length) ? declIndexAt(decls, at) : -1;
    const decl = decls[index];
    if (decl) found.push(index);
    at = text.indexOf(word, decl ? decl.range.end : at + word.length);
  }
  return found;
}

function isWhole(text: string, at: number, length: number): boolean {
  return !isWordPart(text, at - 1) && !isWordPart(text, at + length);
}

function isWordPart(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (Number.isNaN(code)) return false;
  if (code < 128)
    return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95;
  return /[\p{L}\p{Nd}]/u.test(text.charAt(at));
}

/** Index of the declaration whose range holds an offset; -1 when none does. */
export function declIndexAt(decls: readonly Decl[], at: number): number {
  let low = 0;
  let high = decls.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((decls[middle]?.range.start ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  const decl = decls[low];
  return decl && decl.range.start <= at && at < decl.range.end ? low : -1;
}
