import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { configAt, configOnDisk, namedConfig } from '../../src/local/config-file.ts';
import { modulesOnDisk } from '../../src/local/disk-packages.ts';
import { readPackage } from '../../src/local/folder.ts';
import { goVersionsOnDisk } from '../../src/local/go-mod.ts';
import { ImportsOnDisk } from '../../src/local/imports-on-disk.ts';
import { LocalError } from '../../src/local/local-error.ts';
import { openRepository } from '../../src/local/repository.ts';
import { localSnapshot } from '../../src/local/snapshot.ts';
import { commit, git, repositoryWith, temporaryFolder, writeFiles } from './git-sandbox.ts';

const first = { 'go.mod': 'module m\n\ngo 1.21\n', 'a/a.go': 'package a\n\nfunc A() {}\n', 'c/c.go': 'package c\n' };
const edited = { 'a/a.go': 'package a\n\nvar Edited int\n', 'a/new.go': 'package a\n' };

async function compare(folder: string, head?: string) {
  const repository = await openRepository(folder);
  return localSnapshot(repository, { base: 'HEAD', wanted: () => true, ...(head === undefined ? {} : { head }) });
}

async function refusal(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(LocalError);
  return (error as LocalError).message;
}

/** Appends a section to a configuration as it stands, as no checked command would write it. */
function configure(folder: string, text: string): void {
  appendFileSync(join(folder, '.git/config'), `\n${text}\n`);
}

interface Trap {
  readonly name: string;
  /** Text of the configuration; `@` stands for the command. */
  readonly config?: string;
  readonly attributes?: string;
  readonly hook?: string;
  /** Files of the git directory; `@` stands for the command, `~` for the git directory. */
  readonly files?: Readonly<Record<string, string>>;
}

const filterNames = ['evil', 'a=b', 'a.b', 'A B', 'x\\"y', '', 'ü', 'evil.clean'];
const traps: readonly Trap[] = [
  ...filterNames.flatMap((name): readonly Trap[] => [
    {
      name: `clean filter "${name}"`,
      config: `[filter "${name}"]\n clean = @\n required = true`,
      attributes: `*.go filter=${name.replaceAll('\\', '')}`,
    },
    {
      name: `process filter "${name}"`,
      config: `[filter "${name}"]\n process = @\n required`,
      attributes: `*.go filter=${name.replaceAll('\\', '')}`,
    },
  ]),
  { name: 'filter without a name', config: '[filter]\n clean = @\n process = @', attributes: '*.go filter' },
  {
    name: 'diff driver',
    config: '[diff "evil"]\n command = @\n textconv = @\n cachetextconv = true',
    attributes: '*.go diff=evil',
  },
  { name: 'external diff', config: '[diff]\n external = @' },
  { name: 'file-system monitor', config: '[core]\n fsmonitor = @' },
  { name: 'monitor, version 2', config: '[core]\n fsmonitor = @\n fsmonitorHookVersion = 2' },
  {
    name: 'pagers',
    config: '[core]\n pager = @\n[pager]\n ls-tree = @\n diff-tree = @\n ls-files = @\n rev-parse = @',
  },
  { name: 'editors', config: '[core]\n editor = @\n[sequence]\n editor = @' },
  { name: 'ssh command', config: '[core]\n sshCommand = @\n gitProxy = @\n askPass = @' },
  { name: 'credential helper', config: '[credential]\n helper = !@\n helper = @' },
  { name: 'hooks folder', config: '[core]\n hooksPath = .hooks' },
  { name: 'alias', config: '[alias]\n ls-files = !@\n diff-tree = !@\n rev-parse = !@' },
  { name: 'alternate refs', config: '[core]\n alternateRefsCommand = @' },
  {
    name: 'promisor remote',
    config: '[extensions]\n partialClone = origin\n[remote "origin"]\n url = ext::@\n promisor = true\n uploadpack = @',
  },
  { name: 'remote helper', config: '[remote "origin"]\n vcs = evil\n url = evil::x\n promisor = true' },
  { name: 'merge driver', config: '[merge "evil"]\n driver = @', attributes: '*.go merge=evil' },
  { name: 'submodule update', config: '[submodule "x"]\n update = !@\n active = true\n url = ./x' },
  { name: 'signature program', config: '[gpg]\n program = @\n[log]\n showSignature = true' },
  { name: 'trailer', config: '[trailer "x"]\n command = @\n cmd = @' },
  {
    name: 'split index',
    config: '[core]\n splitIndex = true\n untrackedCache = true\n[splitIndex]\n maxPercentChange = 0',
  },
  { name: 'work tree elsewhere', config: '[core]\n worktree = /' },
  {
    name: 'filter of an included file',
    config: '[include]\n path = evil.config\n[includeIf "gitdir:**"]\n path = evil.config',
    attributes: '*.go filter=evil diff=evil',
    files: {
      'evil.config':
        '[filter "evil"]\n clean = @\n process = @\n[diff "evil"]\n textconv = @\n[core]\n fsmonitor = @\n hooksPath = ~\n',
    },
  },
  {
    name: 'settings of the worktree',
    config: '[core]\n repositoryFormatVersion = 1\n[extensions]\n worktreeConfig = true',
    attributes: '*.go filter=evil',
    files: { 'config.worktree': '[filter "evil"]\n clean = @\n[core]\n fsmonitor = @\n' },
  },
  {
    name: 'attributes of the git directory',
    config: '[filter "evil"]\n clean = @\n process = @\n[core]\n attributesFile = ~/evil.attributes',
    files: { 'info/attributes': '* filter=evil\n', 'evil.attributes': '* filter=evil\n' },
  },
  {
    name: 'conversions by attributes',
    config: '[core]\n autocrlf = true\n eol = crlf\n safecrlf = true\n checkRoundtripEncoding = UTF-16',
    attributes: '*.go ident text eol=crlf working-tree-encoding=UTF-16',
  },
  { name: 'objects elsewhere', files: { 'objects/info/alternates': '/proc/self/root/nowhere\n../../../elsewhere\n' } },
  {
    name: 'helpers of remotes',
    config:
      '[url "ext::@ "]\n insteadOf = ./\n[remote "origin"]\n url = ./x\n uploadpack = @\n receivepack = @\n[protocol "ext"]\n allow = always',
  },
  {
    name: 'web, mail and tools',
    config:
      '[browser "x"]\n cmd = @\n[difftool "x"]\n cmd = @\n[diff]\n tool = x\n[mergetool "x"]\n cmd = @\n[interactive]\n diffFilter = @\n[uploadpack]\n packObjectsHook = @',
  },
  { name: 'hook after the index changed', hook: 'post-index-change' },
  { name: 'hook on references', hook: 'reference-transaction' },
  {
    name: 'hook of the monitor',
    hook: 'fsmonitor-watchman',
    config: '[core]\n fsmonitor = .git/hooks/fsmonitor-watchman',
  },
];

