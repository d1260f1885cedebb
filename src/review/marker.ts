/**
 * The hidden last line of everything we post: what was said, and for which head. GitHub is the memory of the App; the
 * marker is how it reads its own hand.
 */

export interface MarkedFinding {
  readonly rule: string;
  readonly fingerprint: string;
}

export interface Marker {
  readonly head: string;
  readonly findings: readonly MarkedFinding[];
}

const format = 1;

/** An HTML comment on one line. Its text cannot end the comment: `<`, `>`, `-` are escaped as JSON allows. */
export function markerText(marker: Marker): string {
  const json = JSON.stringify({
    v: format,
    head: marker.head,
    findings: marker.findings.map(({ rule, fingerprint }) => [rule, fingerprint]),
  });
  return `<!-- goplumber: ${json.replace(/[<>&-]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)} -->`;
}

/**
 * The marker of a body of ours. Only the last line counts: source text quoted further up may look like a marker, but a
 * comment always ends with the true one. The caller vouches that the App wrote the body.
 */
export function readMarker(body: string): Marker | undefined {
  const last = body.trimEnd().split(/\r?\n/).at(-1) ?? '';
  const json = /^<!-- goplumber: (\{.*\}) -->$/.exec(last)?.[1];
  if (json === undefined) return undefined;
  try {
    return markerOf(JSON.parse(json));
  } catch {
    return undefined;
  }
}

function markerOf(value: unknown): Marker | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { v, head, findings } = value as { readonly v?: unknown; readonly head?: unknown; readonly findings?: unknown };
  if (v !== format || typeof head !== 'string' || !Array.isArray(findings)) return undefined;
  return {
    head,
    findings: findings.flatMap((entry: unknown): MarkedFinding[] => {
      if (!Array.isArray(entry)) return [];
      const [rule, fingerprint] = entry as readonly unknown[];
      return typeof rule === 'string' && typeof fingerprint === 'string' ? [{ rule, fingerprint }] : [];
    }),
  };
}
