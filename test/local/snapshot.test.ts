import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { LocalError } from '../../src/local/local-error.ts';
import { openRepository, workingTree } from '../../src/local/repository.ts';
import { type Comparison, localSnapshot } from '../../src/local/snapshot.ts';
import { commit, folderWith, git, repositoryWith, temporaryFolder, writeFiles } from './git-sandbox.ts';

const all = () => true;

async function snapshotOf(folder: string, comparison: Partial<Comparison> & { readonly base: string }) {
  return localSnapshot(await openRepository(folder), { wanted: all, ...comparison });
}

async function failure(promise: Promise<unknown>): Promise<LocalError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(LocalError);
  return error as LocalError;
}

const first = {
  'go.mod': 'module m\n\ngo 1.21\n',
  'a/a.go': 'package a\n\nfunc A() {}\n',
  'a/b.go': 'package a\n',
  'c/c.go': 'package c\n',
};

describe('a comparison of two commits', () => {
  it('holds the changed files with hunks and their packages on both sides', async () => {
    const folder = repositoryWith(first);
    commit(folder, { 'a/a.go': 'package a\n\nfunc A() { go A() }\n' }, 'second');
    const snapshot = await snapshotOf(folder, { base: 'HEAD^', head: 'HEAD' });
    expect(snapshot.changedFiles).toEqual([
      {
        path: 'a/a.go',
        status: 'modified',
        hunks: [
          {
            oldStart: 1,
            oldLines: 3,
            newStart: 1,
            newLines: 3,
            lines: [' package a', ' ', '-func A() {}', '+func A() { go A() }'],
          },
        ],
      },
    ]);
    expect(snapshot.base.map((side) => [side.dir, side.goVersion, side.files.map((file) => file.path)])).toEqual([
      ['a', { major: 1, minor: 21 }, ['a/a.go', 'a/b.go']],
    ]);
    expect(snapshot.head[0]?.files.map((file) => file.text)).toEqual([
      'package a\n\nfunc A() { go A() }\n',
      'package a\n',
    ]);
    expect(snapshot.base[0]?.files[1]?.blob).toBe(snapshot.head[0]?.files[1]?.blob);
  });

  it('starts at the merge base, not at the tip of the base', async () => {
    const folder = repositoryWith(first);
    git(folder, 'checkout', '-q', '-b', 'topic');
    commit(folder, { 'c/c.go': 'package c\n\nvar C int\n' }, 'topic');
    git(folder, 'checkout', '-q', 'main');
    commit(folder, { 'a/a.go': 'package a\n' }, 'main moved');
    const snapshot = await snapshotOf(folder, { base: 'main', head: 'topic' });
    expect(snapshot.changedFiles.map((file) => file.path)).toEqual(['c/c.go']);
    expect(snapshot.baseSha).toBe(git(folder, 'rev-parse', 'main'));
    expect(snapshot.mergeBaseSha).toBe(git(folder, 'rev-parse', 'main^'));
  });

  it('follows renames, with the old folder at the base', async () => {
    const folder = repositoryWith({ 'old/a.go': `package p\n\n${'// line\n'.repeat(20)}` });
    git(folder, 'mv', 'old', 'new');
    commit(folder, {}, 'move');
    const snapshot = await snapshotOf(folder, { base: 'HEAD^', head: 'HEAD' });
    expect(snapshot.changedFiles).toEqual([
      { path: 'new/a.go', previousPath: 'old/a.go', status: 'renamed', hunks: [] },
    ]);
    expect(snapshot.base.map((side) => side.dir)).toEqual(['old']);
    expect(snapshot.head.map((side) => side.dir)).toEqual(['new']);
  });

  it('pairs each file with its own hunks, also for names that git would quote', async () => {
    const names = ['p/a b.go', 'p/"q".go', 'p/ü.go', 'p/--.go', 'p/[x].go', 'p/t\tt.go'];
    const folder = repositoryWith(Object.fromEntries(names.map((name) => [name, 'package p\n'])));
    commit(folder, Object.fromEntries(names.map((name, index) => [name, `package p\n\nvar v${index} int\n`])), 'all');
    const snapshot = await snapshotOf(folder, { base: 'HEAD^', head: 'HEAD' });
    const added = new Map(snapshot.changedFiles.map((file) => [file.path, file.hunks[0]?.lines.at(-1)]));
    expect(added).toEqual(
      new Map(names.map((name, index) => [name, `+var v${index} int`]).sort() as [string, string][]),
    );
  });

  it('reads the nearest go.mod of each side', async () => {
    const folder = repositoryWith({ ...first, 'a/go.mod': 'module m/a\n\ngo 1.24\n' });
    rmSync(join(folder, 'a/go.mod'));
    commit(folder, { 'a/a.go': 'package a\n\nvar X int\n' }, 'joined');
    const snapshot = await snapshotOf(folder, { base: 'HEAD^', head: 'HEAD' });
    expect([snapshot.base[0]?.goVersion?.minor, snapshot.head[0]?.goVersion?.minor]).toEqual([24, 21]);
  });

  it('says what it leaves out', async () => {
    const folder = repositoryWith(first);
    writeFiles(folder, {
      'vendor/x/x.go': 'package x\n',
      'a/testdata/t.go': 'package t\n',
      'a/latin.go': new Uint8Array([...Buffer.from('package a // '), 0xe9, 10]),
      'a/big.go': `package a\n${'// data\n'.repeat(600_000)}`,
    });
    symlinkSync('a.go', join(folder, 'a/link.go'));
    commit(folder, {}, 'odd');
    const snapshot = await snapshotOf(folder, { base: 'HEAD^', head: 'HEAD' });
    expect(Object.fromEntries(snapshot.omissions.map(({ path, reason }) => [path, reason]))).toEqual({
      'a/big.go': 'larger than 4 MB (4.8 MB)',
      'a/latin.go': 'not UTF-8',
      'a/link.go': 'a symbolic link',
      'a/testdata/t.go': 'test data',
      'vendor/x/x.go': 'vendored code',
    });
    expect(snapshot.head.map((side) => side.dir)).toEqual(['a']);
  });

  it('works in a bare repository, where head is HEAD unless it is named', async () => {
    const folder = repositoryWith(first);
    commit(folder, { 'a/a.go': 'package a\n' }, 'second');
    const bare = join(temporaryFolder(), 'bare.git');
    git(folder, 'clone', '-q', '--bare', '.', bare);
    const snapshot = await snapshotOf(bare, { base: 'HEAD^' });
    expect(snapshot.changedFiles.map((file) => file.path)).toEqual(['a/a.go']);
    expect(snapshot.headSha).toBe(git(folder, 'rev-parse', 'HEAD'));
  });
});

