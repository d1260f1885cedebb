import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commit, folderWith, git, repositoryWith, temporaryFolder, writeFiles } from '../local/git-sandbox.ts';
import { isRoot, orSkipped } from '../skipped.ts';
import { runCli } from './run-cli.ts';
import { reportValidator, sarifValidator } from './schemas.ts';

/** A directive that has no effect is reported whatever the other rules say: a warning at a known line. */
const noted = (name: string) => `package p\n\n//goplumber:ignore\nfunc ${name}() {}\n`;
const clean = (name: string) => `package p\n\nfunc ${name}() {}\n`;

async function json(folder: string, ...args: readonly string[]) {
  const result = await runCli(folder, ['check', '--format', 'json', ...args]);
  expect(result.err).toBe('');
  return { ...result, ...JSON.parse(result.out) };
}

async function places(folder: string, ...args: readonly string[]): Promise<readonly string[]> {
  const { diagnostics } = await json(folder, ...args);
  return (diagnostics as { path: string; line: number; rule: string }[])
    .filter(({ rule }) => rule === 'bad-directive')
    .map(({ path, line }) => `${path}:${line}`);
}

async function refusal(folder: string, ...args: readonly string[]): Promise<string> {
  const { code, out, err } = await runCli(folder, ['check', ...args]);
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(/^goplumber: [^\n]+\n$/);
  return err.slice('goplumber: '.length, -1);
}

