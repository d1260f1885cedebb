/** Blocks of generated Go: they are written as one string each, and broken into lines where they are put into the file. */

const open = '\u0002';
const next = '\u0001';
const close = '\u0003';

/** Statements between braces; each one gets a line of its own. */
export function block(statements: readonly string[]): string {
  return `{${open}${statements.join(next)}${close}}`;
}

/** The lines of a statement as gofmt indents them, the first one with `depth` tabs. */
export function layout(statement: string, depth: number): string {
  let inside = depth;
  let text = '\t'.repeat(depth);
  for (const char of statement) {
    if (char === open) inside += 1;
    if (char === close) inside -= 1;
    text += char === open || char === close || char === next ? `\n${'\t'.repeat(inside)}` : char;
  }
  return text;
}

/** The same for a line that is indented already. */
export function laidOut(line: string): string {
  const tabs = /^\t*/.exec(line)?.[0].length ?? 0;
  return layout(line.slice(tabs), tabs);
}
