/**
 * Whether changed lines have the shape that gofmt gives them, as far as that can be told without gofmt: indentation by
 * tabs according to the brackets around, no trailing white space, no lines of white space only, one blank line at most,
 * neighbouring lines in their columns (`gofmt-columns.ts`). Works on text; contents of raw strings and comments are left
 * alone.
 */
import { columnComplaint } from './gofmt-columns.ts';
import { isComment, piecesOf } from './normalize.ts';

/** What is known of the start of a line: the brackets that are open there. */
interface LineState {
  /** Inside a raw string or a block comment that began on an earlier line. */
  readonly inside: boolean;
  /** The innermost open bracket is that of a struct type. */
  readonly struct: boolean;
  /** Indentation of the line that holds the innermost open bracket; -1 at top level. */
  readonly outer: number;
  /** The line before ends in an operator, a comma or a dot, so a deeper indentation is gofmt's too. */
  readonly continued: boolean;
}

/**
 * Checks lines of a text, 1-based. Returns the first complaint, or undefined when gofmt would leave the lines as they are
 * for all we can see.
 */
export function gofmtComplaint(text: string, lines: ReadonlySet<number>): string | undefined {
  const content = text.split('\n').map((line) => line.replace(/\r$/, ''));
  const states = lineStates(text, content);
  for (const number of [...lines].sort((a, b) => a - b)) {
    const complaint = lineComplaint(content, states, number);
    if (complaint) return `line ${number} ${complaint}`;
  }
  return undefined;
}

function lineComplaint(content: readonly string[], states: readonly LineState[], number: number): string | undefined {
  const line = content[number - 1];
  const state = states[number - 1];
  if (line === undefined || !state || state.inside) return undefined;
  if (/[ \t]$/.test(line)) return 'ends in white space';
  if (line === '')
    return content[number - 2] === '' || content[number] === '' ? 'is one of several blank lines' : undefined;
  if (/^\t* /.test(line)) return 'is indented by blanks';
  const expected = expectedIndent(line, state);
  const indent = indentOf(line);
  if (indent !== expected && !(state.continued && indent === expected + 1) && !isLabel(line))
    return `is indented by ${indent} tabs where gofmt has ${expected}`;
  return columnComplaint(content, states, number);
}

function expectedIndent(line: string, state: LineState): number {
  const code = line.trim();
  if (state.outer === -1) return 0;
  return /^[)}\]]/.test(code) || /^(case\b.*|default\s*):/.test(code) ? state.outer : state.outer + 1;
}

function isLabel(line: string): boolean {
  return /^\t*[\p{L}_][\p{L}\p{N}_]*:$/u.test(line);
}

function indentOf(line: string): number {
  return /^\t*/.exec(line)?.[0].length ?? 0;
}

function lineStates(text: string, content: readonly string[]): readonly LineState[] {
  const states: LineState[] = [{ inside: false, struct: false, outer: -1, continued: false }];
  const open: { readonly base: number; readonly struct: boolean }[] = [];
  let line = 0;
  let last = '';
  // Indentation of the line on which the statement at hand began: a block belongs to its statement, not to the last
  // line of a condition that was broken.
  let base = indentOf(content[0] ?? '');
  for (const piece of piecesOf(text)) {
    if (/^[({[]$/.test(piece)) open.push({ base, struct: piece === '{' && last === 'struct' });
    // What follows a closed bracket belongs to the line on which it was opened.
    if (/^[)}\]]$/.test(piece)) base = open.pop()?.base ?? base;
    const breaks = piece.split('\n').length - 1;
    const inside = piece.trim() !== '';
    for (let i = 0; i < breaks; i++) {
      line += 1;
      const continued = /^[-+*/%&|^<>=!,.]$/.test(last);
      const { base: outer, struct } = open.at(-1) ?? { base: -1, struct: false };
      states.push({ inside, struct, outer, continued });
      if (!inside && (!continued || last === ',') && content[line] !== '') base = indentOf(content[line] ?? '');
    }
    if (inside && !isComment(piece)) last = piece;
  }
  return states;
}