describe('check of whole files', () => {
  const files = {
    'go.mod': 'module m\n\ngo 1.24\n',
    'a/a.go': noted('A'),
    'a/b.go': noted('B'),
    'a/c/c.go': noted('C'),
    'main.go': clean('M'),
  };

  it('looks at every package below the folder by default', async () => {
    expect(await places(folderWith(files))).toEqual(['a/a.go:3', 'a/b.go:3', 'a/c/c.go:3']);
  });

  it('shows only what was asked for', async () => {
    const folder = folderWith(files);
    expect(await places(folder, 'a')).toEqual(['a/a.go:3', 'a/b.go:3']);
    expect(await places(folder, 'a/b.go')).toEqual(['a/b.go:3']);
    expect(await places(folder, 'a/c/...', 'main.go')).toEqual(['a/c/c.go:3']);
    expect((await json(folder, 'a/b.go')).summary).toMatchObject({ warning: 1, filesAnalysed: 1 });
  });

  it('gives paths from the folder it works in', async () => {
    const folder = folderWith(files);
    expect(await places(join(folder, 'a'), 'a.go')).toEqual(['a.go:3']);
    expect(await places('/', '--repo', folder, 'a/a.go')).toEqual(['a/a.go:3']);
    expect(await places(join(folder, 'a'), '../a/c')).toEqual(['c/c.go:3']);
  });

  it('has the documented shape and exit codes', async () => {
    const folder = folderWith(files);
    const validate = reportValidator();
    const report = await json(folder);
    expect([validate(JSON.parse(report.out)), validate.errors]).toEqual([true, null]);
    const codes = await Promise.all(
      ['error', 'warning', 'info', 'never'].map(
        async (failOn) => (await runCli(folder, ['check', '--fail-on', failOn])).code,
      ),
    );
    expect([report.code, codes]).toEqual([0, [0, 1, 1, 0]]);
    const sarif = await runCli(folder, ['check', '--format', 'sarif']);
    const validateSarif = sarifValidator();
    expect([validateSarif(JSON.parse(sarif.out)), validateSarif.errors]).toEqual([true, null]);
  });

  it('finds the configuration of the folder or of the repository around it', async () => {
    const config = 'failOn: warning\npaths:\n  ignore: [b.go]\n';
    const folder = folderWith({ ...files, '.git/HEAD': '', '.github/goplumber.yml': config });
    const { code, err } = await runCli(join(folder, 'a'), ['check', '--format', 'json']);
    expect([code, err]).toEqual([1, '']);
    expect(await places(join(folder, 'a'))).toEqual(['a.go:3', 'c/c.go:3']);
    writeFiles(folder, { 'other.yml': 'rules:\n  bad-directive: off\n' });
    expect(await places(folder, '--config', 'other.yml')).toEqual([]);
  });

  it('says in one line what it left out', async () => {
    const folder = folderWith({
      'p/broken.go': 'package p\n\nfunc Broken( {\n\treturn\n}\n\n//goplumber:ignore\nfunc Whole() {}\n',
      'p/latin.go': new Uint8Array([...Buffer.from('package p // '), 0xe9]),
      'p/windows.go': '//go:build windows\n\npackage p\n',
    });
    const { out, err, code } = await runCli(folder, ['check']);
    expect(code).toBe(0);
    expect(out).toContain('p/broken.go:7:1: warning bad-directive');
    expect(out).toContain('1 warning in 1 file (3 files skipped)');
    expect(err.trimEnd().split('\n')).toEqual([
      'goplumber: skipped p/latin.go: not UTF-8',
      expect.stringMatching(/^goplumber: skipped p\/broken\.go: analysed in part: .*line 3/),
    ]);
    expect((await json(folder)).summary.filesSkipped.map(({ path }: { path: string }) => path).sort()).toEqual([
      'p/broken.go',
      'p/latin.go',
      'p/windows.go',
    ]);
  });

  it('is content with a folder without Go files', async () => {
    const { code, out, err } = await runCli(folderWith({ 'readme.md': '' }), ['check']);
    expect([code, out, err]).toEqual([
      0,
      'no findings in 0 files\n',
      'goplumber: there are no Go files to check here\n',
    ]);
  });

  it('refuses what cannot be used, in one line', async () => {
    const folder = folderWith({
      ...files,
      'bad.yml': 'rules: [\n',
      'unknown.yml': 'failOn: error\nrules:\n  lost-cancle: off\n  other: off\n',
    });
    expect(await refusal(folder, 'nowhere')).toBe('cannot read nowhere: no such file or folder');
    expect(await refusal(folder, 'go.mod')).toMatch(/^go\.mod is neither a folder nor a file/);
    expect(await refusal(folder, '--repo', 'nowhere')).toBe('cannot read nowhere: no such file or folder');
    expect(await refusal(folder, '--repo', 'go.mod')).toBe('cannot read go.mod: not a folder');
    expect(await refusal(folder, '--head', 'HEAD')).toContain('needs --base');
    expect(await refusal(folder, '--go', '2.x')).toContain("'--go <version>'");
    expect(await refusal(folder, '--format', 'xml')).toContain('text, json, sarif, github');
    expect(await refusal(folder, '--nonsense')).toContain("unknown option '--nonsense'");
    expect(await refusal(folder, '--config', 'nowhere.yml')).toBe(
      'cannot read the configuration nowhere.yml: no such file or folder',
    );
    expect(await refusal(folder, '--config', 'bad.yml')).toMatch(/^bad\.yml:\d+:\d+: this is not valid YAML/);
    const { code, err } = await runCli(folder, ['check', '--config', 'unknown.yml']);
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(
        /^goplumber: unknown\.yml:3:3: unknown rule `lost-cancle`.*\ngoplumber: unknown\.yml:4:3: unknown rule `other`.*\n$/,
      ),
    ]);
  });

  it.skipIf(isRoot)(orSkipped(isRoot, 'refuses a folder that may not be read', 'root may read all'), async () => {
    const folder = folderWith(files);
    chmodSync(join(folder, 'a'), 0);
    expect(await refusal(folder, 'a')).toBe('cannot read a: permission denied');
    chmodSync(join(folder, 'a'), 0o755);
  });
});

