/** The import paths of a file, read off its head without parsing. */
import { commentEnd } from './comments.ts';
import { readHeader } from './file-header.ts';

/** A file that imports more is generated or hostile. */
const maxImports = 2_000;

const clause = /package(?:\s|\/\*[^*]*\*\/)+[\p{L}_][\p{L}\p{Nd}_]*/uy;
const keyword = /import\b/y;
const spec = /(?:[\p{L}_][\p{L}\p{Nd}_]*|\.)?[ \t]*(?:"([^"\n]*)"|`([^`]*)`)/uy;

/** Each path once, in the order of the text. Never throws; stops at the first thing that is no import. */
export function scanImports(text: string): readonly string[] {
  const scan = new Scan(text, readHeader(text).comments.length);
  const found = new Set<string>();
  if (!scan.take(clause)) return [];
  while (scan.skip() && scan.take(keyword)) {
    scan.skip();
    if (!scan.char('(')) {
      const path = scan.take(spec);
      if (!path) break;
      found.add(path[1] ?? path[2] ?? '');
      continue;
    }
    while (scan.skip() && !scan.char(')')) {
      const path = scan.take(spec);
      if (!path || found.size >= maxImports) return [...found];
      found.add(path[1] ?? path[2] ?? '');
    }
  }
  found.delete('');
  return [...found];
}

class Scan {
  readonly #text: string;
  #at: number;

  constructor(text: string, at: number) {
    this.#text = text;
    this.#at = at;
  }

  take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match) this.#at = pattern.lastIndex;
    return match ?? undefined;
  }

  char(wanted: string): boolean {
    if (this.#text[this.#at] !== wanted) return false;
    this.#at += 1;
    return true;
  }

  /** Passes over blanks, semicolons and comments; false at the end of the text. */
  skip(): boolean {
    while (this.#at < this.#text.length) {
      const here = this.#text.charAt(this.#at);
      if (/[\s;\uFEFF]/.test(here)) this.#at += 1;
      else {
        const end = here === '/' ? commentEnd(this.#text, this.#at) : undefined;
        if (end === undefined) return true;
        this.#at = end;
      }
    }
    return false;
  }
}
