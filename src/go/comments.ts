/** Comments by a lexical scan of the text: cheaper than walking the syntax tree, and independent of syntax errors. */

import { range } from '../text/offset.ts';
import type { Comment } from './ast.ts';

const newline = 10;
const doubleQuote = 34;
const singleQuote = 39;
const star = 42;
const slash = 47;
const backslash = 92;
const backquote = 96;

/** All comments in source order. Linear; an unterminated string ends with its line, an unterminated comment with the text. */
export function scanComments(text: string): readonly Comment[] {
  const comments: Comment[] = [];
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === slash) {
      const end = commentEnd(text, at);
      if (end !== undefined) comments.push({ range: range(at, end), text: text.slice(at, end) });
      at = end ?? at + 1;
    } else if (code === doubleQuote || code === singleQuote) at = quotedEnd(text, at, code);
    else if (code === backquote) at = rawEnd(text, at);
    else at++;
  }
  return comments;
}

/** Offset after the comment that starts at `at`; undefined when none does. */
export function commentEnd(text: string, at: number): number | undefined {
  const next = text.charCodeAt(at + 1);
  if (next === slash) {
    const end = text.indexOf('\n', at);
    const last = end === -1 ? text.length : end;
    return text[last - 1] === '\r' && last - 1 > at + 1 ? last - 1 : last;
  }
  if (next !== star) return undefined;
  const end = text.indexOf('*/', at + 2);
  return end === -1 ? text.length : end + 2;
}

function quotedEnd(text: string, start: number, quote: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === backslash) at++;
    else if (code === quote) return at + 1;
    else if (code === newline) return at;
  }
  return text.length;
}

function rawEnd(text: string, start: number): number {
  const end = text.indexOf('`', start + 1);
  return end === -1 ? text.length : end + 1;
}

/** Text of the comment that ends on the line above the declaration at `start`, without marks and `//go:` directives. */
export function docBefore(text: string, start: number): string | undefined {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  if (lineStart === 0 || text.slice(lineStart, start).trim() !== '') return undefined;
  const lines: string[] = [];
  let end = lineStart - 1;
  while (end > 0) {
    const begin = text.lastIndexOf('\n', end - 1) + 1;
    const line = text.slice(begin, end).trim();
    if (line.endsWith('*/') && lines.length === 0) return blockDoc(text, end);
    if (!line.startsWith('//')) break;
    lines.push(line);
    end = begin - 1;
  }
  const doc = lines.reverse().filter((line) => !/^\/\/[a-z]+:/.test(line));
  return doc.length === 0 ? undefined : doc.map((line) => line.slice(2).replace(/^ /, '')).join('\n');
}

function blockDoc(text: string, end: number): string | undefined {
  const close = text.lastIndexOf('*/', end);
  const open = text.lastIndexOf('/*', close);
  return open === -1 ? undefined : text.slice(open + 2, close).trim();
}
