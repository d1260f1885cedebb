/**
 * Runs git's plumbing on a repository that is not trusted: nothing named by the repository's content or configuration
 * is executed (hooks, external diffs, text conversions, filters, file-system monitors, credential helpers, fetches), and
 * each command is bounded in memory, output and time.
 */
import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { LocalError } from './local-error.ts';

/** What one git command gave back. */
export interface GitOutput {
  readonly status: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface GitCall {
  readonly input?: string | Buffer;
  readonly env?: Readonly<Record<string, string>>;
  /** Exit codes beside 0 that are an answer, not a failure. */
  readonly accept?: readonly number[];
  /** More output than this is a failure. Bytes. */
  readonly limit?: number;
  readonly limits?: GitLimits;
}

export interface GitLimits {
  /** A command that takes longer is ended: a pipe among git's files would never end. */
  readonly seconds: number;
  /** Git's own heap in kibibytes. An object of gigabytes in a pack of kilobytes is refused by it. */
  readonly heap: number;
}

/** The listing of a change of 400,000 paths is about this large. Bytes. */
const outputLimit = 64 * 1024 * 1024;
const defaultLimits: GitLimits = { seconds: 120, heap: 512 * 1024 };

/** Settings that win over the repository's own and over the user's; see git-config(1) for each. */
const settings: readonly string[] = [
  'core.alternateRefsCommand=',
  'core.askPass=',
  'core.attributesFile=/dev/null',
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.pager=cat',
  'core.quotePath=false',
  'core.safecrlf=false',
  'core.splitIndex=false',
  'core.sshCommand=false',
  'core.untrackedCache=false',
  'credential.helper=',
  'diff.external=',
  'diff.orderFile=',
  'gc.auto=0',
  'maintenance.auto=false',
  'protocol.allow=never',
  'submodule.recurse=false',
];

/** Runs git in a folder. Throws `LocalError` when git is missing, fails, or passes one of its limits. */
export async function runGit(folder: string, args: readonly string[], call: GitCall = {}): Promise<GitOutput> {
  const options = ['-C', folder, '--no-pager', ...settings.flatMap((setting) => ['-c', setting])];
  const output = await collect([...options, ...args], args[0] ?? '', call);
  if (output.status === 0 || call.accept?.includes(output.status)) return output;
  throw new LocalError('git-failed', `git ${args[0]} failed: ${firstLine(output.stderr) || `exit ${output.status}`}`);
}

/** The first line that git wrote to stderr, without its `fatal:` mark. */
export function firstLine(stderr: string): string {
  const line = stderr.split('\n').find((candidate) => candidate.trim() !== '') ?? '';
  return line.replace(/^(fatal|error|warning): /, '').trim();
}

function collect(args: readonly string[], command: string, call: GitCall): Promise<GitOutput> {
  return new Promise((resolve, reject) => {
    const { seconds, heap } = call.limits ?? defaultLimits;
    const child = start(args, heap, call);
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let size = 0;
    let failure: string | undefined;
    const stop = (reason: string): void => {
      failure ??= reason;
      child.kill('SIGKILL');
    };
    const limit = call.limit ?? outputLimit;
    const timer = setTimeout(
      () => stop(`did not end within ${seconds} seconds; is a pipe or a device among its files?`),
      seconds * 1000,
    );
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) stdout.push(chunk);
      else stop(`wrote more than ${limit} bytes`);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      if (stderr.length < 64) stderr.push(chunk);
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      reject(startFailure(error));
    });
    child.on('close', (status) => {
      clearTimeout(timer);
      const said = Buffer.concat(stderr).toString('utf8');
      if (failure !== undefined) reject(new LocalError('git-failed', `git ${command} ${failure}`));
      else if (status === 127) reject(new LocalError('git-missing', 'cannot run git: is it installed?'));
      else resolve({ status: status ?? 128, stdout: Buffer.concat(stdout), stderr: said });
    });
    // git may end before it has read everything; its exit code says more than the broken pipe.
    child.stdin.on('error', () => {});
    child.stdin.end(call.input ?? '');
  });
}

function start(args: readonly string[], heap: number, call: GitCall) {
  const options = {
    // Windows looks for programs in the current folder first, and the repository may hold a git.exe.
    cwd: dirname(process.execPath),
    env: { ...gitEnvironment(process.env), ...call.env },
    windowsHide: true,
  };
  if (process.platform === 'win32') return spawn('git', args, options);
  // The shell sets the limit, which is inherited, and becomes git; no text of a caller is read as a script.
  return spawn('/bin/sh', ['-c', `ulimit -d ${heap} 2>/dev/null; exec git "$@"`, 'git', ...args], options);
}

function startFailure(error: NodeJS.ErrnoException): LocalError {
  if (error.code === 'ENOENT') return new LocalError('git-missing', 'cannot run git: is it installed?');
  return new LocalError('git-failed', `cannot run git: ${error.message}`);
}

/** The user's own settings, such as `safe.directory` in a CI job. */
const userSettings = /^GIT_CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM|COUNT|PARAMETERS|KEY_\d+|VALUE_\d+)$/;

/**
 * The environment for git: without the variables by which a surrounding git command (a hook, a rebase) points at its
 * own index and folders, in English, and without any way to ask or to fetch.
 */
function gitEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !/^GIT_/i.test(name) || userSettings.test(name));
  return {
    ...Object.fromEntries(kept),
    GIT_ALLOW_PROTOCOL: '',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  };
}
