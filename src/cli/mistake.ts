/** What is said of a command line that cannot be read: the mistake, what was probably meant, and which help to read. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command, CommanderError } from 'commander';
import { nearest } from '../config/config-issue.ts';
import { isPattern } from '../local/folder.ts';
import { UsageError } from './usage-error.ts';

/** What people call a check in other programs. */
const otherNames = new Set(['analyse', 'analyze', 'lint', 'run', 'scan', 'vet']);

/**
 * Throws `UsageError` for what Commander would misread: `-output FILE`, as Go's flags are written, is not
 * `-o utput`, and `help` of an unknown command is a mistake like the command itself.
 */
export function mustNotMislead(program: Command, args: readonly string[], cwd: string): void {
  const [first, second] = args;
  if (first === 'help' && second !== undefined && !second.startsWith('-') && !named(program, second)) {
    throw new UsageError(withHelp(unknownCommand(program, second, cwd), program.name()));
  }
  const { command, path } = commandOf(program, args);
  const end = args.indexOf('--');
  for (const arg of end === -1 ? args : args.slice(0, end)) {
    const name = /^-([a-z][a-z-]+)(?:=|$)/.exec(arg)?.[1];
    // `-version` prints the version, since `-v` does.
    if (name !== undefined && name !== 'version' && longNames(command).includes(`--${name}`))
      throw new UsageError(withHelp(`unknown option '-${name}'${meant(`--${name}`)}`, path));
  }
}

/** The message for an error of Commander: one line. */
export function mistakeIn(program: Command, args: readonly string[], error: CommanderError, cwd: string): string {
  const { command, path } = commandOf(program, args);
  const plain = error.message.replace(/^error: /, '').replace(/\.$/, '');
  return withHelp(hinted(command, plain, error.code, cwd), path);
}

function withHelp(text: string, path: string): string {
  return `${text}${text.endsWith('?') ? ' See' : '; see'} ${path} --help`;
}

function hinted(command: Command, plain: string, code: string, cwd: string): string {
  const word = /'([^']*)'/.exec(plain)?.[1] ?? '';
  switch (code) {
    case 'commander.unknownOption':
      return `${plain}${meant(optionLike(command, word))}`;
    case 'commander.unknownCommand':
      return unknownCommand(command, word, cwd);
    case 'commander.invalidArgument':
      return `${plain}${meant(choiceLike(plain))}`;
    case 'commander.excessArguments':
      return command.name() === 'rules' ? `${plain}; goplumber explain RULE explains one rule` : plain;
    default:
      return plain;
  }
}

function meant(what: string | undefined): string {
  return what === undefined ? '' : `; did you mean ${what}?`;
}

/** An option of nearly that name; for `--json` the option that takes this value. */
function optionLike(command: Command, word: string): string | undefined {
  const name = word.replace(/^-+/, '').replace(/=.*$/s, '');
  const holder = command.options.find((option) => option.argChoices?.includes(name));
  if (holder?.long) return `${holder.long} ${name}`;
  return name.length < 2 ? undefined : nearest(`--${name}`, longNames(command));
}

function longNames(command: Command): readonly string[] {
  return ['--help', '--version', ...command.options.flatMap(({ long }) => (long ? [long] : []))];
}

function choiceLike(plain: string): string | undefined {
  const [, given, choices] =
    /(?:argument|value) '([^']*)' is invalid(?: for argument '[^']*')?\. Allowed choices are (.*)$/s.exec(plain) ?? [];
  return given === undefined ? undefined : nearest(given, choices?.split(', ') ?? []);
}

/** `parent` has the commands that would be right. */
function unknownCommand(parent: Command, word: string, cwd: string): string {
  const known = parent.commands.map((command) => command.name());
  const what = `unknown command '${word}'`;
  const near = nearest(word, known);
  if (near !== undefined) return what + meant(near);
  if (parent.parent) return `${what}; it is one of ${known.join(', ')}`;
  const check = named(parent, 'check');
  if (otherNames.has(word)) return what + meant('check');
  if (check && longNames(check).includes(`--${word}`)) return what + meant(`goplumber check --${word}`);
  return looksLikePath(word, cwd) ? what + meant(`goplumber check ${word}`) : what;
}

function looksLikePath(word: string, cwd: string): boolean {
  return isPattern(word) || word.endsWith('.go') || existsSync(resolve(cwd, word));
}

function named(parent: Command, name: string): Command | undefined {
  return parent.commands.find((command) => command.name() === name);
}

/** The innermost command that the words name, and how it is called. */
function commandOf(program: Command, args: readonly string[]): { readonly command: Command; readonly path: string } {
  let command = program;
  let path = program.name();
  for (const arg of args) {
    const inner = named(command, arg);
    if (!inner) break;
    command = inner;
    path += ` ${arg}`;
  }
  return { command, path };
}
