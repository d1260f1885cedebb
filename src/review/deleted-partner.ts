/**
 * The deleted line that a leak misses: a change that removes `defer cancel()`, `close(results)` or a receive makes old
 * code leak although no line that is left was touched.
 *
 * 1. Deleted lines of the function around the diagnostic are asked first, then those of the package's other functions.
 * 2. A line counts when it holds an operation that ends or answers something (table below).
 * 3. In the function such a line is enough, better when it names what the diagnostic names; elsewhere it must name it.
 */
import type { Diagnostic } from '../analysis/diagnostic.ts';
import type { ChangedLine, ChangeMap, FileChanges } from './change-map.ts';
import type { Anchor } from './finding.ts';
import { folderOf } from './renamed-folder.ts';

/** The lines of the declared function around a 1-based line of a head file; undefined outside of functions. */
export type FunctionLines = (
  path: string,
  line: number,
) => { readonly startLine: number; readonly endLine: number } | undefined;

/** Operations that answer, release or end something, as they look in one line of source, and how telling each is. */
const partners: readonly { readonly looks: RegExp; readonly weight: number }[] = [
  { looks: /\bclose\s*\(/, weight: 4 },
  { looks: /\b(?:cancel|stop|unsubscribe|unregister|shutdown|release)\w*\s*\(/i, weight: 4 },
  {
    looks: /\.(?:Done|Unlock|RUnlock|Wait|Stop|Close|Shutdown|Cancel|Signal|Broadcast|Unsubscribe|Add)\s*\(/,
    weight: 4,
  },
  { looks: /<-/, weight: 3 },
  { looks: /\brange\b/, weight: 2 },
  { looks: /^\s*(?:return|break|goto)\b/, weight: 1 },
  { looks: /^\s*(?:case|default|select)\b/, weight: 1 },
];

const nameBonus = 5;

interface Scored {
  readonly score: number;
  readonly distance: number;
  readonly anchor: Anchor;
}

/** The LEFT anchor at the best matching deleted line; undefined when no deleted line looks like a partner. */
export function deletedPartner(
  diagnostic: Diagnostic,
  changes: ChangeMap,
  functionLines: FunctionLines,
): Anchor | undefined {
  const { path, startLine } = diagnostic.location;
  const names = namesOf(diagnostic);
  const own = changes.get(path);
  const around = functionLines(path, startLine);
  const near =
    own && around
      ? scored(own, startLine, names, (line) => line.before >= around.startLine && line.before <= around.endLine + 1)
      : [];
  const best = bestOf(near) ?? bestOf(elsewhere(diagnostic, changes, names));
  return best?.anchor;
}

function elsewhere(diagnostic: Diagnostic, changes: ChangeMap, names: ReadonlySet<string>): readonly Scored[] {
  const dir = folderOf(diagnostic.location.path);
  return [...changes.values()]
    .filter(({ file }) => file.path.endsWith('.go') && folderOf(file.path) === dir)
    .flatMap((file) => scored(file, diagnostic.location.startLine, names, (line) => mentions(line.text, names)));
}

function scored(
  file: FileChanges,
  from: number,
  names: ReadonlySet<string>,
  wanted: (line: ChangedLine & { readonly kind: 'deleted' }) => boolean,
): readonly Scored[] {
  return [...file.left.values()].flatMap((line) => {
    if (line.kind !== 'deleted' || !wanted(line)) return [];
    const code = line.text.replace(/\/\/.*$/, '');
    const weight = Math.max(0, ...partners.filter(({ looks }) => looks.test(code)).map((partner) => partner.weight));
    if (weight === 0) return [];
    const score = weight + (mentions(code, names) ? nameBonus : 0);
    const anchor: Anchor = {
      path: file.file.path,
      side: 'LEFT',
      line: line.oldLine,
      hunk: line.hunk,
      change: 'deleted',
    };
    return [{ score, distance: Math.abs(line.before - from), anchor }];
  });
}

function bestOf(candidates: readonly Scored[]): Scored | undefined {
  return [...candidates].sort(
    (a, b) => b.score - a.score || a.distance - b.distance || a.anchor.line - b.anchor.line,
  )[0];
}

/** Identifiers in the backquoted parts of the message and advice, Go's keywords left out. */
function namesOf(diagnostic: Diagnostic): ReadonlySet<string> {
  const text = `${diagnostic.message} ${diagnostic.advice ?? ''}`;
  const quoted = [...text.matchAll(/`([^`]*)`/g)].map((match) => match[1] ?? '').join(' ');
  return new Set((quoted.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []).filter((name) => !uninformative.has(name)));
}

/** Words that many lines of Go share, so that having one in common says nothing. */
const uninformative: ReadonlySet<string> = new Set([
  ...[
    '_',
    'break',
    'case',
    'chan',
    'close',
    'defer',
    'default',
    'for',
    'func',
    'go',
    'if',
    'make',
    'nil',
    'range',
    'return',
    'select',
  ],
  ...[
    'context',
    'sync',
    'time',
    'err',
    'error',
    'Done',
    'Wait',
    'Add',
    'Lock',
    'Unlock',
    'RLock',
    'RUnlock',
    'Close',
    'Stop',
  ],
]);

function mentions(text: string, names: ReadonlySet<string>): boolean {
  return (text.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []).some((word) => names.has(word));
}
