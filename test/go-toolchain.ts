/** Go itself, for tests that ask it: compile, vet, and run scenarios under its goroutine leak profile. */
import { spawnSync } from 'node:child_process';

/** The `go` on the PATH, when it is new enough to compile what the tests hold. */
export const go: { readonly minor: number } | undefined = goVersion();

const { GOPLUMBER_REQUIRE_GO } = process.env;
/** Whether the absence of Go is a failure rather than a reason to skip. */
export const goRequired = GOPLUMBER_REQUIRE_GO === '1';

/** Go has its leak profile from here on. */
export const hasLeakProfile = (go?.minor ?? 0) >= 26;
export const leakProfile: Readonly<Record<string, string>> = { GOEXPERIMENT: 'goroutineleakprofile' };

function goVersion(): { readonly minor: number } | undefined {
  const found = spawnSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' });
  const match = /^go1\.(\d+)/.exec(found.stdout ?? '');
  return match && Number(match[1]) >= 21 ? { minor: Number(match[1]) } : undefined;
}

/** Runs a command without network and without another toolchain. */
export function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): { readonly code: number; readonly output: string } {
  const done = spawnSync(command, [...args], {
    cwd,
    encoding: 'utf8',
    timeout: 240_000,
    maxBuffer: 256 * 1024 * 1024,
    env: { ...process.env, GOFLAGS: '-mod=mod', GOPROXY: 'off', GOTOOLCHAIN: 'local', GOWORK: 'off', ...env },
  });
  return { code: done.status ?? -1, output: `${done.stdout}${done.stderr}` };
}
