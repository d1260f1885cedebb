import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gitHubSnapshots } from '../../src/github/snapshot.ts';
import type { PullRequestSnapshot, ReviewRequest, SnapshotPort } from '../../src/review/ports.ts';
import type { Files } from '../stand-in/git-repository.ts';
import type { PatchFault } from '../stand-in/state.ts';
import { type Connection, connect } from './connection.ts';

let connection: Connection;

beforeEach(async () => {
  connection = await connect();
});

afterEach(async () => {
  await connection.gitHub.close();
  expect(connection.gitHub.violations).toEqual([]);
});

async function read(port: SnapshotPort, request: ReviewRequest): Promise<PullRequestSnapshot> {
  const occasion = await port.occasion(request);
  if (occasion.kind !== 'change') throw new Error('nothing changed');
  return port.snapshot(request, occasion.pull);
}

interface Story {
  readonly base: Files;
  readonly head: Files;
  /** Committed to the base branch after the head was cut. */
  readonly later?: Files;
  readonly patchFaults?: Readonly<Record<string, PatchFault>>;
}

async function snapshotOf({ base, head, later, patchFaults = {} }: Story): Promise<PullRequestSnapshot> {
  const { gitHub, client } = connection;
  const repository = gitHub.world.create('acme', 'shop');
  const start = repository.git.commit('main', base, 'Start');
  const tip = repository.git.commit('change', head, 'Change', start);
  if (later) repository.git.commit('main', later, 'Later', start);
  const pull = gitHub.openPull(repository, { head: tip });
  for (const [path, fault] of Object.entries(patchFaults)) pull.patchFaults.set(path, fault);
  const request = { repository: { owner: 'acme', name: 'shop' }, pullNumber: pull.number, headSha: tip };
  return read(gitHubSnapshots(client), request);
}

function numbered(count: number, changedLine?: number): string {
  const lines = Array.from({ length: count }, (_, index) => (index === changedLine ? '// changed' : `// ${index}`));
  return `package shop\n${lines.join('\n')}\n`;
}

