/** What people type: command lines with the exit code and the first line that they show. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeFiles } from '../local/git-sandbox.ts';
import { runCli } from './run-cli.ts';

const root = join(import.meta.dirname, '../..');
const bundle = join(root, 'dist-test');
const work = realpathSync(mkdtempSync(join(tmpdir(), 'goplumber-habits-')));

const leak = (name: string) => `package pages

import "context"

func ${name}(ctx context.Context, load func() int) int {
	result := make(chan int)
	go func() { result <- load() }()
	select {
	case page := <-result:
		return page
	case <-ctx.Done():
		return 0
	}
}
`;

const files = {
  'go.mod': 'module example.org/pages\n\ngo 1.24\n',
  'clean/clean.go': 'package clean\n\nfunc F() {}\n',
  'leak/leak.go': leak('Fetch'),
  'broken/broken.go': 'package broken\n\nfunc f( {\n',
  'with space/ok.go': 'package p\n',
  'tagged/tagged.go': `//go:build special\n\n${leak('Tagged')}`,
  'windows/w_windows.go': leak('Windows'),
  'notes.txt': 'not Go\n',
  'bad.yml': 'failOn: sometimes\nrules:\n  lost-cancle: off\n',
  'old.json': '{"version": 0, "findings": []}\n',
  'not.json': 'hello\n',
  'plain.txt': 'no diff at all\n',
};

function git(...args: readonly string[]): void {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.com', ...args], { cwd: work, env });
}

beforeAll(() => {
  execFileSync(process.execPath, [join(root, 'tools/build.mjs'), 'app', 'dist-test'], { cwd: root });
  writeFiles(work, files);
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-q', '-m', 'Before');
  writeFiles(work, { 'staged/staged.go': leak('Staged') });
  git('add', 'staged');
  writeFiles(work, { 'later/later.go': leak('Later') });
  mkdirSync(join(work, 'empty'));
}, 120_000);
afterAll(() => {
  for (const folder of [work, bundle]) rmSync(folder, { recursive: true, force: true });
});

interface Row {
  readonly line: string;
  readonly code: number;
  readonly first: RegExp;
  readonly folder: string;
}

function row(line: string, code: number, first: RegExp, folder = ''): Row {
  return { line, code, first, folder };
}

/** The first line is that of stdout, or of stderr when stdout is empty. */
const rows: readonly Row[] = [
  row('', 2, /^Usage: goplumber/),
  row('--help', 0, /^Usage: goplumber/),
  row('help', 0, /^Usage: goplumber/),
  row('--version', 0, /^\d+\.\d+\.\d+$/),
  row('-v', 0, /^\d+\.\d+\.\d+$/),
  row('version', 0, /^\d+\.\d+\.\d+$/),
  row('chekc', 2, /^goplumber: unknown command 'chekc'; did you mean check\? See goplumber --help$/),
  row('check --hepl', 2, /^goplumber: unknown option '--hepl'; did you mean --help\? See goplumber check --help$/),
  row('help chekc', 2, /^goplumber: unknown command 'chekc'; did you mean check\?/),
  row('lint', 2, /^goplumber: unknown command 'lint'; did you mean check\? See goplumber --help$/),
  row('diff', 2, /^goplumber: unknown command 'diff'; did you mean goplumber check --diff\?/),
  row('./...', 2, /^goplumber: unknown command '\.\/\.\.\.'; did you mean goplumber check \.\/\.\.\.\?/),
  row('leak', 2, /^goplumber: unknown command 'leak'; did you mean goplumber check leak\?/),
  row('frobnicate', 2, /^goplumber: unknown command 'frobnicate'; see goplumber --help$/),
  row('baseline wirte', 2, /^goplumber: unknown command 'wirte'; did you mean write\? See goplumber baseline --help$/),
  row(
    'baseline list',
    2,
    /^goplumber: unknown command 'list'; it is one of write, prune; see goplumber baseline --help$/,
  ),
  row('check --fixx', 2, /did you mean --fix\?/),
  row('check -fix', 2, /^goplumber: unknown option '-fix'; did you mean --fix\? See goplumber check --help$/),
  row('check leak -output report.txt', 2, /^goplumber: unknown option '-output'; did you mean --output\?/),
  row('check --json', 2, /^goplumber: unknown option '--json'; did you mean --format json\?/),
  row('check --goos win', 2, /Go knows no such name; did you mean windows\? See goplumber check --help$/),
  row('check --goarch x86', 2, /Go knows no such name/),
  row('rules unreceived-send', 2, /; goplumber explain RULE explains one rule; see goplumber rules --help$/),
  row('explain unreceived', 2, /; did you mean unreceived-send\?$/),
  row('explain lifecycle', 2, /^goplumber: "lifecycle" is a group of rules; its rules are /),
  row('check --help', 0, /^Usage: goplumber check/),
  row('check clean', 0, /^no findings in 1 file$/),
  row('check ./clean', 0, /^no findings in 1 file$/),
  row('check clean/clean.go', 0, /^no findings in 1 file$/),
  row('check clean/...', 0, /^no findings in 1 file$/),
  row('check leak', 1, /^leak\/leak\.go:7:14: error unreceived-send: /),
  row('check .', 1, /^leak\.go:7:14: error unreceived-send: /, 'leak'),
  row('check ./...', 1, /^leak\.go:7:14: error/, 'leak'),
  row('check ...', 1, /^leak\.go:7:14: error/, 'leak'),
  row('check example.org/pages/leak', 1, /^leak\/leak\.go:7:14: error/),
  row('check example.org/pages/leak/...', 1, /^leak\/leak\.go:7:14: error/),
  row('check example.org/pages/leak', 1, /^\.\.\/leak\/leak\.go|^\/.*\/leak\/leak\.go:7:14: error/, 'clean'),
  row('check example.org/elsewhere', 2, /^goplumber: cannot read example\.org\/elsewhere: no such file or folder/),
  row('check all --quiet', 1, /^later\/later\.go:7:14: error/),
  row('check leka', 2, /^goplumber: cannot read leka: no such file or folder; did you mean leak\?$/),
  row('check leak/laek.go', 2, /did you mean leak\.go\?$/),
  row('check notes.txt', 2, /^goplumber: notes\.txt is neither a folder nor a file/),
  row('check broken/broken.go', 2, /^no findings in 1 file/),
  row('check broken', 0, /^no findings in 1 file/),
  row('check empty', 0, /^no findings in 0 files$/),
  row('check .', 0, /^no findings in 0 files$/),
  row('check . -q', 0, /^$/),
  row('check leak --fail-on never', 0, /^leak\/leak\.go:7:14: error/),
  row('check leak --fail-on=eror', 2, /Allowed choices are error, warning, info, never; did you mean error\?/),
  row('check leak --fail-on warn', 2, /; did you mean warning\?/),
  row('check leak --disable unreceived-send', 0, /^(no findings|.*(warning|info))/),
  row('check leak --disable unrecieved-send', 2, /did you mean unreceived-send\?$/),
  row(
    'check leak --enable nothing',
    2,
    /^goplumber: --enable: there is no rule "nothing"; goplumber rules lists them$/,
  ),
  row('check leak --config bad.yml', 2, /^goplumber: bad\.yml:1:/),
  row('check leak --config nowhere.yml', 2, /^goplumber: cannot read the configuration nowhere\.yml/),
  row('check leak --format github', 1, /^::error file=leak\/leak\.go,line=7,/),
  row('check --format github', 1, /^::error file=leak\/leak\.go,line=7,/, 'leak'),
  row('check leak --format jsn', 2, /Allowed choices are text, json, sarif, github/),
  row('check leak --format json', 1, /^\{$/),
  row('check clean -q', 0, /^$/),
  row('check clean --stats', 0, /^no findings in 1 file$/),
  row('check tagged', 0, /^no findings in 0 files/),
  row('check tagged --tags special', 1, /^tagged\/tagged\.go:9:14: error/),
  row('check windows --goos windows', 1, /^windows\/w_windows\.go:7:14: error/),
  row('check leak --diff', 1, /^--- a\/leak\/leak\.go/),
  row('check leak --fix --diff', 2, /choose one$/),
  row('check --staged', 1, /^staged\/staged\.go:6:1: error/),
  row('check --staged --base HEAD --head HEAD', 2, /leave out --head$/),
  row('check --base HEAD', 1, /^later\/later\.go:6:1: error/),
  row('check --base nowhere', 2, /^goplumber: unknown revision "nowhere" in /),
  row('check --base mian', 2, /; did you mean main\?$/),
  row('check --base=', 2, /^goplumber: --base is empty; it takes a revision, such as origin\/main$/),
  row('check leak --diff --format json', 2, /leave out --format$/),
  row('check --head HEAD', 2, /it needs --base REV$/),
  row('check --fix --base HEAD --head HEAD', 2, /leave out --head and --staged$/),
  row('check --diff-from plain.txt', 2, /^goplumber: the input of --diff-from is not a unified diff$/),
  row('check --diff-from nowhere.diff', 2, /^goplumber: cannot read nowhere\.diff: no such file or folder$/),
  row('check --baseline old.json', 2, /^goplumber: the baseline old\.json has version 0/),
  row('check --baseline not.json', 2, /^goplumber: the baseline not\.json is not JSON$/),
  row('check leak -o no/such/folder.txt', 2, /^goplumber: cannot write no\/such\/folder\.txt: no such file or folder$/),
  row('check leak -o /dev/full', 2, /^goplumber: cannot write \/dev\/full: /),
  row('rules', 0, /^blocked$/),
  row('rules --format json', 0, /^\[$/),
  row('explain unreceived-send', 0, /^# `unreceived-send`$/),
  row('explain unrecieved-send', 2, /did you mean unreceived-send\?$/),
  row('explain', 2, /^goplumber: missing required argument 'rule'/),
  row('completion bash', 0, /^# bash completion/),
  row('completion zsh', 0, /^#compdef goplumber$/),
  row('completion fish', 0, /^# fish completion/),
  row('completion tcsh', 2, /Allowed choices are bash, zsh, fish/),
  row('baseline prune --file nowhere.json', 2, /^goplumber: cannot read the baseline nowhere\.json/),
  row('review owner/name', 2, /^goplumber: "owner\/name" is not a pull request/),
  row('review https://github.com/cli/cli/pull/1', 2, /^goplumber: GITHUB_TOKEN is not set/),
];

describe('a command line', () => {
  it.each(rows)('goplumber $line → $code', async ({ line, code, first, folder }) => {
    const result = await runCli(
      join(work, folder),
      line.split(' ').filter((word) => word !== ''),
    );
    expect([result.code, (result.out || result.err).split('\n', 1)[0]]).toEqual([code, expect.stringMatching(first)]);
  });
});

/** Lines that need a shell and a process of its own. `goplumber` is the bundle. */
const shellRows: readonly Row[] = [
  row('goplumber check leak > /dev/full', 2, /^goplumber: cannot write the output: no space left on the device$/),
  row(
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the shell
    'goplumber check leak --format json | exec true; exit ${PIPESTATUS[0]}',
    2,
    /^goplumber: cannot write the output: the reader/,
  ),
  row(
    'git diff --no-index clean/clean.go leak/leak.go | goplumber check --diff-from -',
    1,
    /^leak\/leak\.go:7:14: error/,
  ),
  row('goplumber check "with space"', 0, /^no findings in 1 file$/),
  row('goplumber check cl*n/*.go', 0, /^no findings in 1 file$/),
  row('FORCE_COLOR=1 goplumber check leak', 1, /^.\[1mleak\/leak\.go/),
  row('CLICOLOR_FORCE=1 goplumber check leak', 1, /^.\[1mleak\/leak\.go/),
  row('NO_COLOR=1 FORCE_COLOR=1 goplumber check leak', 1, /^leak\/leak\.go/),
  row('GOPLUMBER_PARSER=fast goplumber check leak', 2, /^goplumber: GOPLUMBER_PARSER is "fast"/),
  row(
    'goplumber baseline write leak && goplumber check leak --baseline .goplumber-baseline.json',
    0,
    /^no findings in 1 file$/,
  ),
  row('cp -r leak fixed && goplumber check fixed --fix && goplumber check fixed', 0, /^no findings in 1 file$/),
];

function shell(line: string): ReturnType<typeof spawnSync> {
  const script = `goplumber() { "${process.execPath}" "${bundle}/main.js" "$@"; }\n${line}`;
  const env = { PATH: process.env['PATH'] ?? '', XDG_CACHE_HOME: join(bundle, 'cache') };
  return spawnSync('bash', ['--norc', '-c', script], { cwd: work, env, encoding: 'utf8' });
}

describe('a command line in a shell', () => {
  it.each(shellRows)('$line → $code', ({ line, code, first }) => {
    const { status, stdout, stderr } = shell(line);
    const shown = String(stdout) || String(stderr);
    expect([status, shown.split('\n', 1)[0], String(stderr)]).toEqual([
      code,
      expect.stringMatching(first),
      expect.not.stringContaining('    at '),
    ]);
  });

  it('keeps what was found when Ctrl-C is pressed', async () => {
    let packages = 0;
    const result = await runCli(work, ['check', 'leak', 'clean', 'tagged'], { interrupted: () => packages++ > 0 });
    expect([result.code, result.out.split('\n', 1)[0]]).toEqual([
      130,
      expect.stringMatching(/^leak\/leak\.go:7:14: error/),
    ]);
    expect(result.out).toMatch(/ in 1 file\n$/);
    expect(result.err).toBe('goplumber: interrupted: only what was found before is shown\n');
  });

  it('writes fixes into the file, and says what it left', () => {
    expect(readFileSync(join(work, 'fixed/leak.go'), 'utf8')).toContain('make(chan int, 1)');
  });
});
