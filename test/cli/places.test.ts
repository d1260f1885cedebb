/** From which folder a command runs, and to which paths it is restricted: neither loses or hides a finding. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith, writeFiles } from '../local/git-sandbox.ts';
import { runCli } from './run-cli.ts';

const leak = (name: string) => `package p

func ${name}(load func() int, quit chan bool) int {
	result := make(chan int)
	go func() { result <- load() }()
	select {
	case page := <-result:
		return page
	case <-quit:
		return 0
	}
}
`;

const two = { 'go.mod': 'module example.org/m\n\ngo 1.24\n', 'one/one.go': leak('One'), 'two/two.go': leak('Two') };

function repository(files: Readonly<Record<string, string>>): string {
  const folder = folderWith(files);
  execFileSync('git', ['init', '-q'], { cwd: folder });
  return folder;
}

const lines = (text: string) => text.split('\n').flatMap((line) => /^(\S+): error/.exec(line)?.[1] ?? []);

describe('the folder from which a command runs', () => {
  it('is no part of the identity of a finding', async () => {
    const top = repository(two);
    const identities = async (folder: string, ...args: readonly string[]) => {
      const { out } = await runCli(join(top, folder), ['check', ...args, '--format', 'json']);
      return JSON.parse(out).diagnostics.map(({ fingerprint }: { readonly fingerprint: string }) => fingerprint);
    };
    expect(await identities('one')).toEqual(await identities('.', 'one'));
    expect(await identities('one', '../two')).toEqual(await identities('.', 'two'));
  });

  it('is where shown paths and the paths of a patch start', async () => {
    const top = repository(two);
    expect(lines((await runCli(join(top, 'one'), ['check', '../...'])).out)).toEqual([
      'one.go:5:14',
      '../two/two.go:5:14',
    ]);
    expect((await runCli(join(top, 'one'), ['check', '--diff'])).out).toMatch(/^--- a\/one\.go\n\+\+\+ b\/one\.go\n/);
  });

  it('is told apart from the folders below', async () => {
    expect((await runCli(repository(two), ['check', '.'])).err).toBe(
      'goplumber: there are no Go files in .; ./... also means the folders below\n',
    );
  });

  it('is not said to be empty when its files are left out or the run was ended', async () => {
    const top = repository({ ...two, 'one/one.go': `//go:build special\n\n${leak('One')}` });
    expect((await runCli(top, ['check', 'one'])).err).toBe(
      'goplumber: all Go files here are left out; --format json says why\n',
    );
    expect((await runCli(top, ['check', 'two'], { interrupted: () => true })).err).toBe(
      'goplumber: interrupted: only what was found before is shown\n',
    );
  });

  it('does not change what the configuration leaves out', async () => {
    const top = repository({ ...two, '.github/goplumber.yml': 'paths:\n  ignore: [one/**]\n' });
    expect(lines((await runCli(top, ['check'])).out)).toEqual(['two/two.go:5:14']);
    expect(lines((await runCli(join(top, 'one'), ['check'])).out)).toEqual([]);
  });
});

describe('a baseline', () => {
  const file = '.goplumber-baseline.json';
  const kept = (top: string) =>
    JSON.parse(readFileSync(join(top, file), 'utf8')).findings.map(({ path }: { readonly path: string }) => path);

  it('is the same from every folder', async () => {
    const top = repository(two);
    await runCli(top, ['baseline', 'write']);
    const written = readFileSync(join(top, file), 'utf8');
    expect((await runCli(join(top, 'one'), ['check', '--baseline', `../${file}`])).code).toBe(0);
    await runCli(join(top, 'one'), ['baseline', 'write', '--file', `../${file}`]);
    expect(readFileSync(join(top, file), 'utf8')).toBe(written);
  });

  it('keeps what a restricted write or prune does not look at', async () => {
    const top = repository(two);
    await runCli(top, ['baseline', 'write']);
    const all = kept(top);
    writeFiles(top, { 'one/one.go': 'package p\n', 'two/two.go': 'package p\n' });
    expect((await runCli(top, ['baseline', 'prune', 'one'])).err).toMatch(/^goplumber: kept 2 of 4 findings in /);
    expect(kept(top)).toEqual(all.filter((path: string) => path === 'two/two.go'));
    writeFiles(top, { 'one/one.go': leak('One') });
    expect((await runCli(top, ['baseline', 'write', 'one'])).err).toMatch(
      /wrote 2 .*, and kept 2 of other packages\n$/,
    );
    expect(kept(top)).toEqual(all);
    expect((await runCli(top, ['baseline', 'prune'])).err).toMatch(/^goplumber: kept 2 of 4 findings in /);
    expect(kept(top)).toEqual(all.filter((path: string) => path === 'one/one.go'));
  });

  it('is left as it is when the check is interrupted', async () => {
    const top = repository(two);
    await runCli(top, ['baseline', 'write']);
    const before = readFileSync(join(top, file), 'utf8');
    for (const command of ['write', 'prune']) {
      const { code, err } = await runCli(top, ['baseline', command], { interrupted: () => true });
      expect([code, err]).toEqual([130, `goplumber: interrupted: ${file} was left as it is\n`]);
    }
    expect(readFileSync(join(top, file), 'utf8')).toBe(before);
  });
});

describe('check --diff-from', () => {
  it('is restricted to the paths that are given', async () => {
    const top = repository(two);
    const added = (path: string, text: string) =>
      `diff --git a/${path} b/${path}\n--- /dev/null\n+++ b/${path}\n@@ -0,0 +1,${text.split('\n').length - 1} @@\n${text.trimEnd().replace(/^/gm, '+')}\n`;
    writeFiles(top, {
      'all.diff': added('one/one.go', two['one/one.go']) + added('two/two.go', two['two/two.go']),
      'no.diff': '',
    });
    const found = async (folder: string, ...args: readonly string[]) =>
      lines((await runCli(join(top, folder), ['check', '--diff-from', join(top, 'all.diff'), ...args])).out);
    expect(await found('.')).toEqual(['one/one.go:5:14', 'two/two.go:5:14']);
    expect(await found('.', 'two')).toEqual(['two/two.go:5:14']);
    expect(await found('.', './one/...')).toEqual(['one/one.go:5:14']);
    expect(await found('one')).toEqual(['one.go:5:14']);
    expect((await runCli(top, ['check', '--diff-from', 'no.diff'])).err).toBe(
      'goplumber: the diff adds no lines to Go files here\n',
    );
  });
});

describe('check --fix', () => {
  it('reports what is left as the files are afterwards', async () => {
    const held = `package p

import "sync"

var mu sync.Mutex

func Hit(seen bool, wait chan int) int {
	mu.Lock()
	if seen {
		return 0
	}
	mu.Unlock()
	var none chan int
	return <-none
}
`;
    const top = repository({ 'go.mod': two['go.mod'], 'p/p.go': held });
    expect(lines((await runCli(top, ['check'])).out)).toEqual(['p/p.go:8:2', 'p/p.go:14:9']);
    const { code, out, err } = await runCli(top, ['check', '--fix']);
    expect([code, lines(out), err]).toEqual([
      1,
      ['p/p.go:15:9'],
      'goplumber: fixed 1 finding in 1 file; 1 left without a verified fix\n',
    ]);
    expect((await runCli(top, ['check', '--fix'])).err).toBe(
      'goplumber: nothing to fix; 1 left without a verified fix\n',
    );
  });
});