describe('a snapshot', () => {
  it('holds hunks, both sides of each package, and the nearest go.mod', async () => {
    const snapshot = await snapshotOf({
      base: {
        'go.mod': 'module m\n\ngo 1.22\n',
        'a/a.go': 'package a\n',
        'a/same.go': 'package a // same\n',
        'b/b.go': 'package b\n',
        'README.md': 'x\n',
      },
      head: { 'a/a.go': 'package a\n\nvar x int\n', 'a/go.mod': 'module m/a\n\ngo 1.25\n', 'README.md': 'y\n' },
      later: { 'a/late.go': 'package a\n' },
    });
    expect(snapshot.changedFiles.map((file) => file.path)).toEqual(['README.md', 'a/a.go', 'a/go.mod']);
    expect(snapshot.changedFiles[1]?.hunks).toEqual([
      { oldStart: 1, oldLines: 1, newStart: 1, newLines: 3, lines: [' package a', '+', '+var x int'] },
    ]);
    expect(snapshot.base.map(({ dir, goVersion, files }) => [dir, goVersion, files.map((file) => file.path)])).toEqual([
      ['a', { major: 1, minor: 22 }, ['a/a.go', 'a/same.go']],
    ]);
    expect(snapshot.head[0]?.goVersion).toEqual({ major: 1, minor: 25 });
    expect(snapshot.head[0]?.files.find((file) => file.path === 'a/same.go')?.blob).toBe(
      snapshot.base[0]?.files.find((file) => file.path === 'a/same.go')?.blob,
    );
    expect(snapshot.omissions).toEqual([]);
    expect(snapshot.mergeBaseSha).not.toBe(snapshot.baseSha);
  });

  it('follows renames, additions and removals', async () => {
    const text = numbered(30);
    const snapshot = await snapshotOf({
      base: { 'old.go': text, 'gone.go': 'package shop\n\nvar gone int\n' },
      head: {
        'old.go': null,
        'new/moved.go': text,
        'gone.go': null,
        'fresh.go': 'package shop\n\nfunc fresh() { println() }\n',
      },
    });
    expect(
      snapshot.changedFiles.map(({ path, previousPath, status, hunks }) => [path, previousPath, status, hunks.length]),
    ).toEqual([
      ['fresh.go', undefined, 'added', 1],
      ['gone.go', undefined, 'removed', 1],
      ['new/moved.go', 'old.go', 'renamed', 0],
    ]);
    expect(snapshot.base.map((source) => source.dir)).toEqual(['.']);
    expect(snapshot.head.map((source) => source.dir)).toEqual(['.', 'new']);
    expect(connection.gitHub.counts()['GET /repos/{owner}/{repo}/pulls/{pull_number}/files']).toBe(1);
  });

  it('names what it leaves out and why', async () => {
    const latin1 = Buffer.from('package shop // gr\xfc\xdfe\n', 'latin1');
    const snapshot = await snapshotOf({
      base: { 'a.go': 'package shop\n' },
      head: {
        'a.go': 'package shop\n\nvar x int\n',
        'vendor/v/v.go': 'package v\n',
        'testdata/t.go': 'package t\n',
        'latin.go': latin1,
        'binary.go': Buffer.from('package shop\0\n'),
        'huge.go': `package shop\n${'// filler\n'.repeat(500_000)}`,
        '_hidden.go': 'package shop\n',
      },
    });
    expect(snapshot.omissions).toEqual([
      { path: 'testdata/t.go', reason: 'test data', expected: true, changed: true },
      { path: 'vendor/v/v.go', reason: 'vendored code', expected: true, changed: true },
      { path: 'huge.go', reason: 'larger than 4 MB' },
      { path: 'binary.go', reason: 'binary file' },
      { path: 'latin.go', reason: 'not UTF-8' },
      { path: '_hidden.go', reason: 'the go command ignores files with this name', expected: true },
    ]);
    expect(snapshot.head[0]?.files.map((file) => file.path)).toEqual(['a.go']);
  });

  it('reads whole what GraphQL cuts, and keeps a byte order mark', async () => {
    const large = `package shop\n${'// ünïcode filler\n'.repeat(40_000)}`;
    const marked = '\uFEFFpackage shop\n';
    const snapshot = await snapshotOf({
      base: { 'x.go': 'package shop\n' },
      head: { 'large.go': large, 'marked.go': marked },
    });
    const texts = new Map(snapshot.head[0]?.files.map((file) => [file.path, file.text]));
    expect(texts.get('large.go') === large).toBe(true);
    expect(texts.get('marked.go')).toBe(marked);
  });

  it.each(['missing-on-large-pages', 'missing', 'truncated'] as const)(
    'finds the hunks of a patch that is %s',
    async (fault) => {
      const snapshot = await snapshotOf({
        base: { 'a.go': numbered(40), 'b.go': numbered(40) },
        head: { 'a.go': numbered(40, 20), 'b.go': numbered(40, 30) },
        patchFaults: { 'b.go': fault },
      });
      expect(snapshot.changedFiles.map((file) => file.hunks.map((hunk) => [hunk.newStart, hunk.newLines]))).toEqual([
        [[19, 7]],
        [[29, 7]],
      ]);
      expect(snapshot.omissions).toEqual([]);
    },
  );

  it('of a pull request that moved on names the new head and reads no more', async () => {
    const { gitHub, client } = connection;
    const repository = gitHub.world.create('acme', 'shop');
    const start = repository.git.commit('main', { 'a.go': 'package shop\n' }, 'Start');
    const head = repository.git.commit('change', { 'a.go': 'package shop // x\n' }, 'Change', start);
    gitHub.openPull(repository, { head });
    const request = { repository: { owner: 'acme', name: 'shop' }, pullNumber: 1, headSha: start };
    expect(await gitHubSnapshots(client).occasion(request)).toMatchObject({ kind: 'change', pull: { headSha: head } });
    expect(gitHub.requests).toHaveLength(2);
  });

  it.each([
    { files: 1, packages: 1, requests: 6 },
    { files: 10, packages: 10, requests: 6 },
    { files: 100, packages: 10, requests: 6 },
    { files: 100, packages: 100, requests: 9 },
  ])(
    'of $files changed files in $packages packages takes $requests requests',
    async ({ files, packages, requests }) => {
      const base: Record<string, string> = { 'go.mod': 'module m\n\ngo 1.24\n' };
      const head: Record<string, string> = {};
      for (let at = 0; at < packages; at++) {
        for (let sibling = 0; sibling < 9; sibling++)
          base[`p${at}/same${sibling}.go`] = `package p // ${at} ${sibling}\n`;
      }
      for (let at = 0; at < files; at++) {
        const path = `p${at % packages}/changed${at}.go`;
        base[path] = `package p // ${at}\n`;
        head[path] = `package p // ${at}\n\nvar x int\n`;
      }
      const snapshot = await snapshotOf({ base, head });
      expect(snapshot.head).toHaveLength(packages);
      expect(snapshot.head[0]?.files).toHaveLength(9 + files / packages);
      expect(connection.gitHub.requests).toHaveLength(requests);
    },
  );

  it('with imports of a repository of 3,000 files in 1,000 packages takes at most 12 requests, and fewer the next time', async () => {
    const base: Record<string, string> = { 'go.mod': 'module m\n\ngo 1.24\n' };
    const filler = '// What stands here makes the file as large as files are.\n'.repeat(60);
    for (let at = 0; at < 1000; at++) {
      const imports = `import (\n\t"m/p${(at * 7 + 1) % 1000}"\n\t"m/p${(at * 3 + 2) % 1000}"\n)\n`;
      for (let file = 0; file < 3; file++)
        base[`p${at}/f${file}.go`] = `package p${at}\n${file === 0 ? imports : ''}${filler}// ${at} ${file}\n`;
    }
    const head: Record<string, string> = {};
    for (let at = 0; at < 100; at++)
      head[`p${at % 50}/f${at % 2}.go`] = `${base[`p${at % 50}/f${at % 2}.go`]}var x int\n`;
    const first = await snapshotOf({ base, head });
    const requests = connection.gitHub.requests.length;
    expect(requests).toBeLessThanOrEqual(12);
    expect(first.modules?.head[0]?.packages.length).toBeGreaterThan(200);
    expect(first.modules?.base[0]?.packages).toHaveLength(50);
    expect(first.omissions.filter(({ expected }) => expected !== true)).toEqual([]);
    connection.gitHub.requests.length = 0;
    await snapshotOf({ base, head });
    expect(connection.gitHub.requests.length).toBeLessThan(requests);
  });
});