/** Sets a trap in a repository; `marker` is written when it is sprung. */
function setTrap(folder: string, trap: Trap, marker: string): void {
  const script = join(folder, '.git', 'evil.sh');
  writeFileSync(script, `#!/bin/sh\necho "$0" >> '${marker}'\ncat\n`, { mode: 0o755 });
  const filled = (text: string) => text.replaceAll('@', script).replaceAll('~', join(folder, '.git'));
  if (trap.config !== undefined) configure(folder, filled(trap.config));
  for (const [name, text] of Object.entries(trap.files ?? {})) {
    mkdirSync(dirname(join(folder, '.git', name)), { recursive: true });
    writeFileSync(join(folder, '.git', name), filled(text));
  }
  if (trap.attributes !== undefined) writeFileSync(join(folder, '.gitattributes'), `${trap.attributes}\n`);
  if (trap.hook !== undefined)
    writeFileSync(join(folder, '.git/hooks', trap.hook), readFileSync(script), { mode: 0o755 });
  mkdirSync(join(folder, '.hooks'), { recursive: true });
  for (const hook of ['post-index-change', 'reference-transaction'])
    writeFileSync(join(folder, '.hooks', hook), readFileSync(script), { mode: 0o755 });
}

/** Everything in the git directory, with the content of what is small, so that a write is seen. */
function contentsOf(folder: string): readonly string[] {
  return readdirSync(join(folder, '.git'), { recursive: true, encoding: 'utf8' }).sort();
}

