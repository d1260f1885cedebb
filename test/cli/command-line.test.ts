import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { rules } from '../../src/rules/index.ts';
import { folderWith } from '../local/git-sandbox.ts';
import { runCli } from './run-cli.ts';

const here = '/';

describe('the command line', () => {
  it('prints its version and its help', async () => {
    expect(await runCli(here, ['--version'])).toEqual({ code: 0, out: `${packageJson.version}\n`, err: '' });
    const help = await runCli(here, ['--help']);
    expect([help.code, help.err]).toEqual([0, '']);
    for (const word of ['check', 'review', 'rules', 'explain', 'serve', 'Exit codes']) expect(help.out).toContain(word);
    expect((await runCli(here, ['check', '--help'])).out).toContain('--fail-on');
  });

  it('shows the help and fails without a command', async () => {
    const { code, out, err } = await runCli(here, []);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('Usage: goplumber');
    expect(err).not.toContain('(outputHelp)');
  });

  it('refuses a command that does not exist, in one line', async () => {
    expect(await runCli(here, ['chek'])).toEqual({
      code: 2,
      out: '',
      err: "goplumber: unknown command 'chek'; did you mean check? See goplumber --help\n",
    });
  });

  it('lists every rule once, by group', async () => {
    const { code, out } = await runCli(here, ['rules']);
    expect(code).toBe(0);
    const listed = out.split('\n').flatMap((line) => /^ {2}(\S+)/.exec(line)?.[1] ?? []);
    expect(listed).toEqual([...rules.map(({ meta }) => meta.id), 'bad-directive']);
  });

  it('explains a rule, and guesses at a mistyped one', async () => {
    const explained = await runCli(here, ['explain', 'bad-directive']);
    expect([explained.code, explained.err]).toEqual([0, '']);
    expect(explained.out).toContain('# bad-directive');
    expect(await runCli(here, ['explain', 'bad-directiv'])).toEqual({
      code: 2,
      out: '',
      err: 'goplumber: there is no rule "bad-directiv"; did you mean bad-directive?\n',
    });
  });

  it('names what a review lacks', async () => {
    expect((await runCli(here, ['review', 'cli/cli'])).err).toBe(
      'goplumber: "cli/cli" is not a pull request; write OWNER/REPO#NUMBER or the address of its page\n',
    );
    expect((await runCli(here, ['review', 'cli/cli#1'])).err).toMatch(/^goplumber: GITHUB_TOKEN is not set/);
  });

  it('keeps the stack of a fault of its own', async () => {
    const broken = {
      out: () => {
        throw new Error('no output');
      },
    };
    const { code, err } = await runCli(folderWith({ 'a.go': 'package a\n' }), ['check'], broken);
    expect(code).toBe(2);
    expect(err).toMatch(/^goplumber: internal error: Error: no output\n {4}at /);
  });
});
