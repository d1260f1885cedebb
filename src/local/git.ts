/**
 * Runs git's plumbing on a repository that is not trusted: nothing named by the repository's content or configuration
 * is executed (hooks, external diffs, text conversions, filters, file-system monitors, credential helpers, fetches).
 */
import { spawn } from 'node:child_process';
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
}

const outputLimit = 512 * 1024 * 1024;

/** Settings that win over the repository's own and over the user's; see git-config(1) for each. */
const settings: readonly string[] = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.quotePath=false',
  'core.pager=cat',
  'core.safecrlf=false',
  'core.askPass=',
  'credential.helper=',
  'diff.renames=true',
  'diff.orderFile=',
  'gc.auto=0',
  'maintenance.auto=false',
  'protocol.allow=never',
  'submodule.recurse=false',
];

/** Runs git in a folder. Throws `LocalError` when git is missing, fails, or says more than the limit. */
export async function runGit(folder: string, args: readonly string[], call: GitCall = {}): Promise<GitOutput> {
  const options = ['--no-pager', ...settings.flatMap((setting) => ['-c', setting])];
  const output = await collect(folder, [...options, ...args], call);
  if (output.status === 0 || call.accept?.includes(output.status)) return output;
  throw new LocalError(
    'git-failed',
    `git ${commandOf(args)} failed: ${firstLine(output.stderr) || `exit ${output.status}`}`,
  );
}

/** The first line that git wrote to stderr, without its `fatal:` mark. */
export function firstLine(stderr: string): string {
  const line = stderr.split('\n').find((candidate) => candidate.trim() !== '') ?? '';
  return line.replace(/^(fatal|error|warning): /, '').trim();
}

function collect(folder: string, args: readonly string[], call: GitCall): Promise<GitOutput> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, {
      cwd: folder,
      env: { ...gitEnvironment(process.env), ...call.env },
      windowsHide: true,
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let size = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= (call.limit ?? outputLimit)) stdout.push(chunk);
      else child.kill();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      if (stderr.length < 64) stderr.push(chunk);
    });
    child.on('error', (error: NodeJS.ErrnoException) => reject(startFailure(error, folder)));
    child.on('close', (status) => {
      if (size > (call.limit ?? outputLimit))
        reject(
          new LocalError('git-failed', `git ${commandOf(args)} said more than ${call.limit ?? outputLimit} bytes`),
        );
      else
        resolve({
          status: status ?? 128,
          stdout: Buffer.concat(stdout),
          stderr: Buffer.concat(stderr).toString('utf8'),
        });
    });
    // git may end before it has read everything; its exit code says more than the broken pipe.
    child.stdin.on('error', () => {});
    child.stdin.end(call.input ?? '');
  });
}

function commandOf(args: readonly string[]): string {
  return args.find((arg, index) => !arg.startsWith('-') && args[index - 1] !== '-c') ?? '';
}

/** A folder that does not exist and a missing git look alike to `spawn`: both are ENOENT. */
function startFailure(error: NodeJS.ErrnoException, folder: string): Error {
  if (error.code === 'ENOENT')
    return new LocalError('git-missing', `cannot run git in ${folder}: is git installed and the folder there?`);
  return new LocalError('git-failed', `cannot run git: ${error.message}`);
}

/**
 * The environment for git: without the variables by which a surrounding git command (a hook, a rebase) points at its
 * own index and folders, in English, and without any way to ask or to fetch. Settings passed by `GIT_CONFIG_*`, such as
 * `safe.directory` in a CI job, are the user's own and stay.
 */
function gitEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !name.startsWith('GIT_') || name.startsWith('GIT_CONFIG'));
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
