/** Snapshots, diagnostics and rules from a few lines of text, for the tests of the review. */
import type { Diagnostic, Location, SuggestedFix } from '../../src/analysis/diagnostic.ts';
import { type AnyRule, anyRule } from '../../src/analysis/rule.ts';
import type { FindingGroup, ReviewFinding, SnapshotReview } from '../../src/review/finding.ts';
import type { LinkBase } from '../../src/review/permalink.ts';
import type { ChangedFile, PackageSources, PullRequestSnapshot } from '../../src/review/ports.ts';
import { hunksBetween } from '../../src/text/diff.ts';
import { LineIndex } from '../../src/text/line-index.ts';
import { range } from '../../src/text/offset.ts';
import type { TextEdit } from '../../src/text/text-edit.ts';

export const headSha = 'c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00';
export const baseSha = 'ba5eba11ba5eba11ba5eba11ba5eba11ba5eba11';
export const repository = { owner: 'acme', name: 'pump' };

export const links: LinkBase = {
  host: 'https://github.com',
  repository,
  headSha,
  mergeBaseSha: baseSha,
  ruleUrl: (rule) => `https://goplumber.dev/rules/${rule}`,
};

export type Files = Readonly<Record<string, string>>;

export function location(path: string, startLine: number, endLine = startLine): Location {
  return { path, range: range(startLine * 100, endLine * 100 + 50), startLine, endLine };
}

/** The first place in a text where `code` stands. */
export function placeOf(path: string, text: string, code: string): Location {
  const start = text.indexOf(code);
  if (start === -1) throw new Error(`${path} does not hold ${code}`);
  const span = range(start, start + code.length);
  return { path, range: span, ...new LineIndex(text).linesOf(span) };
}

export function diagnostic(parts: Partial<Diagnostic> & { readonly location: Location }): Diagnostic {
  return {
    rule: 'unreceived-send',
    group: 'blocked',
    severity: 'error',
    message: '`results <- v` has no receiver once `ctx` is done, so the goroutine blocks forever.',
    causes: [],
    related: [],
    witness: [],
    fixes: [],
    fingerprint: `${parts.rule ?? 'r'}-${parts.location.path}-${parts.location.startLine}`,
    ...parts,
  };
}

export function replacing(text: string, before: string, after: string): TextEdit {
  const start = text.indexOf(before);
  if (start === -1) throw new Error(`nothing to replace: ${before}`);
  return { range: range(start, start + before.length), newText: after };
}

export function fix(message: string, files: SuggestedFix['files'], verified = true): SuggestedFix {
  return { message, files, verified };
}

export function finding(parts: Partial<ReviewFinding> & { readonly diagnostic: Diagnostic }): ReviewFinding {
  const { path, startLine } = parts.diagnostic.location;
  return {
    anchor: { path, side: 'RIGHT', line: startLine, hunk: 0, change: 'added' },
    offer: { kind: 'none', reason: 'the rule offers no fix' },
    ...parts,
  };
}

export function group(first: ReviewFinding, ...rest: readonly ReviewFinding[]): FindingGroup {
  return { anchor: first.anchor, findings: [first, ...rest], offer: first.offer };
}

export function emptyReview(parts: Partial<SnapshotReview> = {}): SnapshotReview {
  return {
    repository,
    headSha,
    mergeBaseSha: baseSha,
    delta: { introduced: [], persisting: [], resolved: [] },
    groups: [],
    unplaced: [],
    withheld: [],
    suppressed: [],
    unknowns: [],
    implausible: [],
    undecided: [],
    crashes: [],
    omissions: [],
    filesAnalysed: ['pump.go'],
    ...parts,
  };
}

/** The change from one set of files to another; `renames` maps a path at head to its path at the base. */
export function changedFiles(base: Files, head: Files, renames: Files = {}): readonly ChangedFile[] {
  const before = (path: string): string => renames[path] ?? path;
  const moved = new Set(Object.values(renames));
  const changed: ChangedFile[] = [];
  for (const [path, text] of Object.entries(head)) {
    const old = base[before(path)];
    const hunks = hunksBetween(old ?? '', text);
    if (renames[path] !== undefined) changed.push({ path, previousPath: before(path), status: 'renamed', hunks });
    else if (old !== text) changed.push({ path, status: old === undefined ? 'added' : 'modified', hunks });
  }
  for (const [path, text] of Object.entries(base)) {
    if (head[path] === undefined && !moved.has(path))
      changed.push({ path, status: 'removed', hunks: hunksBetween(text, '') });
  }
  return changed;
}

