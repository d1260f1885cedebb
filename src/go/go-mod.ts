/** The two lines of a go.mod file that matter here. */
import type { GoVersion } from './package.ts';

export interface GoMod {
  readonly modulePath?: string;
  /** The `go` line; absent when there is none (Go then assumes 1.16). */
  readonly goVersion?: GoVersion;
}

/** No module path or version is longer. UTF-16 units. */
const maxLine = 1000;

/** Never throws; lines that make no sense are passed over. Reference: https://go.dev/ref/mod#go-mod-file */
export function parseGoMod(text: string): GoMod {
  let modulePath: string | undefined;
  let goVersion: GoVersion | undefined;
  for (const raw of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    if (raw.length > maxLine) continue;
    const comment = raw.indexOf('//');
    const line = (comment === -1 ? raw : raw.slice(0, comment)).trim();
    const module = /^module\s+(?:"([^"]+)"|`([^`]+)`|([^\s()]+))$/.exec(line);
    modulePath ??= module?.[1] ?? module?.[2] ?? module?.[3];
    const version = /^go\s+(\S+)$/.exec(line)?.[1];
    goVersion ??= version === undefined ? undefined : parseGoVersion(version);
  }
  return { ...(modulePath === undefined ? {} : { modulePath }), ...(goVersion ? { goVersion } : {}) };
}

/** `1.21`, `1.21.3`, `1.23rc1`, `go1.22`; undefined when it is no version. */
export function parseGoVersion(text: string): GoVersion | undefined {
  const match = /^(?:go)?([0-9]{1,6})\.([0-9]{1,6})(?:\.[0-9]+)?(?:(?:rc|beta)[0-9]+)?$/.exec(text.trim());
  return match ? { major: Number(match[1]), minor: Number(match[2]) } : undefined;
}

/** Negative when `a` is older, positive when newer. */
export function compareGoVersions(a: GoVersion, b: GoVersion): number {
  return a.major - b.major || a.minor - b.minor;
}

/** Whether a language version has what came with `major.minor`; an unknown version is the newest. */
export function isAtLeast(version: GoVersion | undefined, major: number, minor: number): boolean {
  return version === undefined || compareGoVersions(version, { major, minor }) >= 0;
}