describe('check of a change', () => {
  const before = {
    'go.mod': 'module m\n\ngo 1.24\n',
    'a/old.go': noted('Old'),
    'a/a.go': clean('A'),
    'b/b.go': clean('B'),
  };

  it('says only what is new, on lines of the change', async () => {
    const folder = repositoryWith(before);
    const base = git(folder, 'rev-parse', 'HEAD');
    const head = commit(folder, { 'a/a.go': noted('A'), 'b/b.go': noted('B') }, 'change');
    expect(await places(folder, '--base', 'HEAD^', '--head', 'HEAD')).toEqual(['a/a.go:3', 'b/b.go:3']);
    const report = await json(folder, '--base', base, '--head', head, 'a/a.go');
    expect([report.base, report.head, report.summary.warning, report.diagnostics[0].path]).toEqual([
      base,
      head,
      1,
      'a/a.go',
    ]);
    expect(await places(folder, '--base', 'HEAD^', '--head', 'HEAD', 'b')).toEqual(['b/b.go:3']);
    expect(await places(folder, '--base', 'HEAD^', '--head', 'HEAD', './b/...')).toEqual(['b/b.go:3']);
  });

  it('compares with the working tree by default, from any folder of it', async () => {
    const folder = repositoryWith(before);
    writeFiles(folder, { 'a/a.go': noted('A'), 'a/new.go': noted('New') });
    expect(await places(folder, '--base', 'main')).toEqual(['a/a.go:3', 'a/new.go:3']);
    expect(await places(join(folder, 'a'), '--base', 'main', 'new.go')).toEqual(['a/new.go:3']);
    expect(await places(join(folder, 'b'), '--base', 'main', '../a')).toEqual(['a/a.go:3', 'a/new.go:3']);
    expect((await json(folder, '--base', 'main')).head).toBe('working tree');
  });

  it('works on a bare repository', async () => {
    const folder = repositoryWith(before);
    commit(folder, { 'a/a.go': noted('A') }, 'change');
    const bare = join(temporaryFolder(), 'bare.git');
    git(folder, 'clone', '-q', '--bare', '.', bare);
    expect(await places('/', '--repo', bare, '--base', 'HEAD^', '--head', 'HEAD', 'a/a.go')).toEqual(['a/a.go:3']);
    expect(await places(bare, '--base', 'HEAD^')).toEqual(['a/a.go:3']);
  });

  it('takes the configuration of the base, so that a change cannot silence itself', async () => {
    const folder = repositoryWith({ ...before, '.github/goplumber.yml': 'failOn: warning\n' });
    commit(
      folder,
      { 'a/a.go': noted('A'), '.github/goplumber.yml': 'rules:\n  bad-directive: off\nfailOn: never\n' },
      'sly',
    );
    const { code, diagnostics } = await json(folder, '--base', 'HEAD^', '--head', 'HEAD');
    expect([code, diagnostics.length]).toEqual([1, 1]);
  });

  it('is content with a change without Go files', async () => {
    const folder = repositoryWith(before);
    commit(folder, { 'readme.md': 'x\n' }, 'words');
    const { code, err } = await runCli(folder, ['check', '--base', 'HEAD^', '--head', 'HEAD']);
    expect([code, err]).toEqual([0, 'goplumber: the change holds no Go files to check\n']);
  });

  it('refuses what cannot be compared, in one line', async () => {
    const folder = repositoryWith({ ...before, '.github/goplumber.yml': 'x: 1\n' });
    expect(await refusal(folderWith(before), '--base', 'main')).toContain('is not inside a git repository');
    expect(await refusal(folder, '--base', 'nowhere')).toContain('unknown revision "nowhere"');
    expect(await refusal(folder, '--base', 'main')).toMatch(/^\.github\/goplumber\.yml:1:1: unknown setting `x`/);
    git(folder, 'rm', '-q', '.github/goplumber.yml');
    commit(folder, {}, 'no configuration');
    expect(await refusal(folder, '--base', 'main', '--head', 'main^{tree}')).toContain('unknown revision');
    expect(await refusal(folder, '--base', 'main', '../elsewhere')).toContain('../elsewhere is outside the repository');
    expect(await refusal(folder, '--base', 'main', '/etc/passwd')).toContain('is outside the repository');
    expect(await refusal(folder, '--base', 'main', 'a/gone.go')).toBe('a/gone.go is in neither revision');
  });
});

describe('progress', () => {
  it('shows after a second on a terminal, and is taken away', async () => {
    let now = 0;
    const folder = folderWith({ 'a/a.go': clean('A'), 'b/b.go': clean('B') });
    const clock = () => {
      now += 600;
      return now;
    };
    const shown = await runCli(folder, ['check'], { progress: true, now: clock });
    expect(shown.err).toBe(
      '\r\u001b[K0 of 2 folders, 0 findings: reading a\r\u001b[K1 of 2 folders, 0 findings: reading b\r\u001b[K',
    );
    expect((await runCli(folder, ['check'], { progress: true })).err).toBe('');
    expect((await runCli(folder, ['check'], { now: clock })).err).toBe('');
  });
});
