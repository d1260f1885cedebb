/** Small rules for the tests of the runner: one that reports sends, with a fix, and one that crashes. */
import type { Report, SuggestedFix } from '../../src/analysis/diagnostic.ts';
import { type AnyRule, anyRule, type Pass, type RuleMeta } from '../../src/analysis/rule.ts';
import { type AnalysisOptions, analysePackage } from '../../src/analysis/run.ts';
import type { Analysed } from '../../src/analysis/verify.ts';
import type { File, Node, SendStmt } from '../../src/go/ast.ts';
import { loadPackage } from '../../src/go/load.ts';
import { walk } from '../../src/go/walk.ts';
import { range } from '../../src/text/offset.ts';

interface Found {
  readonly file: File;
  readonly node: SendStmt;
  readonly start?: Node;
}

export function meta(id: string, more: Partial<RuleMeta> = {}): RuleMeta {
  return {
    id,
    group: 'blocked',
    summary: 'A rule for tests only.',
    severity: 'error',
    since: '0.1.0',
    knownProblems: [],
    ...more,
  };
}

/** Reports every send; the subject is the `go` statement around it. `replacement` makes the fix of a send. */
export function sendRule(id: string, replacement?: (text: string) => string, more: Partial<RuleMeta> = {}): AnyRule {
  const describe = ({ file, node, start }: Found, pass: Pass): Report => ({
    location: pass.at(file, node),
    message: `send on ${file.text.slice(node.chan.range.start, node.chan.range.end)}`,
    ...(start ? { subject: pass.at(file, start) } : {}),
  });
  const fix = ({ file, node }: Found): readonly SuggestedFix[] => [
    {
      message: 'Do it differently',
      verified: false,
      files: [
        {
          path: file.path,
          edits: [
            { range: node.range, newText: replacement?.(file.text.slice(node.range.start, node.range.end)) ?? '' },
          ],
        },
      ],
    },
  ];
  const rule = { meta: meta(id, more), detect: (pass: Pass) => pass.files.flatMap(sendsOf), describe };
  return replacement ? anyRule<Found>({ ...rule, fix }) : anyRule<Found>(rule);
}

function sendsOf(file: File): readonly Found[] {
  const found: Found[] = [];
  for (const decl of file.decls) {
    let start: Node | undefined;
    walk(decl, (node) => {
      if (node.kind === 'GoStmt') start = node;
      const around = start && node.range.end <= start.range.end ? { start } : {};
      if (node.kind === 'SendStmt') found.push({ file, node, ...around });
    });
  }
  return found;
}

/** Throws when it runs. */
export const crashing: AnyRule = anyRule({
  meta: meta('crashing'),
  detect: () => {
    throw new Error('no such luck\nat all');
  },
  describe: () => ({ location: { path: '', range: range(0, 0), startLine: 1, endLine: 1 }, message: '' }),
});

/** Analyses one or several files; a plain text is `a.go`. */
export function analyse(
  input: string | Readonly<Record<string, string>>,
  rules: readonly AnyRule[],
  options: AnalysisOptions = {},
): Analysed {
  const texts = typeof input === 'string' ? { 'a.go': input } : input;
  const load = (changed: ReadonlyMap<string, string>) =>
    loadPackage(
      '.',
      Object.entries(texts).map(([path, text]) => ({ path, text: changed.get(path) ?? text })),
    );
  const pkg = load(new Map());
  return { pkg, rules, options, result: analysePackage(pkg, rules, options), reload: load };
}
