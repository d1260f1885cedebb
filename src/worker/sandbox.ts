/**
 * How the process of a job is started: with as little of the machine as the platform lets us take away without privileges.
 * Node's own permissions shut the file system, child processes and threads; a network namespace without interfaces shuts
 * the network; a limit of processor time ends it should the App die first.
 */
import { execFile } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What the platform can take away. */
export interface Sandbox {
  /** A shell that can limit processor time. */
  readonly shell: boolean;
  /** Namespaces for users without privileges (Linux). */
  readonly network: boolean;
}

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
}

let known: Promise<Sandbox> | undefined;

/** What can be taken away here; looked at once. */
export function sandbox(): Promise<Sandbox> {
  known ??= probe();
  return known;
}

async function probe(): Promise<Sandbox> {
  if (process.platform === 'win32') return { shell: false, network: false };
  const shell = await succeeds(['-c', 'ulimit -t 60']);
  return { shell, network: shell && (await succeeds(['-c', 'exec unshare --user --net true'])) };
}

function succeeds(args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    execFile('/bin/sh', args, { timeout: 5_000, env: {} }, (error) => resolve(error === null));
  });
}

/** The command that runs `entry`, a bundle that needs nothing but its own folder. Seconds of processor time. */
export function commandFor(
  entry: URL,
  { shell, network }: Sandbox,
  limits: { readonly heapMb: number; readonly cpuSeconds: number },
): Command {
  const path = fileURLToPath(entry);
  const node = [process.execPath, `--max-old-space-size=${limits.heapMb}`, ...permissionFlags(path), path];
  const [command = '', ...args] = network ? ['unshare', '--user', '--net', ...node] : node;
  if (!shell) return { command, args };
  return { command: '/bin/sh', args: ['-c', `ulimit -t ${limits.cpuSeconds}; exec "$0" "$@"`, command, ...args] };
}

/** The name of Node's permission flag changed with version 22.13; the native parser is an addon and needs one more. */
function permissionFlags(entry: string): readonly string[] {
  const flag = ['--permission', '--experimental-permission'].find((one) =>
    process.allowedNodeEnvironmentFlags.has(one),
  );
  if (flag === undefined || !existsSync(entry) || process.env['GOPLUMBER_PARSER'] === 'native') return [];
  const folder = realpathSync(dirname(entry));
  return [flag, `--allow-fs-read=${join(folder, '*')}`, ...manifestAbove(folder)];
}

/** package.json says that the files of the folder are modules. */
function manifestAbove(folder: string): readonly string[] {
  for (let at = folder; ; at = dirname(at)) {
    const manifest = join(at, 'package.json');
    if (existsSync(manifest)) return [`--allow-fs-read=${manifest}`];
    if (dirname(at) === at) return [];
  }
}