describe('a repository whose settings name programs', () => {
  it.each(traps)('is compared without running them: $name', async (trap) => {
    const folder = repositoryWith(first);
    const marker = join(temporaryFolder(), 'marker');
    // A second repository inside, in a folder that looks like a source file, sets the same trap.
    const nested = join(folder, 'sub.go');
    mkdirSync(nested);
    git(nested, 'init', '-q');
    commit(nested, { 'x.go': 'package x\n' }, 'nested');
    writeFiles(nested, { 'x.go': 'package x // edited\n' });
    writeFiles(folder, edited);
    setTrap(nested, trap, marker);
    setTrap(folder, trap, marker);
    const before = contentsOf(folder);
    const snapshot = await compare(folder);
    expect(existsSync(marker)).toBe(false);
    expect(contentsOf(folder)).toEqual(before);
    expect(snapshot.changedFiles.map((file) => file.path)).toEqual(['a/a.go', 'a/new.go']);
    expect(snapshot.omissions).toEqual([]);
  });

  it('springs the traps when git add is run, so that the test can fail', () => {
    const folder = repositoryWith(first);
    const marker = join(temporaryFolder(), 'marker');
    setTrap(folder, { name: '', config: '[filter "a=b"]\n clean = @', attributes: '*.go filter=a=b' }, marker);
    writeFiles(folder, edited);
    git(folder, 'add', '-A');
    expect(existsSync(marker)).toBe(true);
  });

  it('does not obey the variables by which a surrounding git points elsewhere', async () => {
    const folder = repositoryWith(first);
    writeFiles(folder, edited);
    const elsewhere = repositoryWith({ 'z.go': 'package z\n' });
    const variables = {
      GIT_DIR: join(elsewhere, '.git'),
      GIT_WORK_TREE: elsewhere,
      GIT_INDEX_FILE: join(elsewhere, '.git/index'),
      GIT_EXTERNAL_DIFF: '/bin/false',
      GIT_CONFIG: '/dev/zero',
      GIT_TRACE: join(elsewhere, 'trace'),
    };
    Object.assign(process.env, variables);
    try {
      expect((await compare(folder)).changedFiles.map((file) => file.path)).toEqual(['a/a.go', 'a/new.go']);
    } finally {
      for (const name of Object.keys(variables)) delete process.env[name];
    }
    expect(existsSync(join(elsewhere, 'trace'))).toBe(false);
  });

  it('shows what changed in a file that an attribute calls binary', async () => {
    const folder = repositoryWith({ ...first, '.gitattributes': '*.go binary -diff\n' });
    configure(folder, '[core]\n bigFileThreshold = 1');
    writeFiles(folder, edited);
    const snapshot = await compare(folder);
    expect(snapshot.changedFiles.map(({ hunks }) => hunks.length)).toEqual([1, 1]);
  });

  it('takes line ends that the checkout turned into CRLF for no change', async () => {
    const folder = repositoryWith(first);
    writeFiles(folder, { 'a/a.go': 'package a\r\n\r\nfunc A() {}\r\n' });
    expect((await compare(folder)).changedFiles).toEqual([]);
  });
});

describe('what is no regular file', () => {
  it.each(['config', 'index', 'HEAD', 'packed-refs', 'info/exclude'])(
    'is refused in the git directory: %s',
    async (name) => {
      const folder = repositoryWith(first);
      rmSync(join(folder, '.git', name), { force: true });
      execFileSync('mkfifo', [join(folder, '.git', name)]);
      expect(await refusal(compare(folder))).toMatch(/\.git\/\S+: not a regular file$/);
    },
  );

  it('ends a command of git that reads from a pipe', async () => {
    const folder = repositoryWith(first);
    execFileSync('mkfifo', [join(folder, 'a/.gitignore')]);
    const repository = await openRepository(folder, { seconds: 1, heap: 100_000 });
    const message = await refusal(localSnapshot(repository, { base: 'HEAD', wanted: () => true }));
    expect(message).toMatch(/^git ls-files did not end within 1 seconds; is a pipe or a device among its files\?$/);
  });

  it('is named and left out of the working tree, and nothing behind a link is read', async () => {
    const folder = repositoryWith(first);
    const secret = temporaryFolder();
    writeFiles(secret, { 's.go': 'package secret\n' });
    rmSync(join(folder, 'a/a.go'));
    execFileSync('mkfifo', [join(folder, 'a/a.go')]);
    rmSync(join(folder, 'c'), { recursive: true });
    symlinkSync(secret, join(folder, 'c'));
    symlinkSync(join(secret, 's.go'), join(folder, 'link.go'));
    const snapshot = await compare(folder);
    expect(snapshot.omissions).toEqual([
      { path: 'link.go', reason: 'a symbolic link' },
      { path: 'a/a.go', reason: 'not a regular file' },
    ]);
    expect(snapshot.changedFiles.map(({ path, status }) => `${status} ${path}`)).toEqual([
      'removed c/c.go',
      'added link.go',
    ]);
    expect(JSON.stringify(snapshot)).not.toContain('package secret');
  });

  it('is no go.mod and no configuration', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, '.github'));
    execFileSync('mkfifo', [join(folder, 'go.mod'), join(folder, '.github/goplumber.yml'), join(folder, 'p.go')]);
    expect(await goVersionsOnDisk()(folder)).toBeUndefined();
    expect(await modulesOnDisk(folder)(folder)).toBeUndefined();
    expect(await refusal(configOnDisk(folder))).toBe(
      'cannot read the configuration .github/goplumber.yml: not a regular file',
    );
    expect(await refusal(namedConfig('/dev/zero', '/dev/zero'))).toContain('not a regular file');
    expect((await readPackage(folder, folder)).skipped).toEqual([{ path: 'p.go', reason: 'not a regular file' }]);
  });

  it('is no workspace, and no source that others import', async () => {
    const folder = repositoryWith({ ...first, 'a/a.go': 'package a\n\nimport _ "m/c"\n' });
    execFileSync('mkfifo', [join(folder, 'c/pipe.go')]);
    symlinkSync('/dev/zero', join(folder, 'go.work'));
    const module = await modulesOnDisk(folder)(join(folder, 'a'));
    const imported = await new ImportsOnDisk(folder).of(join(folder, 'a'), [
      { path: 'a/a.go', text: 'package a\n\nimport _ "m/c"\n' },
    ]);
    expect(module?.dirOf(join(folder, 'a'))).toBe('a');
    expect(imported.omissions).toEqual([]);
  });

  it('is read in one way only, which never waits for a pipe and never reads more than it may', () => {
    const sources = join(import.meta.dirname, '../../src/local');
    const others = readdirSync(sources).filter((file) =>
      /\breadFile(?:Sync)?\(/.test(readFileSync(join(sources, file), 'utf8')),
    );
    // The cache lies in the user's own folder; its entries are looked at before they are read.
    expect(others).toEqual(['disk-cache.ts']);
  });

  it('is not followed out of the checkout', async () => {
    const folder = repositoryWith(first);
    const secret = temporaryFolder();
    writeFiles(secret, { 's.go': 'package secret\n', 'c.yml': 'tests: false\n' });
    symlinkSync(join(secret, 's.go'), join(folder, 'a/link.go'));
    symlinkSync('a.go', join(folder, 'a/near.go'));
    mkdirSync(join(folder, '.github'));
    symlinkSync(join(secret, 'c.yml'), join(folder, '.github/goplumber.yml'));
    const read = await readPackage(folder, join(folder, 'a'));
    expect(read.files.map(({ path }) => path)).toEqual(['a/a.go', 'a/near.go']);
    expect(read.skipped).toEqual([{ path: 'a/link.go', reason: 'a symbolic link that leads out of the checkout' }]);
    expect(await refusal(configOnDisk(folder))).toContain('a symbolic link that leads out of the checkout');
  });
});

