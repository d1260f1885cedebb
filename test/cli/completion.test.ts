import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

const bash = (await runCli('/', ['completion', 'bash'])).out;

/** What bash offers for the last of the words. */
function offered(...words: readonly string[]): readonly string[] {
  const quoted = words.map((word) => `'${word}'`).join(' ');
  const script = `${bash}\nCOMP_WORDS=(goplumber ${quoted}); COMP_CWORD=${words.length}; _goplumber; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', script], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((line) => line !== '');
}

describe('completion in bash', () => {
  it.each<readonly [readonly string[], readonly string[]]>([
    [['ch'], ['check']],
    [['check', '--fo'], ['--format']],
    [['check', '--format', 's'], ['sarif']],
    [
      ['check', '--format', '='],
      ['text', 'json', 'sarif', 'github'],
    ],
    [['check', '--format', '=', 'j'], ['json']],
    [
      ['rules', '--format', ''],
      ['text', 'json'],
    ],
    [['check', '--disable', 'unreceived'], ['unreceived-send']],
    [['check', 'folder', '--fail-on', 'w'], ['warning']],
    [['check', '-o', ''], []],
    [['check', 'no-such-word'], []],
    [['explain', 'lost'], ['lost-cancel']],
    [
      ['baseline', ''],
      ['write', 'prune', '--file', '--config'],
    ],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
  ])('of %j', (words, expected) => {
    expect(offered(...words)).toEqual(expected);
  });
});

describe('the other scripts', () => {
  it('offer the values of options and the words of commands', async () => {
    const { out: fish } = await runCli('/', ['completion', 'fish']);
    expect(fish).toContain("'__fish_seen_subcommand_from check' -l format -x -a 'text json sarif github' -d ");
    expect(fish).toContain("'__fish_seen_subcommand_from check' -l output -s o -r -d ");
    expect(fish).toContain("'__fish_seen_subcommand_from baseline' -f -a 'write prune'");
    const { out: zsh } = await runCli('/', ['completion', 'zsh']);
    expect(zsh).toContain("'check --format') known='text json sarif github' ;;");
    expect(zsh).toContain("'baseline '*) known='write prune --file --config' ;;");
  });
});
