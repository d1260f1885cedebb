/**
 * Columns that gofmt lines up in neighbouring lines of one block: trailing comments, types of struct fields, values of keyed
 * elements. A complaint is a reason to offer no click; the rule of gofmt that lets very unequal keys alone is kept.
 */
import { piecesOf } from './normalize.ts';

/** What must be known of a line: where it belongs, and whether it stands in a struct type. */
export interface LineBlock {
  readonly inside: boolean;
  readonly outer: number;
  readonly struct: boolean;
}

/** One line cut at a column that neighbours share. */
interface Cell {
  /** Length of what stands before, without the blanks that line up. */
  readonly before: number;
  readonly column: number;
}

type Cut = (line: string, block: LineBlock) => Cell | undefined;

/** The first complaint about the columns around a line, 1-based; undefined when gofmt would leave them. */
export function columnComplaint(
  content: readonly string[],
  blocks: readonly LineBlock[],
  number: number,
): string | undefined {
  if (isRagged(runAround(content, blocks, number, commentCell))) return 'has a comment out of line with its neighbour';
  if (isRagged(runAround(content, blocks, number, fieldCell))) return 'has a type out of line with its neighbour';
  if (isRagged(comparable(runAround(content, blocks, number, valueCell))))
    return 'has a value out of line with its neighbour';
  return undefined;
}

/** Cells of the lines around that belong together, the asked one among them; empty when it has none. */
function runAround(
  content: readonly string[],
  blocks: readonly LineBlock[],
  number: number,
  cut: Cut,
): readonly Cell[] {
  const cellAt = (at: number): Cell | undefined => {
    const [line, block, own] = [content[at], blocks[at], blocks[number - 1]];
    if (line === undefined || !block || !own || block.inside || block.outer !== own.outer) return undefined;
    return indentOf(line) === indentOf(content[number - 1] ?? '') ? cut(line, block) : undefined;
  };
  const own = cellAt(number - 1);
  if (!own) return [];
  const cells = [own];
  for (let at = number - 2, cell = cellAt(at); cell; at -= 1, cell = cellAt(at)) cells.unshift(cell);
  for (let at = number, cell = cellAt(at); cell; at += 1, cell = cellAt(at)) cells.push(cell);
  return cells;
}

/** Columns differ, or are further to the right than the longest line needs. */
function isRagged(cells: readonly Cell[]): boolean {
  if (cells.length === 0) return false;
  const needed = Math.max(...cells.map((cell) => cell.before)) + 1;
  return cells.some((cell) => cell.column !== needed);
}

/** gofmt lines keys up only while their lengths are alike (ratio 2.5); runs with unequal keys are not judged. */
function comparable(cells: readonly Cell[]): readonly Cell[] {
  const lengths = cells.map((cell) => cell.before);
  return Math.max(...lengths) < 2.5 * Math.min(...lengths) ? cells : [];
}

function commentCell(line: string): Cell | undefined {
  let column = 0;
  for (const piece of piecesOf(line)) {
    if (piece.startsWith('//')) {
      const code = line.slice(0, column).trimEnd();
      return code === '' ? undefined : { before: code.length, column };
    }
    column += piece.length;
  }
  return undefined;
}

function fieldCell(line: string, { struct }: LineBlock): Cell | undefined {
  const match = struct ? /^(\t*[\p{L}_][\p{L}\p{N}_]*(?:, [\p{L}_][\p{L}\p{N}_]*)*)( +)[^\s/=]/u.exec(line) : undefined;
  return match ? { before: (match[1] ?? '').length, column: match[0].length - 1 } : undefined;
}

/** `key: value,` on one line. */
function valueCell(line: string, { struct }: LineBlock): Cell | undefined {
  const match = struct ? undefined : /^(\t+(?:[\p{L}_][\p{L}\p{N}_.]*|"[^"\\]*"):)( +)\S.*,$/u.exec(line);
  const [, key, gap] = match ?? [];
  return key !== undefined && gap !== undefined ? { before: key.length, column: key.length + gap.length } : undefined;
}

function indentOf(line: string): number {
  return /^\t*/.exec(line)?.[0].length ?? 0;
}
