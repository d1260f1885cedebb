/**
 * The lines before a package clause that steer a build, found exactly as go/build finds them: lines end with a line feed
 * and with nothing else, and what stands in a block comment is no directive. Whoever splits at other line ends lets a
 * file be hidden here that `go list` builds.
 */

export interface BuildLines {
  /** The `//go:build` line; absent when there is none, or more than one, which is a mistake. */
  readonly goBuild?: string;
  /** `// +build` lines in a place where they count; they do only without a `//go:build` line. */
  readonly plusBuild: readonly string[];
}

/** As `parseFileHeader` and `shouldBuild` of go/build. */
export function buildLinesOf(header: string): BuildLines {
  const scan = new Scan();
  const lines = header.replace(/^\uFEFF/, '').split('\n');
  // What follows the last line feed is the line of the package clause.
  if (lines.at(-1) === '') lines.pop();
  for (const line of lines) if (!scan.line(trimSpace(line))) break;
  return scan.result();
}

class Scan {
  readonly #goBuild: string[] = [];
  #plusBuild: readonly string[] = [];
  /** Line comments since the last blank line: a `// +build` line counts only when one follows. */
  readonly #pending: string[] = [];
  #ended = false;
  #inBlock = false;

  /** Takes a line; false at the first text that is no comment. */
  line(line: string): boolean {
    if (line === '' && !this.#ended) {
      this.#plusBuild = [...this.#plusBuild, ...this.#pending.splice(0)];
      return true;
    }
    if (!line.startsWith('//')) this.#ended = true;
    if (!this.#inBlock && /^\/\/go:build(?:\s|$)/.test(line)) this.#goBuild.push(line);
    if (!this.#ended && /^\/\/\s*\+build(?:\s|$)/.test(line)) this.#pending.push(line);
    return this.#comments(line);
  }

  result(): BuildLines {
    const [goBuild, second] = this.#goBuild;
    if (goBuild === undefined) return { plusBuild: this.#plusBuild };
    return { plusBuild: [], ...(second === undefined ? { goBuild } : {}) };
  }

  #comments(line: string): boolean {
    for (let rest = line; rest !== ''; ) {
      if (this.#inBlock) {
        const end = rest.indexOf('*/');
        if (end === -1) return true;
        this.#inBlock = false;
        rest = trimSpace(rest.slice(end + 2));
      } else if (rest.startsWith('//')) return true;
      else if (rest.startsWith('/*')) {
        this.#inBlock = true;
        rest = trimSpace(rest.slice(2));
      } else return false;
    }
    return true;
  }
}

/** White space as unicode.IsSpace has it: a byte order mark is none, U+0085 is. */
function trimSpace(line: string): string {
  let start = 0;
  let end = line.length;
  while (start < end && isSpace(line.charAt(start))) start++;
  while (end > start && isSpace(line.charAt(end - 1))) end--;
  return line.slice(start, end);
}

function isSpace(char: string): boolean {
  return char === '\u0085' || (char !== '\uFEFF' && char.trim() === '');
}

/** Whether a line before the package clause has the form of https://go.dev/s/generatedcode, as ast.IsGenerated asks. */
export function saysGenerated(header: string): boolean {
  return header.split('\n').some((raw) => {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    const [prefix, suffix] = ['// Code generated ', ' DO NOT EDIT.'];
    return line.length >= prefix.length + suffix.length && line.startsWith(prefix) && line.endsWith(suffix);
  });
}
