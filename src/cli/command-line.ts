/** The command line: what `goplumber --help` shows, and which function each command calls. */
import { Argument, Command, CommanderError, Option } from 'commander';
import { LocalError } from '../local/local-error.ts';
import { type BaselineOptions, defaultBaseline, pruneBaseline, writeBaseline } from './baseline-command.ts';
import { addCheck } from './check-command.ts';
import { completionScript, type Shell, shells } from './completion.ts';
import { ruleMetas } from './config.ts';
import { visible } from './escape.ts';
import { examples } from './examples.ts';
import { mistakeIn, mustNotMislead } from './mistake.ts';
import type { ProveOptions } from './prove/command.ts';
import { explainRule, listRules } from './rules-command.ts';
import type { StatsOptions } from './stats-command.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { version } from './version.ts';

/** Commands that stand right of `cli` in the import order, or load more than a check needs. */
export interface OtherCommands {
  /** Runs the App until it is stopped. */
  serve(terminal: Terminal, options: { readonly setup: boolean }): Promise<number>;
  /** Runs a process that works for the App. */
  work(terminal: Terminal): Promise<number>;
}

/** Runs one command line (without the names of node and program) and returns the exit code. */
export async function runCommandLine(
  args: readonly string[],
  terminal: Terminal,
  others: OtherCommands,
): Promise<number> {
  let code = 0;
  const program = build(terminal, others, (result) => {
    code = result;
  });
  try {
    mustNotMislead(program, args, terminal.cwd);
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    return exitCodeOf(error, terminal, (mistake) => mistakeIn(program, args, mistake, terminal.cwd));
  }
}

