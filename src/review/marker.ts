/**
 * The hidden last line of everything we post: what was said, for which head, and what became of it. GitHub is the memory
 * of the App; the marker is how it reads its own hand.
 */
import { createHash } from 'node:crypto';
import type { Diagnostic } from '../analysis/diagnostic.ts';
import type { Structure } from '../analysis/fingerprint.ts';

/** What became of a finding, where the thread on GitHub does not say it itself. Absent = open. */
export type MarkedState =
  /** Gone at this commit: repaired, `applied` when by our suggestion, or silenced in the source. */
  | { readonly kind: 'fixed'; readonly sha: string; readonly applied?: true }
  | { readonly kind: 'silenced'; readonly sha: string }
  /** A person said so by a command. */
  | { readonly kind: 'ignored'; readonly by: string; readonly reason: string }
  /** Open although its thread is resolved: the thread was resolved for another finding, or reopened by a command. */
  | { readonly kind: 'reopened' }
  /** Never commented, since it was over the limit. */
  | { readonly kind: 'listed' };

export interface MarkedFinding {
  readonly rule: string;
  /** The fingerprint under which it was said first; it names the finding as long as the pull request lives. */
  readonly fingerprint: string;
  /** What it looked like when it was last seen; markers of older versions have none. */
  readonly structure?: Structure;
  /** Hash of its message without numbers. */
  readonly message?: string;
  readonly path?: string;
  readonly state?: MarkedState;
}

export interface Marker {
  readonly head: string;
  readonly findings: readonly MarkedFinding[];
}

const format = 2;
const readable: ReadonlySet<unknown> = new Set([1, format]);

/** UTF-16 units of a path or function name in a marker; they are hints, and a comment has a limit. */
const maxHint = 300;

/** A finding as markers hold it, named by `fingerprint` (default: its own). */
export function marked(diagnostic: Diagnostic, fingerprint = diagnostic.fingerprint): MarkedFinding {
  const { rule, structure, location } = diagnostic;
  return {
    rule,
    fingerprint,
    ...(structure && { structure: { ...structure, function: structure.function.slice(0, maxHint) } }),
    message: messageHash(diagnostic),
    path: location.path.slice(0, maxHint),
  };
}

/** Eight hexadecimal digits for what the message says, whatever the line numbers in it. */
export function messageHash({ message }: Diagnostic): string {
  return createHash('sha256').update(message.replace(/\d+/g, '#')).digest('hex').slice(0, 8);
}

/** Ends a comment, a line, or turns the text around in an editor. */
const escaped = /[<>&\-\u007f-\u009f\u2028\u2029]|\p{Cf}/gu;

/** An HTML comment on one line. Its text cannot end the comment or the line: such characters are escaped as JSON allows. */
export function markerText(marker: Marker): string {
  const json = JSON.stringify({ v: format, head: marker.head, findings: marker.findings.map(encoded) });
  return `<!-- goplumber: ${json.replace(escaped, inUnits)} -->`;
}

function inUnits(text: string): string {
  const units = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at).toString(16).padStart(4, '0'));
  return units.map((unit) => `\\u${unit}`).join('');
}

function encoded({ rule, fingerprint, structure, message, path, state }: MarkedFinding): readonly unknown[] {
  const look = structure && [structure.code, structure.shape, structure.body, structure.function, structure.outline];
  return [rule, fingerprint, ...(path === undefined && !state ? [] : [{ look, message, path, state }])];
}

// A path may hold a line separator, which ends no line of a comment.
const line = /^<!-- goplumber: (\{.*\}) -->\s*$/s;

/**
 * The marker of a body of ours: its last line, else the last one outside of fenced blocks, should a person have written
 * below it. Source text quoted further up may look like a marker, but the true one comes after it. The caller vouches
 * that the App wrote the body.
 */
export function readMarker(body: string): Marker | undefined {
  const found = markerLine(body);
  if (found === undefined) return undefined;
  try {
    return markerOf(JSON.parse(line.exec(found)?.[1] ?? ''));
  } catch {
    return undefined;
  }
}

/** The body without its marker, and without blank lines at its end. */
export function withoutMarker(body: string): string {
  const found = markerLine(body);
  if (found === undefined) return body.trimEnd();
  const at = body.lastIndexOf(found);
  return (body.slice(0, at) + body.slice(at + found.length)).trimEnd();
}

function markerLine(body: string): string | undefined {
  const lines = body.trimEnd().split(/\r?\n/);
  const last = lines.at(-1) ?? '';
  if (line.test(last)) return last;
  let fence = '';
  let found: string | undefined;
  for (const one of lines) {
    const [, mark = ''] = /^ {0,3}(`{3,}|~{3,})/.exec(one) ?? [];
    if (fence === '') fence = mark;
    else if (mark.startsWith(fence)) fence = '';
    if (fence === '' && line.test(one)) found = one;
  }
  return found;
}

function markerOf(value: unknown): Marker | undefined {
  if (!isRecord(value)) return undefined;
  const { v, head, findings } = value;
  if (!readable.has(v) || typeof head !== 'string' || !Array.isArray(findings)) return undefined;
  return { head, findings: findings.flatMap(findingOf) };
}

function findingOf(entry: unknown): readonly MarkedFinding[] {
  if (!Array.isArray(entry)) return [];
  const [rule, fingerprint, more] = entry as readonly unknown[];
  if (typeof rule !== 'string' || typeof fingerprint !== 'string') return [];
  if (!isRecord(more)) return [{ rule, fingerprint }];
  const structure = structureOf(more['look']);
  const state = stateOf(more['state']);
  const { message, path } = more;
  return [
    {
      rule,
      fingerprint,
      ...(structure && { structure }),
      ...(typeof message === 'string' && { message }),
      ...(typeof path === 'string' && { path }),
      ...(state && { state }),
    },
  ];
}

function structureOf(value: unknown): Structure | undefined {
  if (!Array.isArray(value)) return undefined;
  // Markers of older versions have no outline.
  const [code, shape, body, name, outline = ''] = value as readonly unknown[];
  if (![code, shape, body, name, outline].every((part) => typeof part === 'string')) return undefined;
  return {
    code: String(code),
    shape: String(shape),
    outline: String(outline),
    body: String(body),
    function: String(name),
  };
}

function stateOf(value: unknown): MarkedState | undefined {
  if (!isRecord(value)) return undefined;
  const { kind, sha, by, reason, applied } = value;
  if (kind === 'fixed' && typeof sha === 'string') return { kind, sha, ...(applied === true && { applied }) };
  if (kind === 'silenced' && typeof sha === 'string') return { kind, sha };
  if (kind === 'ignored' && typeof by === 'string' && typeof reason === 'string') return { kind, by, reason };
  return kind === 'reopened' || kind === 'listed' ? { kind } : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