describe('a comparison with the working tree', () => {
  it('holds uncommitted, staged and untracked files, and not those that git ignores', async () => {
    const folder = repositoryWith({ ...first, '.gitignore': 'ignored.go\n' });
    writeFiles(folder, {
      'a/a.go': 'package a\n\nvar Edited int\n',
      'a/staged.go': 'package a\n',
      'd/untracked.go': 'package d\n',
      'a/ignored.go': 'package a\n',
    });
    git(folder, 'add', 'a/staged.go');
    rmSync(join(folder, 'c/c.go'));
    const before = [git(folder, 'status', '--porcelain'), git(folder, 'count-objects', '-v')];
    const snapshot = await snapshotOf(folder, { base: 'main' });
    expect(snapshot.changedFiles.map((file) => `${file.status} ${file.path}`).sort()).toEqual([
      'added a/staged.go',
      'added d/untracked.go',
      'modified a/a.go',
      'removed c/c.go',
    ]);
    expect(snapshot.headSha).toBe(workingTree);
    expect(
      snapshot.head.find((side) => side.dir === 'a')?.files.find((file) => file.path === 'a/a.go')?.text,
    ).toContain('Edited');
    expect([git(folder, 'status', '--porcelain'), git(folder, 'count-objects', '-v')]).toEqual(before);
  });

  it('works from a folder inside, in a linked work tree, and in a path with a colon and a quote', async () => {
    const folder = join(temporaryFolder(), 'a:b"c');
    mkdirSync(folder);
    git(folder, 'init', '-q', '-b', 'main');
    commit(folder, first, 'first');
    git(folder, 'worktree', 'add', '-q', '-b', 'topic', join(folder, 'linked'));
    writeFiles(join(folder, 'linked'), { 'a/a.go': 'package a\n\nvar L int\n' });
    const snapshot = await snapshotOf(join(folder, 'linked', 'a'), { base: 'main' });
    expect(snapshot.changedFiles.map((file) => file.path)).toEqual(['a/a.go']);
  });

  it('works while a merge has conflicts', async () => {
    const folder = repositoryWith({ ...first, 'note.txt': 'one\n' });
    git(folder, 'checkout', '-q', '-b', 'topic');
    commit(folder, { 'a/a.go': 'package a\n\nvar Topic int\n', 'note.txt': 'two\n' }, 'topic');
    git(folder, 'checkout', '-q', 'main');
    commit(folder, { 'a/a.go': 'package a\n\nvar Main int\n', 'note.txt': 'three\n' }, 'main');
    expect(() => git(folder, 'merge', 'topic')).toThrow();
    const snapshot = await snapshotOf(folder, { base: 'main' });
    expect(snapshot.head[0]?.files[0]?.text).toContain('<<<<<<<');
  });

  it('leaves no temporary folder behind', async () => {
    const repository = repositoryWith(first);
    // Other tests make such folders beside this one.
    const own = mkdtempSync(join(tmpdir(), 'goplumber-test-'));
    vi.stubEnv('TMPDIR', own);
    try {
      await snapshotOf(repository, { base: 'main' });
      expect(tmpdir()).toBe(own);
      expect(readdirSync(own)).toEqual([]);
    } finally {
      vi.unstubAllEnvs();
      rmSync(own, { recursive: true, force: true });
    }
  });
});

