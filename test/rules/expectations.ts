/**
 * What a fixture says about itself: `// want "regexp" "regexp"` on a line that must be reported, `// todo-want "regexp"`
 * for a known miss and `// todo-ok "regexp"` for a known false alarm. A rule id may stand before a pattern:
 * `// want unreceived-send:"regexp"`. Patterns stand in double quotes or in backquotes and are regular expressions as
 * written (`\"` is a quote).
 */
import type { Diagnostic } from '../../src/analysis/diagnostic.ts';
import type { File } from '../../src/go/ast.ts';

export interface Expectation {
  readonly kind: 'want' | 'todo-want' | 'todo-ok';
  readonly path: string;
  readonly line: number;
  readonly rule?: string;
  readonly pattern: RegExp;
}

/** Reads the expectations of a file. Throws when a marker cannot be read, so that no typing error passes for silence. */
export function expectationsOf(file: Pick<File, 'path' | 'comments' | 'lines'>): readonly Expectation[] {
  return file.comments.flatMap((comment) => {
    const marker = /^\/\/\s*(want|todo-want|todo-ok)\s+(.*)$/.exec(comment.text.trimEnd());
    if (!marker) return [];
    const line = file.lines.lineAt(comment.range.start);
    return readPatterns(marker[2] ?? '', `${file.path}:${line}`).map((one) => ({
      kind: marker[1] as Expectation['kind'],
      path: file.path,
      line,
      ...one,
    }));
  });
}

function readPatterns(text: string, where: string): readonly Pick<Expectation, 'rule' | 'pattern'>[] {
  const one = /\s*(?:([a-z][a-z-]*):)?(?:"((?:[^"\\]|\\.)*)"|`([^`]*)`)/y;
  const found: Pick<Expectation, 'rule' | 'pattern'>[] = [];
  while (one.lastIndex < text.trimEnd().length) {
    const match = one.exec(text);
    if (!match) throw new Error(`${where}: a want comment holds quoted patterns only, got ${text}`);
    const pattern = new RegExp(match[3] ?? (match[2] ?? '').replace(/\\"/g, '"'));
    found.push(match[1] === undefined ? { pattern } : { rule: match[1], pattern });
  }
  return found;
}

/** Compares diagnostics with expectations; each complaint is one line for a person. Empty = all as expected. */
export function complaints(expected: readonly Expectation[], diagnostics: readonly Diagnostic[]): readonly string[] {
  const left = new Set(diagnostics);
  const found: string[] = [];
  for (const expectation of expected) {
    const hit = [...left].find((diagnostic) => answers(diagnostic, expectation));
    if (hit) left.delete(hit);
    const where = `${expectation.path}:${expectation.line}`;
    if (expectation.kind === 'want' && !hit)
      found.push(`${where}: nothing reported that matches ${expectation.pattern}${near(diagnostics, expectation)}`);
    if (expectation.kind === 'todo-want' && hit)
      found.push(`${where}: a known miss is reported now; write want instead of todo-want`);
    if (expectation.kind === 'todo-ok' && !hit) found.push(`${where}: a known false alarm is gone; drop the todo-ok`);
  }
  for (const diagnostic of left)
    found.push(
      `${diagnostic.location.path}:${diagnostic.location.startLine}: unexpected ${diagnostic.severity} ${diagnostic.rule}: ${diagnostic.message}`,
    );
  return found;
}

function answers(diagnostic: Diagnostic, expectation: Expectation): boolean {
  if (diagnostic.location.path !== expectation.path || diagnostic.location.startLine !== expectation.line) return false;
  if (expectation.rule !== undefined && diagnostic.rule !== expectation.rule) return false;
  return expectation.pattern.test(diagnostic.message);
}

function near(diagnostics: readonly Diagnostic[], { path, line }: Expectation): string {
  const there = diagnostics.filter(
    (diagnostic) => diagnostic.location.path === path && diagnostic.location.startLine === line,
  );
  return there.length === 0 ? '' : ` (reported: ${there.map((diagnostic) => diagnostic.message).join(' | ')})`;
}
