/** Text edits in the shape of the code around them. */
import type { File, Node } from '../go/ast.ts';
import { type Offset, range } from '../text/offset.ts';
import type { TextEdit } from '../text/text-edit.ts';
import type { FixRefusal, SuggestedFix } from './diagnostic.ts';

/** The tabs and blanks before the first character of the line that holds an offset. */
export function indentAt(file: File, at: Offset): string {
  return /^[ \t]*/.exec(file.lines.lineText(file.lines.lineAt(at)))?.[0] ?? '';
}

/** Replaces a node; lines after the first take the indentation of the node's line. */
export function replaceNode(file: File, node: Node, lines: readonly string[]): TextEdit {
  return { range: node.range, newText: lines.join(`\n${indentAt(file, node.range.start)}`) };
}

/** Inserts whole lines before the line on which a node starts, indented like it. */
export function insertBefore(file: File, node: Node, lines: readonly string[]): TextEdit {
  const start = file.lines.lineStart(file.lines.lineAt(node.range.start));
  const indent = indentAt(file, node.range.start);
  return { range: range(start, start), newText: lines.map((line) => `${indent}${line}\n`).join('') };
}

/** Inserts whole lines after the line on which a node ends, indented like the line on which it starts, plus `deeper` tabs. */
export function insertAfter(file: File, node: Node, lines: readonly string[], deeper = 0): TextEdit {
  return insertAfterLine(file, node.range.end, `${indentAt(file, node.range.start)}${'\t'.repeat(deeper)}`, lines);
}

/** Inserts whole lines after the line that holds the last character before an offset. */
export function insertAfterLine(file: File, end: Offset, indent: string, lines: readonly string[]): TextEdit {
  const at = file.lines.lineEnd(file.lines.lineAt(range(Math.max(0, end - 1), end).start));
  return { range: range(at, at), newText: lines.map((line) => `${indent}${line}\n`).join('') };
}

/** Removes the whole lines that a node stands on. */
export function removeLines(file: File, node: Node): TextEdit {
  const { startLine, endLine } = file.lines.linesOf(node.range);
  return { range: range(file.lines.lineStart(startLine), file.lines.lineEnd(endLine)), newText: '' };
}

/** The lines of a node's text, with the indentation of its first line taken from the others and `deeper` tabs added. */
export function linesOf(file: File, node: Node, deeper = 0): readonly string[] {
  const indent = indentAt(file, node.range.start);
  const lines = file.text.slice(node.range.start, node.range.end).split('\n');
  return lines.map((line, at) => {
    const bare = at > 0 && line.startsWith(indent) ? line.slice(indent.length) : line;
    return bare === '' ? bare : `${'\t'.repeat(deeper)}${bare}`;
  });
}

/** A fix of one file. Verification is the caller's. */
export function fixOf(file: File, message: string, edits: readonly TextEdit[]): SuggestedFix {
  return { message, files: [{ path: file.path, edits }], verified: false };
}

/** A fix of several files; edits of the same file are put together. */
export function fixOfFiles(message: string, parts: readonly (readonly [File, TextEdit])[]): SuggestedFix {
  const files = [...new Set(parts.map(([file]) => file))];
  return {
    message,
    files: files.map((file) => ({
      path: file.path,
      edits: parts.filter(([other]) => other === file).map(([, edit]) => edit),
    })),
    verified: false,
  };
}

export function refuse(reason: string): FixRefusal {
  return { kind: 'refused', reason };
}