describe('a hostile repository', () => {
  it('executes nothing that its configuration, attributes or hooks name', async () => {
    const folder = repositoryWith({ ...first, '.gitattributes': '*.go filter=evil diff=evil\n' });
    const proof = join(temporaryFolder(), 'proof');
    const script = join(temporaryFolder(), 'evil.sh');
    writeFileSync(script, `#!/bin/sh\necho "$0 $*" >> ${proof}\ncat\n`, { mode: 0o755 });
    for (const key of [
      'filter.evil.clean',
      'filter.evil.smudge',
      'filter.evil.process',
      'diff.evil.textconv',
      'diff.evil.command',
      'diff.external',
      'core.fsmonitor',
      'core.pager',
      'core.sshCommand',
    ]) {
      git(folder, 'config', key, script);
    }
    git(folder, 'config', 'filter.evil.required', 'true');
    for (const hook of ['post-index-change', 'fsmonitor-watchman', 'pre-commit', 'reference-transaction'])
      writeFileSync(join(folder, '.git/hooks', hook), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    writeFiles(folder, { 'a/a.go': 'package a\n\nvar Edited int\n', 'a/new.go': 'package a\n' });
    const snapshot = await snapshotOf(folder, { base: 'HEAD' });
    expect(snapshot.changedFiles.map((file) => file.path)).toEqual(['a/a.go', 'a/new.go']);
    await snapshotOf(folder, { base: 'HEAD', head: 'HEAD' });
    expect(existsSync(proof)).toBe(false);
  });

  it('takes no option for a revision', async () => {
    const folder = repositoryWith(first);
    for (const base of ['--all', '-n1', '--output=x', '', 'HEAD --', '--end-of-options']) {
      expect((await failure(snapshotOf(folder, { base, head: 'HEAD' }))).code).toBe('unknown-revision');
    }
    expect(existsSync(join(folder, 'x'))).toBe(false);
  });
});

describe('what cannot be compared', () => {
  it('names a folder without repository', async () => {
    const error = await failure(openRepository(folderWith({ 'a.go': 'package a\n' })));
    expect(error.code).toBe('not-a-repository');
    expect(error.message).toMatch(/^\S+ is not inside a git repository/);
  });

  it('names a revision that is not there', async () => {
    const error = await failure(snapshotOf(repositoryWith(first), { base: 'nowhere', head: 'HEAD' }));
    expect(error.message).toMatch(/^unknown revision "nowhere" in /);
  });

  it('tells a shallow clone from unrelated histories', async () => {
    const folder = repositoryWith(first);
    git(folder, 'checkout', '-q', '-b', 'topic');
    commit(folder, { 'a/a.go': 'package a\n' }, 'topic');
    git(folder, 'checkout', '-q', 'main');
    commit(folder, { 'c/c.go': 'package c\n' }, 'main moved');
    const shallow = join(temporaryFolder(), 'shallow');
    git(folder, 'clone', '-q', '--depth=1', '--no-single-branch', `file://${folder}`, shallow);
    const error = await failure(snapshotOf(shallow, { base: 'origin/main', head: 'origin/topic' }));
    expect([error.code, error.message]).toEqual(['no-merge-base', expect.stringContaining('shallow')]);
    expect((await failure(snapshotOf(shallow, { base: 'HEAD^', head: 'HEAD' }))).message).toContain('shallow');

    git(folder, 'checkout', '-q', '--orphan', 'other');
    commit(folder, {}, 'other');
    expect((await failure(snapshotOf(folder, { base: 'main', head: 'other' }))).message).toContain('unrelated');
  });
});
