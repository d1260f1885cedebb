/**
 * What is said of production code must not hang on the test files beside it. Every fixture is analysed alone, and again
 * with a test file that calls each of its functions and methods: the findings outside tests must be the same.
 */
import { describe, expect, it } from 'vitest';
import type { Field, FuncDecl } from '../../src/go/ast.ts';
import { loadPackage } from '../../src/go/load.ts';
import { isTestFile } from '../../src/go/test-code.ts';
import { analyseSources, type Fixture, readFixtures } from './harness.ts';

const fixtures = readFixtures().filter(({ sources }) => sources.some(({ path }) => !isTestFile(path)));

describe.each(fixtures.map((fixture) => [`${fixture.rule}/${fixture.name}`, fixture] as const))('%s', (_, fixture) => {
  it('is reported as it is without tests', () => {
    const production = fixture.sources.filter(({ path }) => !isTestFile(path));
    const alone = saidOf(production, fixture);
    expect(saidOf(fixture.sources, fixture)).toEqual(alone);
    expect(saidOf([...production, testsOf(production)], fixture)).toEqual(alone);
  });
});

function saidOf(sources: Fixture['sources'], { allRules, rule, goVersion }: Fixture): readonly string[] {
  const { pkg, result } = analyseSources(sources, allRules ? undefined : rule, goVersion);
  expect(pkg.files.flatMap(({ broken }) => broken)).toEqual([]);
  return result.diagnostics
    .filter(({ location }) => !isTestFile(location.path))
    .map(({ rule: id, severity, location, message, fingerprint }) =>
      [id, severity, location.path, location.startLine, message, fingerprint].join(' | '),
    );
}

/** A test file of a package that calls all its functions, each in a test of its own, with zero values. */
function testsOf(sources: Fixture['sources']): Fixture['sources'][number] {
  const pkg = loadPackage('.', sources);
  const calls = pkg.funcDecls.filter(
    ({ name, type, recv }) => !/^(init|main|_)$/.test(name.name) && !type.typeParams && !isGeneric(recv),
  );
  const imports = new Set(
    pkg.files.flatMap(({ imports: specs, text }) => specs.map(({ range }) => text.slice(range.start, range.end))),
  );
  const tests = calls.map((decl, at) => `func TestCall${at}(t *testing.T) {\n${callOf(decl)}\n}\n`);
  imports.delete('"testing"');
  const head = ['"testing"', ...imports].map((spec) => `import ${spec}`).join('\n');
  return { path: 'calls_test.go', text: `package ${pkg.name}\n\n${head}\n\n${tests.join('\n')}` };
}

function callOf(decl: FuncDecl): string {
  const params = decl.type.params.flatMap((param) =>
    Array.from({ length: Math.max(1, param.names.length) }, () => param),
  );
  const vars = params.map((param, at) => `\tvar a${at} ${textOf(decl, param.type).replace(/^\.\.\./, '')}`);
  const args = params.map((_, at) => `a${at}`).join(', ');
  const receiver = decl.recv ? `\tvar r ${textOf(decl, decl.recv.type)}` : undefined;
  return [...(receiver ? [receiver] : []), ...vars, `\t${receiver ? 'r.' : ''}${decl.name.name}(${args})`].join('\n');
}

function isGeneric(recv: Field | undefined): boolean {
  const type = recv?.type.kind === 'StarExpr' ? recv.type.x : recv?.type;
  return type?.kind === 'IndexExpr';
}

function textOf(
  { file }: FuncDecl,
  { range }: { readonly range: { readonly start: number; readonly end: number } },
): string {
  return file.text.slice(range.start, range.end);
}
