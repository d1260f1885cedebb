/**
 * Whether a text may hold a word, told from a set of bits: a package is asked for hundreds of words, most of which stand in
 * few of its files, and a bit is read in no time where a search reads the whole file.
 */
import type { File } from './ast.ts';

interface Filter {
  asked: number;
  bits: Uint32Array | undefined;
}

const filters = new WeakMap<File, Filter>();

/** A few questions are answered sooner by searches of the text than by making the bits. */
const freeQuestions = 6;

/** False only when the word is nowhere in the file as a whole word. */
export function mayHoldWord(file: File, word: string): boolean {
  let filter = filters.get(file);
  if (!filter) {
    filter = { asked: 0, bits: undefined };
    filters.set(file, filter);
  }
  filter.asked += 1;
  if (filter.asked <= freeQuestions || !/^\w+$/.test(word)) return true;
  filter.bits ??= bitsOf(file.text);
  const at = place(hashOf(word), filter.bits);
  return ((filter.bits[at >>> 5] ?? 0) & (1 << (at & 31))) !== 0;
}

/** One bit for every run of ASCII letters, digits and underscores; other characters end a run. */
function bitsOf(text: string): Uint32Array {
  const bits = new Uint32Array(wordsFor(text.length));
  let hash = 0;
  let inside = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (isPart(code)) {
      hash = mixed(inside ? hash : 0, code);
      inside = true;
    } else if (inside) {
      set(bits, hash);
      inside = false;
    }
  }
  if (inside) set(bits, hash);
  return bits;
}

/** Two bits per unit of text, which makes one answer in a hundred a wrong yes; a power of two. */
function wordsFor(length: number): number {
  let words = 128;
  while (words * 16 < length && words < 1 << 15) words *= 2;
  return words;
}

function isPart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95;
}

function mixed(hash: number, code: number): number {
  return Math.imul(hash, 31) + code;
}

function hashOf(word: string): number {
  let hash = 0;
  for (let at = 0; at < word.length; at += 1) hash = mixed(hash, word.charCodeAt(at));
  return hash;
}

function place(hash: number, bits: Uint32Array): number {
  const spread = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return (spread ^ (spread >>> 13)) & (bits.length * 32 - 1);
}

function set(bits: Uint32Array, hash: number): void {
  const at = place(hash | 0, bits);
  bits[at >>> 5] = (bits[at >>> 5] ?? 0) | (1 << (at & 31));
}