/** Mistakes are said in one line. Anything else is a fault of this program and keeps its stack. */
function exitCodeOf(error: unknown, terminal: Terminal, said: (mistake: CommanderError) => string): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    // No command was given; the help has been shown in place of a message.
    if (error.code === 'commander.help') return 2;
    terminal.err(`goplumber: ${visible(oneLine(said(error)))}\n`);
    return 2;
  }
  if (error instanceof UsageError || error instanceof LocalError) {
    const others = error instanceof UsageError ? error.others : [];
    for (const message of [error.message, ...others]) terminal.err(`goplumber: ${visible(oneLine(message))}\n`);
    return 2;
  }
  terminal.err(
    `goplumber: internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  return 2;
}

function oneLine(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, ' ');
}

function build(terminal: Terminal, others: OtherCommands, done: (code: number) => void): Command {
  const program = new Command('goplumber')
    .description('Finds goroutines that can block or live forever, in pull requests and in Go code on disk.')
    .version(version, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .addHelpText('after', examples);
  quiet(program, terminal);
  addCheck(program, terminal, done);
  addReview(program, terminal, done);
  program
    .command('rules')
    .description('list the rules')
    .addOption(new Option('--format <format>', 'output format').choices(['text', 'json']).default('text'))
    .action(({ format }: { readonly format: 'text' | 'json' }) => done(listRules(terminal, format)));
  program
    .command('explain')
    .description('print what a rule reports, why, and what to do')
    .argument('<rule>', 'id of a rule, e.g. unreceived-send')
    .action(async (rule: string) => done(await explainRule(rule, terminal)));
  program
    .command('serve')
    .description('run the GitHub App; reads its settings from the environment and .env, see docs/operations.md')
    .option('--setup', 'without credentials, walk through the registration of the App first', false)
    .action(async (options: { readonly setup: boolean }) => done(await others.serve(terminal, options)));
  program
    .command('worker')
    .description("run a worker: it does the App's reviews, but takes no webhook deliveries; needs REDIS_URL")
    .action(async () => done(await others.work(terminal)));
  addJobs(program, terminal, done);
  addStats(program, terminal, done);
  program
    .command('doctor')
    .description('check what the App and a check need, and say how to fix what is missing')
    .action(async () => {
      const { doctor } = await import('./doctor.ts');
      done(await doctor(terminal));
    });
  program
    .command('lsp')
    .description('run a language server on stdin and stdout: diagnostics on save, fixes as code actions')
    .option('--stdio', 'the only transport; editors pass it')
    .action(async () => {
      const { runLanguageServer } = await import('./lsp/server.ts');
      done(await runLanguageServer(terminal));
    });
  program
    .command('prove')
    .description("write a Go test that shows a finding with Go's goroutine leak profile")
    .argument('<finding...>', 'its fingerprint, FILE:LINE, or RULE at FILE:LINE')
    .option('-o, --output <file>', 'where to write the test (default: in the folder of the package); - prints it')
    .option('--force', 'replace a file that exists')
    .option('--config <file>', 'configuration (default: .github/goplumber.yml)')
    .action(async (words: string[], options: ProveOptions) => {
      const { prove } = await import('./prove/command.ts');
      done(await prove(words, options, terminal));
    });
  program
    .command('profile')
    .description('say which finding explains which stack of a goroutine profile (text or pprof)')
    .argument('<file>', 'a goroutine or goroutineleak profile')
    .argument('[path...]', 'the packages, as for check')
    .option('--config <file>', 'configuration (default: .github/goplumber.yml)')
    .action(async (file: string, paths: string[], options: { readonly config?: string }) => {
      const { explainProfile } = await import('./profile/command.ts');
      done(await explainProfile(file, paths, options, terminal));
    });
  addBaseline(program, terminal, done);
  program
    .command('completion')
    .description('print a completion script')
    .addArgument(new Argument('<shell>', 'the shell').choices([...shells]))
    .action((shell: Shell) => {
      terminal.out(
        completionScript(
          program,
          shell,
          ruleMetas.map(({ id }) => id),
        ),
      );
      done(0);
    });
  program
    .command('version')
    .description('print the version')
    .action(() => {
      terminal.out(`${version}\n`);
      done(0);
    });
  for (const command of program.commands) {
    quiet(command, terminal);
    for (const inner of command.commands) quiet(inner, terminal);
  }
  return program;
}

/** Commander writes where it is told and throws instead of ending the process; messages are written by `exitCodeOf`. */
function quiet(command: Command, terminal: Terminal): void {
  command
    .exitOverride()
    .showSuggestionAfterError(false)
    .configureOutput({
      writeOut: (text) => terminal.out(text),
      writeErr: (text) => terminal.err(text),
      outputError: () => {},
    });
}

function addBaseline(program: Command, terminal: Terminal, done: (code: number) => void): void {
  const baseline = program.command('baseline').description('keep known findings in a file that check --baseline reads');
  const actions = {
    write: {
      run: writeBaseline,
      description: 'write all current findings; given paths, only of those, and the rest stays',
    },
    prune: {
      run: pruneBaseline,
      description: 'drop the findings that are no longer there; given paths, only of those',
    },
  };
  for (const [name, { run, description }] of Object.entries(actions)) {
    baseline
      .command(name)
      .description(description)
      .argument('[path...]', 'as for check')
      .option('--file <file>', 'the baseline', defaultBaseline)
      .option('--config <file>', 'configuration (default: .github/goplumber.yml)')
      .action(async (paths: string[], options: BaselineOptions) => done(await run(paths, options, terminal)));
  }
}

function addJobs(program: Command, terminal: Terminal, done: (code: number) => void): void {
  const jobs = program.command('jobs').description('list or replay the jobs that the App gave up on');
  jobs
    .command('list')
    .description('list the jobs that the App gave up on, newest first')
    .addOption(new Option('--format <format>', 'output format').choices(['text', 'json']).default('text'))
    .action(async ({ format }: { readonly format: 'text' | 'json' }) => {
      const { listDeadJobs } = await import('./jobs-command.ts');
      done(await listDeadJobs(format, terminal));
    });
  jobs
    .command('replay')
    .description('put such jobs back into the queue')
    .argument('[id...]', 'ids that jobs list shows')
    .option('--all', 'all of them', false)
    .action(async (ids: string[], { all }: { readonly all: boolean }) => {
      const { replayDeadJobs } = await import('./jobs-command.ts');
      done(await replayDeadJobs(ids, all, terminal));
    });
}

function addStats(program: Command, terminal: Terminal, done: (code: number) => void): void {
  program
    .command('stats')
    .description("what people made of the App's comments, rule by rule")
    .addOption(new Option('--format <format>', 'output format').choices(['table', 'csv', 'json']).default('table'))
    .option('--since <day>', 'only pull requests closed since a day (2026-01-31) or in a number of days (30d)')
    .action(async (options: StatsOptions) => {
      const { printStatistics } = await import('./stats-command.ts');
      done(await printStatistics(options, terminal));
    });
}

function addReview(program: Command, terminal: Terminal, done: (code: number) => void): void {
  program
    .command('review')
    .description('review a pull request on GitHub and print the review; needs GITHUB_TOKEN')
    .argument('<pull-request>', 'OWNER/REPO#NUMBER or the address of its page')
    .option('--post', 'post the review and its check run', false)
    .action(async (name: string, options: { readonly post: boolean }) => {
      // Octokit is loaded only by the one command that needs it.
      const { runReview } = await import('./review-command.ts');
      done(await runReview(name, options, terminal));
    });
}
