import { describe, expect, test } from 'vitest';
import { LineIndex } from '../../src/text/line-index.ts';
import { contains, offset, overlaps, range } from '../../src/text/offset.ts';
import { applyEdits } from '../../src/text/text-edit.ts';

describe('LineIndex', () => {
  const lines = new LineIndex('one\r\ntwo 😀x\n\nfour');

  test('offsets to lines and back', () => {
    expect(lines.lineCount).toBe(4);
    expect([0, 4, 5, 13, 14, 15, 99].map((at) => lines.lineAt(offset(at)))).toEqual([1, 1, 2, 3, 4, 4, 4]);
    expect([1, 2, 3, 4, 9].map((line) => lines.lineStart(line))).toEqual([0, 5, 13, 14, 18]);
    expect([1, 2, 3, 4].map((line) => lines.lineEnd(line))).toEqual([5, 13, 14, 18]);
  });

  test('columns count UTF-16 units', () => {
    expect(lines.positionAt(offset(11))).toEqual({ line: 2, column: 7 });
  });

  test('the text of a line has no line ending', () => {
    expect([1, 2, 3, 4].map((line) => lines.lineText(line))).toEqual(['one', 'two 😀x', '', 'four']);
  });

  test('lines that a range touches', () => {
    expect(lines.linesOf(range(0, 5))).toEqual({ startLine: 1, endLine: 1 });
    expect(lines.linesOf(range(0, 6))).toEqual({ startLine: 1, endLine: 2 });
    expect(lines.linesOf(range(5, 5))).toEqual({ startLine: 2, endLine: 2 });
  });

  test('an empty text has one empty line', () => {
    const empty = new LineIndex('');
    expect([empty.lineCount, empty.lineAt(offset(0)), empty.lineText(1)]).toEqual([1, 1, '']);
  });
});

test('ranges', () => {
  expect(contains(range(1, 5), range(1, 5))).toBe(true);
  expect(contains(range(1, 5), range(0, 2))).toBe(false);
  expect(overlaps(range(1, 3), range(3, 5))).toBe(false);
  expect(overlaps(range(1, 4), range(3, 5))).toBe(true);
});

describe('applyEdits', () => {
  const edit = (start: number, end: number, newText: string) => ({ range: range(start, end), newText });

  test('edits refer to the original text, in any order', () => {
    expect(applyEdits('abcdef', [edit(4, 5, 'X'), edit(0, 1, ''), edit(2, 2, '--')])).toBe('b--cdXf');
  });

  test('insertions at one place keep their order; before a replacement there', () => {
    expect(applyEdits('ab', [edit(1, 1, 'x'), edit(1, 1, 'y')])).toBe('axyb');
    expect(applyEdits('ab', [edit(1, 1, 'x'), edit(1, 2, 'y')])).toBe('axy');
  });

  test('overlaps and places outside the text are conflicts', () => {
    expect(applyEdits('abc', [edit(0, 2, 'x'), edit(1, 3, 'y')])).toEqual({
      kind: 'conflict',
      reason: 'two edits overlap',
    });
    expect(applyEdits('abc', [edit(2, 4, 'x')])).toEqual({ kind: 'conflict', reason: 'an edit lies outside the text' });
    expect(applyEdits('abc', [edit(2, 1, 'x')])).toEqual({ kind: 'conflict', reason: 'an edit lies outside the text' });
  });

  test('no edits leave the text', () => {
    expect(applyEdits('abc', [])).toBe('abc');
  });
});
