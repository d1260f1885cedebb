/**
 * `//nolint:govet`: the author has already answered another linter that asks the same question.
 * Assumption: what was answered there holds here, too.
 */
import type { FuncDecl, Node } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import type { ResourceRule } from './resource.ts';

/** Linters of golangci-lint (https://golangci-lint.run/docs/linters/) that report the same thing. */
const counterparts: { readonly [rule in ResourceRule]?: readonly string[] } = {
  'lost-cancel': ['govet', 'lostcancel'],
  'unclosed-body': ['bodyclose'],
  'unclosed-rows': ['sqlclosecheck', 'rowserrcheck'],
};

/** `// bodyclose:handled` above a function: its callers need not close what it returns (https://github.com/timakin/bodyclose). */
export function isHandledElsewhere(rule: ResourceRule, { file, range }: FuncDecl): boolean {
  if (rule !== 'unclosed-body') return false;
  let line = file.lines.lineAt(range.start) - 1;
  for (const comment of file.comments.toReversed()) {
    if (file.lines.lineAt(comment.range.end) !== line) continue;
    if (/^\/\/\s*bodyclose:handled\b/.test(comment.text)) return true;
    line = file.lines.lineAt(comment.range.start) - 1;
  }
  return false;
}

/** A directive on a line of the node or on the line above. */
export function isSilencedElsewhere(pkg: GoPackage, rule: ResourceRule, node: Node): boolean {
  const names = counterparts[rule];
  if (!names) return false;
  const file = pkg.fileOf(node);
  const { startLine, endLine } = file.lines.linesOf(node.range);
  return file.comments.some(({ text, range }) => {
    const line = file.lines.lineAt(range.start);
    return line >= startLine - 1 && line <= endLine && lintersOf(text).some((name) => names.includes(name));
  });
}

/** The names of `//nolint:a,b // reason`. */
function lintersOf(comment: string): readonly string[] {
  const list = /^\/\/ ?nolint:([\w,-]+)/.exec(comment)?.[1];
  return list?.split(',') ?? [];
}