describe('what is small on disk and large when it is read', () => {
  it('is not hashed when its size says enough: an untracked file of three gigabytes', async () => {
    const folder = repositoryWith(first);
    writeFileSync(join(folder, 'a/huge.go'), 'package a\n');
    truncateSync(join(folder, 'a/huge.go'), 3_000_000_000);
    const snapshot = await compare(folder);
    expect(snapshot.omissions).toEqual([{ path: 'a/huge.go', reason: 'larger than 4 MB (3000.0 MB)' }]);
  });

  it('is not inflated: a blob of a hundred megabytes', async () => {
    const folder = repositoryWith(first);
    const id = looseObject(folder, 'blob', Buffer.alloc(100_000_000, 32));
    git(folder, 'update-index', '--add', '--cacheinfo', `100644,${id},a/bomb.go`);
    git(folder, 'update-index', '--add', '--cacheinfo', `100644,${id},.github/goplumber.yml`);
    git(folder, 'commit', '-q', '-m', 'bomb');
    const repository = await openRepository(folder);
    const snapshot = await localSnapshot(repository, { base: 'HEAD^', head: 'HEAD', wanted: () => true });
    expect(snapshot.omissions).toEqual([{ path: 'a/bomb.go', reason: 'larger than 4 MB (100.0 MB)' }]);
    expect(snapshot.changedFiles).toContainEqual({ path: 'a/bomb.go', status: 'added', hunks: [] });
    expect(await refusal(configAt(repository, git(folder, 'rev-parse', 'HEAD')))).toContain('larger than 4 MB');
  });

  it('ends git when a tree of forty trees would have two to the fortieth files', async () => {
    const folder = repositoryWith(first);
    let mode = '100644';
    let id = git(folder, 'rev-parse', 'HEAD:a/a.go');
    for (let depth = 0; depth < 40; depth += 1) {
      const entry = (name: string) => Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(id, 'hex')]);
      id = looseObject(folder, 'tree', Buffer.concat([entry('0.go'), entry('1.go')]));
      mode = '40000';
    }
    const bomb = git(folder, 'commit-tree', id, '-p', 'HEAD', '-m', 'bomb');
    const repository = await openRepository(folder, { seconds: 100, heap: 32_000 });
    const message = await refusal(localSnapshot(repository, { base: 'HEAD', head: bomb, wanted: () => true }));
    expect(message).toMatch(/^git diff-tree (failed: .*memory|wrote more than|did not end)/i);
  });
});

/** Writes an object without asking git, which would hold it in memory; returns its id. */
function looseObject(folder: string, type: string, content: Buffer): string {
  const header = Buffer.from(`${type} ${content.length}\0`);
  const id = createHash('sha1').update(header).update(content).digest('hex');
  const shelf = join(folder, '.git/objects', id.slice(0, 2));
  mkdirSync(shelf, { recursive: true });
  writeFileSync(join(shelf, id.slice(2)), deflateSync(Buffer.concat([header, content])));
  return id;
}
