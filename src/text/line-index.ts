import { type Offset, offset, type Position, type Range } from './offset.ts';

/**
 * Maps offsets of one text to lines and back. Lines end at `\n`; a `\r` before it belongs to the line's content as far
 * as offsets go, but `lineText` leaves it out. Built once per text in O(n), looked up in O(log lines).
 */
export class LineIndex {
  readonly text: string;
  readonly #starts: readonly number[];

  constructor(text: string) {
    this.text = text;
    const starts = [0];
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#starts = starts;
  }

  /** Number of lines; a text that ends in a newline has an empty last line, as in an editor. */
  get lineCount(): number {
    return this.#starts.length;
  }

  /** The 1-based line that holds the offset; offsets past the end belong to the last line. */
  lineAt(at: Offset): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }

  /** 1-based line and column (UTF-16 units) of an offset. */
  positionAt(at: Offset): Position {
    const line = this.lineAt(at);
    return { line, column: at - (this.#starts[line - 1] ?? 0) + 1 };
  }

  /** Offset of the first unit of a 1-based line; lines past the end give the text's length. */
  lineStart(line: number): Offset {
    return offset(this.#starts[line - 1] ?? this.text.length);
  }

  /** Offset after the line's last unit, its newline included. */
  lineEnd(line: number): Offset {
    return offset(this.#starts[line] ?? this.text.length);
  }

  /** Content of a 1-based line without its line ending. */
  lineText(line: number): string {
    return this.text.slice(this.lineStart(line), this.lineEnd(line)).replace(/\r?\n$/, '');
  }

  /** The first and last 1-based line that a range touches; an empty range touches one line. */
  linesOf(span: Range): { readonly startLine: number; readonly endLine: number } {
    const last = Math.max(span.start, span.end - 1);
    return { startLine: this.lineAt(span.start), endLine: this.lineAt(offset(last)) };
  }
}
