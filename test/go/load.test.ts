import { describe, expect, test } from 'vitest';
import { buildConstraintOf, excludedBy } from '../../src/go/build-constraint.ts';
import { parseFile } from '../../src/go/file.ts';
import { compareGoVersions, isAtLeast, parseGoMod, parseGoVersion } from '../../src/go/go-mod.ts';
import { goVersionOf, loadPackage, loadPackages, loadPackagesFromFiles } from '../../src/go/load.ts';

describe('loadPackages', () => {
  const source = (path: string, text: string) => ({ path, text });

  test('external tests are a package of their own, stray names as well', () => {
    const packages = loadPackages('a', [
      source('a/x_test.go', 'package x_test\nfunc TestB() {}'),
      source('a/b.go', 'package x\nfunc b() {}'),
      source('a/a.go', 'package x\nfunc a() {}'),
      source('a/a_test.go', 'package x\nfunc TestA() {}'),
      source('a/tool.go', 'package main\nfunc main() {}'),
    ]);
    expect(packages.map((pkg) => [pkg.name, pkg.files.map((file) => file.path)])).toEqual([
      ['x', ['a/a.go', 'a/a_test.go', 'a/b.go']],
      ['main', ['a/tool.go']],
      ['x_test', ['a/x_test.go']],
    ]);
  });

  test('what is left out has a reason', () => {
    const pkg = loadPackage('a', [
      source('a/a.go', 'package a'),
      source('a/a_windows.go', 'package a'),
      source('a/b.go', '//go:build ignore\n\npackage main'),
      source('a/c.go', '// nothing'),
      source('a/_d.go', 'package a'),
    ]);
    expect(pkg.skipped).toEqual([
      { path: 'a/_d.go', reason: 'the go command ignores files that start with "_"' },
      { path: 'a/a_windows.go', reason: 'the file name restricts it to windows' },
      { path: 'a/b.go', reason: 'excluded by //go:build ignore' },
      { path: 'a/c.go', reason: 'no package clause' },
    ]);
    expect(pkg.files.map((file) => file.path)).toEqual(['a/a.go']);
  });

  test('a folder without Go gives one empty package', () => {
    expect(loadPackages('a', []).map((pkg) => [pkg.name, pkg.files.length, pkg.goroutineStarts.length])).toEqual([
      ['', 0, 0],
    ]);
  });

  test('files are shared between packages; bindings are not', () => {
    const shared = parseFile({ path: 'a/a.go', text: 'package a\nfunc f() { g() }' });
    const [base] = loadPackagesFromFiles('a', [shared, parseFile({ path: 'a/b.go', text: 'package a\nfunc g() {}' })]);
    const [head] = loadPackagesFromFiles('a', [
      shared,
      parseFile({ path: 'a/b.go', text: 'package a\nvar g = func() {}' }),
    ]);
    const decl = shared.decls[0];
    const stmt = decl?.kind === 'FuncDecl' ? decl.body?.list[0] : undefined;
    const call = stmt?.kind === 'ExprStmt' && stmt.x.kind === 'CallExpr' ? stmt.x : undefined;
    expect(call && base?.calleeOf(call).kind).toBe('func');
    expect(call && head?.calleeOf(call).kind).toBe('dynamic');
  });
});

describe('build constraints', () => {
  test.each([
    ['linux', true],
    ['windows', false],
    ['!windows && amd64', true],
    ['(linux || darwin) && cgo', true],
    ['unix', true],
    ['ignore', false],
    ['go1.21', true],
    ['!go1.21', false],
    ['race || integration', false],
    ['gc && !purego', true],
    ['linux &&', true],
    ['((', true],
    [`${'!'.repeat(1000)}linux`, true],
  ])('//go:build %s', (constraint, included) => {
    expect(excludedBy('a.go', `//go:build ${constraint}\n\n`, {}) === undefined).toBe(included);
  });

  test('other systems and architectures', () => {
    const options = { goos: 'windows', goarch: 'arm64' };
    expect(excludedBy('a_windows.go', '', options)).toBeUndefined();
    expect(excludedBy('a_linux_arm64.go', '', options)).toBe('the file name restricts it to linux');
    expect(excludedBy('a.go', '//go:build windows && arm64\n', options)).toBeUndefined();
  });

  test.each([
    ['a_linux.go', true],
    ['a_linux_test.go', true],
    ['a_darwin.go', false],
    ['a_amd64.go', true],
    ['a_windows_amd64.go', false],
    ['a_linux_arm64.go', false],
    ['a_unix.go', true],
    ['linux.go', true],
    ['windows.go', true],
    ['dir_windows/a.go', true],
    ['a_test.go', true],
    ['a_windows_test.go', false],
  ])('file name %s', (path, included) => {
    expect(excludedBy(path, '', {}) === undefined).toBe(included);
  });

  test('the Go version that a constraint requires', () => {
    const minor = (text: string) => buildConstraintOf(`//go:build ${text}\n`)?.goVersion?.minor;
    expect([
      minor('go1.22'),
      minor('go1.22 && linux'),
      minor('go1.22 || linux'),
      minor('go1.20 || go1.23'),
      minor('!go1.22'),
    ]).toEqual([22, 22, undefined, 20, undefined]);
    const file = parseFile({ path: 'a.go', text: '//go:build go1.25\n\npackage a' });
    expect(goVersionOf(file, { major: 1, minor: 21 })).toEqual({ major: 1, minor: 25 });
    expect(goVersionOf(file, undefined)).toBeUndefined();
    const old = parseFile({ path: 'a.go', text: '//go:build go1.18\n\npackage a' });
    expect(goVersionOf(old, { major: 1, minor: 24 })).toEqual({ major: 1, minor: 21 });
  });
});

describe('go.mod', () => {
  test.each([
    [
      'module example.com/a\n\ngo 1.22.3\n\ntoolchain go1.23.1\n',
      { modulePath: 'example.com/a', goVersion: { major: 1, minor: 22 } },
    ],
    [
      '// comment\r\nmodule "example.com/a" // why\r\ngo 1.9\r\n',
      { modulePath: 'example.com/a', goVersion: { major: 1, minor: 9 } },
    ],
    [
      'module x\ngo 1.23rc1\nrequire (\n\tgo.uber.org/zap v1.2.3\n)\n',
      { modulePath: 'x', goVersion: { major: 1, minor: 23 } },
    ],
    ['module x\n', { modulePath: 'x' }],
    ['go nonsense\n', {}],
    ['', {}],
  ])('%j', (text, expected) => {
    expect(parseGoMod(text)).toEqual(expected);
  });

  test('versions compare by number', () => {
    expect(compareGoVersions({ major: 1, minor: 9 }, { major: 1, minor: 10 })).toBeLessThan(0);
    expect(isAtLeast({ major: 1, minor: 22 }, 1, 22)).toBe(true);
    expect(isAtLeast({ major: 1, minor: 21 }, 1, 22)).toBe(false);
    expect(isAtLeast(undefined, 1, 99)).toBe(true);
    expect(parseGoVersion('go1.26')).toEqual({ major: 1, minor: 26 });
    expect(parseGoVersion('1')).toBeUndefined();
  });
});