export function snapshot(
  base: Files,
  head: Files,
  parts: Partial<PullRequestSnapshot> = {},
  renames: Files = {},
): PullRequestSnapshot {
  return {
    repository,
    pullNumber: 7,
    baseSha,
    mergeBaseSha: baseSha,
    headSha,
    draft: false,
    fork: false,
    changedFiles: changedFiles(base, head, renames),
    base: packages(base),
    head: packages(head),
    omissions: [],
    ...parts,
  };
}

function packages(files: Files): readonly PackageSources[] {
  const byDir = new Map<string, { path: string; text: string }[]>();
  for (const [path, text] of Object.entries(files)) {
    if (!path.endsWith('.go')) continue;
    const dir = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.';
    byDir.set(dir, [...(byDir.get(dir) ?? []), { path, text }]);
  }
  return [...byDir].map(([dir, members]) => ({ dir, files: members }));
}

const meta = { group: 'lifecycle', severity: 'warning', since: '0.1.0', knownProblems: [] } as const;

/** Reports every `go` statement of a package; the fix runs the call without `go`. */
export const everyGo: AnyRule = anyRule({
  meta: { ...meta, id: 'every-go', summary: 'Every go statement' },
  detect: (pass) => pass.pkg.goroutineStarts.filter(({ file }) => pass.files.includes(file)),
  describe: (start, pass) => ({
    location: pass.at(start.file, start.node),
    message: `\`${start.file.text.slice(start.node.range.start, start.node.range.end).split('\n')[0]}\` is not waited for.`,
    subject: pass.at(start.file, start.node),
    advice: 'Wait for it.',
  }),
  fix: (start) => [
    {
      message: 'Call it without `go`',
      verified: false,
      files: [
        {
          path: start.file.path,
          edits: [{ range: { start: start.node.range.start, end: start.call.range.start }, newText: '' }],
        },
      ],
    },
  ],
});

/** Reports every `go` statement as a companion. */
export const goCompanion: AnyRule = anyRule({
  meta: { ...meta, id: 'go-companion', severity: 'info', companion: true, summary: 'Every go statement, again' },
  detect: (pass) => pass.pkg.goroutineStarts.filter(({ file }) => pass.files.includes(file)),
  describe: (start, pass) => ({
    location: pass.at(start.file, start.node),
    message: 'A panic in it ends the program.',
    subject: pass.at(start.file, start.node),
  }),
});

/** Reports a `WithCancel` in a function that never calls `cancel`, as an error: what a deletion can bring. */
export const noCancel: AnyRule = anyRule({
  meta: { ...meta, id: 'no-cancel', severity: 'error', summary: 'A context that is never cancelled' },
  detect: (pass) =>
    pass.pkg.funcDecls.flatMap((decl) => {
      const file = pass.pkg.fileOf(decl);
      const text = file.text.slice(decl.range.start, decl.range.end);
      const at = text.indexOf('context.WithCancel');
      if (at === -1 || /cancel\(\)/.test(text) || !pass.files.includes(file)) return [];
      const start = decl.range.start + at;
      return [{ file, span: range(start, start + 'context.WithCancel'.length) }];
    }),
  describe: ({ file, span }, pass) => ({ location: pass.at(file, span), message: '`cancel` is called on no path.' }),
});

/** Throws on packages that hold a `crash` function. */
export const crashing: AnyRule = anyRule({
  meta: { ...meta, id: 'crashing', summary: 'Crashes' },
  detect: (pass) => {
    if (pass.pkg.funcs.has('crash')) throw new Error('out of cheese');
    return pass.pkg.goroutineStarts.filter(({ file }) => pass.files.includes(file));
  },
  describe: (start, pass) => ({ location: pass.at(start.file, start.node), message: 'It was seen.' }),
});
