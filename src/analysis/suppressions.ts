/**
 * How a user silences one place: `//goplumber:ignore <rule>[,<rule>] <reason>` on the line or the line above, and
 * golangci-lint's `//nolint` (bare, or with `goplumber` or `all` in its list).
 *
 * A directive covers the diagnostics whose location or subject starts on the covered line: its own line when code
 * stands before it, else the next line that is not a comment. A `//nolint` above (or on the first line of) a function
 * covers the function, and above the package clause the file, as golangci-lint has it. An `ignore` without a reason
 * does not silence anything; it is reported.
 */
import type { Comment, File } from '../go/ast.ts';
import type { Report } from './diagnostic.ts';
import { locationOf } from './locate.ts';

/** A directive that silences something. Lines are 1-based and inclusive. */
export interface Suppression {
  readonly kind: 'ignore' | 'nolint';
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  /** Rule ids; absent = all. */
  readonly rules?: ReadonlySet<string>;
  readonly reason: string;
}

export interface Directives {
  readonly suppressions: readonly Suppression[];
  /** Directives that do not do what their author meant, for the rule `bad-directive`. */
  readonly bad: readonly Report[];
}

const NOLINT = /^\/\/\s*nolint(?::([^\n/]*))?(?:\s|$|\/\/)/;

/** Reads the directives of a file. `known` are the rule ids that an `ignore` may name. */
export function directivesOf(file: File, known: ReadonlySet<string>): Directives {
  if (!/goplumber:|nolint/.test(file.text)) return { suppressions: [], bad: [] };
  const suppressions: Suppression[] = [];
  const bad: Report[] = [];
  for (const comment of file.comments) {
    const ignore = directiveIn(comment.text);
    if (ignore) {
      const { rules, problems } = readIgnore(ignore, known);
      if (rules.size > 0) suppressions.push({ ...coverage(file, comment, 'ignore'), rules, reason: ignore.reason });
      for (const problem of problems) bad.push(badDirective(file, comment, problem));
    } else if (silencesAll(comment.text)) {
      suppressions.push({ ...coverage(file, comment, 'nolint'), reason: nolintReason(comment.text) });
    }
  }
  return { suppressions, bad };
}

/** The first suppression that covers a report of a rule. */
export function suppressionFor(
  suppressions: readonly Suppression[],
  rule: string,
  report: Report,
): Suppression | undefined {
  const places = report.subject ? [report.location, report.subject] : [report.location];
  return suppressions.find(
    (one) =>
      (!one.rules || one.rules.has(rule)) &&
      places.some(
        (place) => place.path === one.path && place.startLine >= one.startLine && place.startLine <= one.endLine,
      ),
  );
}

interface Written {
  readonly verb: string;
  readonly list: string;
  readonly reason: string;
}

/** A longer reason is no reason any more. UTF-16 units. */
const maxReason = 500;

/** Reads `//goplumber:<verb> <list> <reason>` word by word: each character is looked at once. */
function directiveIn(text: string): Written | undefined {
  const rest = /^\/\/\s?goplumber:/.exec(text);
  if (!rest) return undefined;
  const [verb, afterVerb] = wordAt(text, rest[0].length);
  const [list, afterList] = wordAt(text, skipBlanks(text, afterVerb));
  return { verb, list, reason: text.slice(afterList).trim().slice(0, maxReason) };
}

function wordAt(text: string, start: number): readonly [string, number] {
  let end = start;
  while (end < text.length && text.charAt(end).trim() !== '') end++;
  return [text.slice(start, end), end];
}

function skipBlanks(text: string, start: number): number {
  let at = start;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at;
}

/** So many unknown names are named one by one. */
const maxUnknown = 10;

function readIgnore(
  { verb, list, reason }: Written,
  known: ReadonlySet<string>,
): { readonly rules: ReadonlySet<string>; readonly problems: readonly string[] } {
  const none = new Set<string>();
  if (verb !== 'ignore')
    return {
      rules: none,
      problems: [`\`goplumber:${verb.slice(0, 80)}\` is no directive; write \`goplumber:ignore <rule> <reason>\``],
    };
  if (list === '') return { rules: none, problems: ['this `goplumber:ignore` names no rule'] };
  const names = list.split(',').filter((name) => name !== '');
  const unknown = names.filter((name) => !known.has(name));
  const problems = unknown
    .slice(0, maxUnknown)
    .map(
      (name) => `\`${name.slice(0, 80)}\` is not a rule of Goplumber, so this \`goplumber:ignore\` has no effect on it`,
    );
  if (unknown.length > maxUnknown)
    problems.push(`${unknown.length - maxUnknown} more names are not rules of Goplumber in this \`goplumber:ignore\``);
  if (reason !== '') return { rules: new Set(names.filter((name) => known.has(name))), problems };
  return { rules: none, problems: [...problems, 'this `goplumber:ignore` gives no reason and has no effect'] };
}

function badDirective(file: File, comment: Comment, message: string): Report {
  return {
    location: locationOf(file, comment.range),
    message,
    advice: 'Write `//goplumber:ignore <rule>[,<rule>] <reason>` on the line or the line above.',
  };
}

function silencesAll(text: string): boolean {
  const match = NOLINT.exec(text);
  if (!match) return false;
  if (match[1] === undefined) return !/^\/\/\s*nolint:/.test(text);
  const names = match[1].split(',').map((name) => name.trim().split(/\s/, 1)[0]?.toLowerCase());
  return names.includes('goplumber') || names.includes('all');
}

function nolintReason(text: string): string {
  const at = text.indexOf('//', 2);
  return at === -1 ? 'nolint' : `nolint: ${text.slice(at + 2).trim()}`;
}

function coverage(file: File, comment: Comment, kind: Suppression['kind']): Omit<Suppression, 'reason'> {
  const own = file.lines.lineAt(comment.range.start);
  const trailing = file.text.slice(file.lines.lineStart(own), comment.range.start).trim() !== '';
  const line = trailing ? own : nextCodeLine(file, own);
  const covered = { kind, path: file.path, startLine: line, endLine: line };
  if (kind === 'ignore') return covered;
  if (/^\s*package\s/.test(file.lines.lineText(line))) return { ...covered, endLine: file.lines.lineCount };
  const decl = file.decls.find(
    (candidate) => candidate.kind === 'FuncDecl' && file.lines.lineAt(candidate.range.start) === line,
  );
  return decl ? { ...covered, endLine: file.lines.linesOf(decl.range).endLine } : covered;
}

function nextCodeLine(file: File, from: number): number {
  let line = from + 1;
  while (line < file.lines.lineCount && /^\s*\/\//.test(file.lines.lineText(line))) line += 1;
  return line;
}
