/** Links into the repository and the documentation. */
import { wellFormed } from '../text/well-formed.ts';
import type { RepositoryRef } from './ports.ts';

/** What links are built from. */
export interface LinkBase {
  /** Scheme and host without a final slash: `https://github.com`. */
  readonly host: string;
  readonly repository: RepositoryRef;
  readonly headSha: string;
  /** The commit whose lines LEFT anchors count. */
  readonly mergeBaseSha: string;
  /** Address of a rule's page. */
  readonly ruleUrl: (rule: string) => string;
}

/** A permanent link to lines of a file: at head, or at the merge base for deleted lines. */
export function permalink(
  base: LinkBase,
  path: string,
  startLine: number,
  endLine = startLine,
  side: 'LEFT' | 'RIGHT' = 'RIGHT',
): string {
  const sha = side === 'LEFT' ? base.mergeBaseSha : base.headSha;
  const { owner, name } = base.repository;
  const lines = endLine > startLine ? `#L${startLine}-L${endLine}` : `#L${startLine}`;
  return `${base.host}/${[owner, name, 'blob', sha, ...path.split('/')].map(segment).join('/')}${lines}`;
}

/** Percent-encodes what a URL or a Markdown link would take for syntax. */
function segment(text: string): string {
  return encodeURIComponent(wellFormed(text)).replace(
    /[()!'*~_]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
