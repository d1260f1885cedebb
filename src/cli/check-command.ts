/** The options of `goplumber check`, as its help shows them. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { nearest } from '../config/config-issue.ts';
import { architectures, operatingSystems } from '../go/build-constraint.ts';
import type { GoVersion } from '../go/package.ts';
import { runCheck } from './check.ts';
import type { CheckOptions } from './check-options.ts';
import { formatNames } from './format/index.ts';
import type { Terminal } from './terminal.ts';
import { defaultTimeout, durationOf } from './time-limit.ts';

export function addCheck(program: Command, terminal: Terminal, done: (code: number) => void): void {
  program
    .command('check')
    .description('check Go code on disk, or the change between two revisions')
    .argument(
      '[path...]',
      'files, folders, import paths of the module, or patterns such as ./... (the default) and all',
    )
    .option('--repo <dir>', 'folder to work in; with --base also a bare repository')
    .option('--base <rev>', 'report only findings introduced since the merge base with <rev>, on changed lines')
    .option('--head <rev>', 'end of the change (default: the working tree)')
    .option('--staged', 'check what is staged against HEAD (or --base)')
    .option('--diff-from <file>', 'report only findings on added lines of a unified diff; - reads it from stdin')
    .option('--baseline <file>', 'leave out the findings that goplumber baseline wrote')
    .option('--config <file>', 'configuration (default: .github/goplumber.yml, with --base that of <rev>)')
    .addOption(new Option('--enable <rules>', 'also run these rules, separated by commas').argParser(list))
    .addOption(new Option('--disable <rules>', 'leave these rules out').argParser(list))
    .addOption(new Option('--go <version>', 'Go version to assume instead of the one in go.mod').argParser(goVersion))
    .addOption(new Option('--tags <tags>', 'build tags, separated by commas').argParser(list))
    .addOption(
      new Option(
        '--goos <os>',
        'operating system for build constraints (default: linux, or what builds the files named)',
      ).argParser(oneOf(operatingSystems)),
    )
    .addOption(
      new Option('--goarch <arch>', 'architecture for build constraints (default: amd64)').argParser(
        oneOf(architectures),
      ),
    )
    .option('--fix', 'apply the verified fixes')
    .option('--diff', 'print the verified fixes as a patch instead of the report')
    .addOption(new Option('--format <format>', 'output format').choices([...formatNames]).default('text'))
    .option('-o, --output <file>', 'write the report to a file')
    .addOption(
      new Option('-j, --jobs <n>', 'number of folders to check at a time (default: one for each processor)').argParser(
        jobs,
      ),
    )
    .option('--cache-dir <dir>', "folder for cached results (default: in the user's cache folder)")
    .option('--no-cache', 'neither use nor write cached results')
    .option('-q, --quiet', 'print findings only')
    .option('--explain <func>', 'show how a function, such as Server.run, is searched, instead of a report')
    .addOption(
      new Option('--timeout <duration>', 'stop after this time with what was found, and exit 124; 0 means no limit')
        .argParser(duration)
        .default(defaultTimeout),
    )
    .option('--stats', 'print statistics of the run to stderr')
    .addOption(
      new Option(
        '--fail-on <severity>',
        'exit 1 on findings of this severity or higher (default: failOn of the configuration, else error)',
      ).choices(['error', 'warning', 'info', 'never']),
    )
    .action(async (paths: string[], options: CheckOptions) => done(await runCheck(paths, options, terminal)));
}

/** Repeated options add up. */
function list(text: string, before: readonly string[] = []): readonly string[] {
  return [
    ...before,
    ...text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  ];
}

/** A name that Go does not know would quietly leave files out. */
function oneOf(names: ReadonlySet<string>): (text: string) => string {
  return (text) => {
    if (names.has(text)) return text;
    const near = nearest(text, [...names]);
    throw new InvalidArgumentError(`Go knows no such name${near === undefined ? '' : `; did you mean ${near}?`}`);
  };
}

function jobs(text: string): number {
  const count = /^[1-9]\d{0,2}$/.test(text) ? Number(text) : undefined;
  if (count === undefined) throw new InvalidArgumentError('Use a number of at least 1.');
  return count;
}

/** Checks it and leaves it as it is written. */
function duration(text: string): string {
  durationOf(text);
  return text;
}

function goVersion(text: string): GoVersion {
  const match = /^(?:go)?(1)\.(\d{1,3})(?:\.\d+)?$/.exec(text);
  if (!match) throw new InvalidArgumentError('Use the form 1.24.');
  return { major: Number(match[1]), minor: Number(match[2]) };
}
