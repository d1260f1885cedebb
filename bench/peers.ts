/**
 * What the tools of Go take for the same folders, in processor time of all their processes: `gofmt -l`, `go build` with an empty
 * cache (the packages that these import are compiled as well), and the second `go vet`. Where a tool does not get through, because
 * modules are missing, there is no figure.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Corpus } from './corpus.ts';

/** Milliseconds; undefined: the tool did not get through. */
export interface Peers {
  readonly gofmt: number | undefined;
  readonly build: number | undefined;
  readonly vet: number | undefined;
}

export function peersOf({ root, paths }: Corpus): Peers {
  const scratch = mkdtempSync(join(tmpdir(), 'goplumber-bench-'));
  try {
    const run = (command: string, ...args: readonly string[]) => timed(root, scratch, command, args);
    const folders = paths.map((path) => path.replace(/\/?\.\.\.$/, '') || '.');
    const gofmt = run('gofmt', '-l', ...folders);
    const build = run('go', 'build', '-o', `${join(scratch, 'out')}/`, ...paths);
    // Vet compiles what it looks at: only the second run is that of somebody who vets again.
    const first = run('go', 'vet', ...paths);
    const vet = first.isThrough ? run('go', 'vet', ...paths) : first;
    return { gofmt: figure(gofmt), build: build.status === 0 ? figure(build) : undefined, vet: figure(vet) };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

interface Timed {
  readonly status: number;
  /** Whether the tool has seen the packages, whatever it says of them. */
  readonly isThrough: boolean;
  readonly milliseconds: number;
}

function figure({ isThrough, milliseconds }: Timed): number | undefined {
  return isThrough ? milliseconds : undefined;
}

/** The shell counts a command with all processes that it waited for. */
const script = `TIMEFORMAT='%U %S'
{ time "$@" >/dev/null 2>"$ERRORS"; } 2>&1
echo "$?"`;

/** Of a command and of all that it waits for. */
function timed(cwd: string, scratch: string, command: string, args: readonly string[]): Timed {
  const errors = join(scratch, 'errors');
  const env = { ...process.env, GOCACHE: join(scratch, 'cache'), GOPROXY: 'off', ERRORS: errors };
  const told = execFileSync('bash', ['-c', script, 'bash', command, ...args], { cwd, env, encoding: 'utf8' });
  const [user = 0, system = 0, status = 1] = told.trim().split(/\s+/).map(Number);
  // What goes before the packages themselves, such as a module that is missing, is said by the go command.
  const isThrough = status === 0 || !/^go: |no required module/m.test(readFileSync(errors, 'utf8'));
  return { status, isThrough, milliseconds: (user + system) * 1000 };
}
