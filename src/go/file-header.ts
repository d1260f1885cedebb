/** What the text before and in the package clause says; read without parsing. */
import { saysGenerated } from './build-header.ts';
import { commentEnd } from './comments.ts';

export interface FileHeader {
  /** The declared package name; undefined when the text does not start with a package clause. */
  readonly packageName?: string;
  /** Everything before the package clause: comments and blank lines. */
  readonly comments: string;
}

const blank = /[\s\uFEFF\0]/;
const clause = /package(?:\s|\/\*[^*]*\*\/)+([\p{L}_][\p{L}\p{Nd}_]*)/uy;

export function readHeader(text: string): FileHeader {
  let at = 0;
  while (at < text.length) {
    if (blank.test(text.charAt(at))) at++;
    else {
      const end = text[at] === '/' ? commentEnd(text, at) : undefined;
      if (end === undefined) break;
      at = end;
    }
  }
  clause.lastIndex = at;
  const packageName = clause.exec(text)?.[1];
  return { comments: text.slice(0, at), ...(packageName === undefined ? {} : { packageName }) };
}

/** The convention of https://go.dev/s/generatedcode: such a line before the package clause. */
export function isGenerated(header: FileHeader): boolean {
  return saysGenerated(header.comments);
}
