import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { badDirective } from '../../src/analysis/run.ts';
import type { GoVersion } from '../../src/go/package.ts';
import { rules } from '../../src/rules/index.ts';
import { contains } from '../../src/text/offset.ts';
import { expectationsOf } from './expectations.ts';
import { analyseFixture, analyseSources, type Fixture, readFixtures } from './harness.ts';

const pages = join(import.meta.dirname, '..', '..', 'docs', 'rules');
const fixtures = readFixtures();

interface Example {
  readonly kind: 'reported' | 'silent';
  readonly line: number;
  readonly code: string;
}

/** The Go examples of a page: fenced blocks whose info string is `go reported` or `go silent`. Whole files. */
function examplesOf(page: string): readonly Example[] {
  return [...page.matchAll(/^```go (reported|silent)\n([\s\S]*?)^```$/gm)].map((match) => ({
    kind: match[1] as Example['kind'],
    line: page.slice(0, match.index).split('\n').length,
    code: match[2] ?? '',
  }));
}

/** Functions without any expectation in or above them, over all fixtures of a rule. */
function quietFunctions(fixture: Fixture): number {
  const { pkg } = analyseFixture(fixture);
  return pkg.funcDecls.filter((decl) => {
    const lines = decl.file.lines.linesOf(decl.range);
    const inside = expectationsOf(decl.file).filter((one) => one.line >= lines.startLine && one.line <= lines.endLine);
    return inside.length === 0 && contains(decl.range, decl.name.range);
  }).length;
}

/** For a rule of old Go versions (`<1.23`), the newest of them; else undefined, which is the newest Go. */
function spokenVersion(goVersions: string | undefined): GoVersion | undefined {
  const below = /^<1\.(\d+)$/.exec(goVersions ?? '');
  return below ? { major: 1, minor: Number(below[1]) - 1 } : undefined;
}

it('every id is unique, kebab-case and has a summary of one sentence', () => {
  const ids = rules.map((rule) => rule.meta.id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const rule of rules) {
    expect(rule.meta.id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(rule.meta.summary).toMatch(/^[^\n]{20,200}\.$/);
  }
});

it('every page and every fixture folder belongs to a rule', () => {
  const known = new Set([...rules.map((rule) => rule.meta.id), badDirective.id]);
  const pageIds = readdirSync(pages).filter((name) => name.endsWith('.md') && name !== 'README.md');
  expect(pageIds.filter((name) => !known.has(name.slice(0, -3)))).toEqual([]);
  expect(
    [...new Set(fixtures.map((fixture) => fixture.rule))].filter((name) => name !== 'seed' && !known.has(name)),
  ).toEqual([]);
});

describe.each(rules.map((rule) => [rule.meta.id, rule] as const))('%s', (id, rule) => {
  const own = fixtures.filter((fixture) => fixture.rule === id);

  it('has a fixture that reports and a quiet neighbour', () => {
    const wants = own
      .flatMap((fixture) => analyseFixture(fixture).pkg.files.flatMap(expectationsOf))
      .filter((one) => one.kind === 'want');
    expect(wants.length).toBeGreaterThan(0);
    expect(own.map(quietFunctions).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
  });

  if (rule.repairs)
    it('has a golden file for its fix', () => {
      expect(own.flatMap((fixture) => fixture.goldens).length).toBeGreaterThan(0);
    });

  it('has a page whose examples behave as they say', () => {
    const path = join(pages, `${id}.md`);
    expect(existsSync(path), `docs/rules/${id}.md is missing`).toBe(true);
    const examples = examplesOf(readFileSync(path, 'utf8'));
    expect(new Set(examples.map((example) => example.kind))).toEqual(new Set(['reported', 'silent']));
    for (const { kind, line, code } of examples) {
      const { pkg, result } = analyseSources(
        [{ path: 'example.go', text: code }],
        id,
        spokenVersion(rule.meta.goVersions),
      );
      expect(
        pkg.files.flatMap((file) => file.broken),
        `${id}.md:${line} does not parse`,
      ).toEqual([]);
      expect(pkg.files.length, `${id}.md:${line} is not a whole file`).toBe(1);
      expect(result.diagnostics.length > 0, `${id}.md:${line} says ${kind}`).toBe(kind === 'reported');
    }
  });
});
