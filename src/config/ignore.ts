/**
 * Path patterns as in .gitignore, without brackets and braces. No regular expressions are built: a pattern is matched
 * in time bounded by its length times the path's, whatever its author wrote.
 */

interface Pattern {
  readonly negated: boolean;
  /** Parts between slashes; `**` stands for any number of folders. */
  readonly segments: readonly string[];
}

/**
 * A predicate over slash-separated paths relative to the repository root. The last pattern that matches decides;
 * `!` takes back. A pattern without an inner slash matches at any depth; a pattern that matches a folder matches all
 * that it holds.
 */
export function ignoreMatcher(patterns: readonly string[]): (path: string) => boolean {
  const parsed = patterns.map(parsePattern);
  return (path) => {
    const parts = path.split('/');
    return parsed.findLast((pattern) => matchSegments(pattern.segments, parts))?.negated === false;
  };
}

function parsePattern(text: string): Pattern {
  const negated = text.startsWith('!');
  const body = (negated ? text.slice(1) : text).replace(/^\.\//, '');
  const folder = body.endsWith('/');
  const anchored = body.replace(/\/$/, '').includes('/');
  const segments = body.split('/').filter((segment) => segment !== '');
  return { negated, segments: [...(anchored ? [] : ['**']), ...segments, ...(folder ? ['*'] : []), '**'] };
}

function matchSegments(segments: readonly string[], parts: readonly string[]): boolean {
  return matchWithWildcard(segments, parts, (segment) => segment === '**', matchSegment);
}

function matchSegment(segment: string, part: string): boolean {
  return matchWithWildcard(
    [...segment],
    [...part],
    (char) => char === '*',
    (char, other) => char === '?' || char === other,
  );
}

/** Matches a sequence in which a wildcard stands for any number of elements; only the last wildcard is ever retried. */
function matchWithWildcard<P, T>(
  pattern: readonly P[],
  items: readonly T[],
  isWildcard: (element: P) => boolean,
  same: (element: P, item: T) => boolean,
): boolean {
  let at = 0;
  let next = 0;
  let wildcard = -1;
  let retry = 0;
  while (next < items.length) {
    const element = pattern[at];
    if (element !== undefined && isWildcard(element)) {
      wildcard = at++;
      retry = next;
    } else if (element !== undefined && same(element, items[next] as T)) {
      at++;
      next++;
    } else if (wildcard !== -1) {
      at = wildcard + 1;
      next = ++retry;
    } else return false;
  }
  return pattern.slice(at).every(isWildcard);
}
