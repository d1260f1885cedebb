/** Build constraints: `//go:build` lines and file names. Reference: https://pkg.go.dev/cmd/go#hdr-Build_constraints */
import { type BuildLines, buildLinesOf } from './build-header.ts';
import type { GoVersion, LoadOptions } from './package.ts';

type Constraint =
  | { readonly kind: 'tag'; readonly name: string }
  | { readonly kind: 'not'; readonly x: Constraint }
  | { readonly kind: 'and' | 'or'; readonly x: Constraint; readonly y: Constraint };

export interface BuildConstraint {
  /** As written, without `//go:build`; of `// +build` lines the same in the new syntax. */
  readonly text: string;
  readonly satisfied: (tag: (name: string) => boolean) => boolean;
  /** The smallest Go version that the constraint requires, when it requires one. */
  readonly goVersion?: GoVersion;
}

/** The values of GOOS that Go knows: from `go tool dist list` and internal/syslist of Go 1.26. */
export const operatingSystems: ReadonlySet<string> = new Set(
  'aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris wasip1 windows zos'.split(
    ' ',
  ),
);
/** The values of GOARCH, from the same places. */
export const architectures: ReadonlySet<string> = new Set(
  '386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le ppc ppc64 ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm'.split(
    ' ',
  ),
);
const unixSystems = new Set(
  'aix android darwin dragonfly freebsd hurd illumos ios linux netbsd openbsd solaris'.split(' '),
);
/** Tags of Go releases up to this one are satisfied: without a known version the newest is assumed. */
const newestMinor = 26;
const maxConstraintLength = 5000;

/** The constraint among the comments before a package clause; undefined when there is none or it does not parse. */
export function buildConstraintOf(header: string): BuildConstraint | undefined {
  const text = constraintText(buildLinesOf(header));
  if (text === undefined || text.length > maxConstraintLength) return undefined;
  const parsed = parse(text);
  if (!parsed) return undefined;
  const minor = requiredMinor(parsed);
  return {
    text,
    satisfied: (tag) => evaluate(parsed, tag),
    ...(minor === undefined || minor < 0 ? {} : { goVersion: { major: 1, minor } }),
  };
}

/** In a `// +build` line blanks stand for "or" and commas for "and"; several lines must all hold. */
function constraintText({ goBuild, plusBuild }: BuildLines): string | undefined {
  if (goBuild !== undefined) return goBuild.slice('//go:build'.length).trim();
  const lines = plusBuild.flatMap((line) => {
    const [, ...options] = line.replace('//', '').trim().split(/\s+/);
    return options.length === 0 ? [] : [options.map((option) => option.split(',').join(' && ')).join(' || ')];
  });
  if (lines.length < 2) return lines[0];
  return lines.map((line) => `(${line})`).join(' && ');
}

/** Why the build leaves a file out; undefined when it takes part. `path` decides by its last element. */
export function excludedBy(path: string, header: string, options: LoadOptions): string | undefined {
  const goos = options.goos ?? 'linux';
  const goarch = options.goarch ?? 'amd64';
  const base = path.slice(path.lastIndexOf('/') + 1);
  if (base.startsWith('_') || base.startsWith('.')) return `the go command ignores files that start with "${base[0]}"`;
  const suffix = excludedSuffix(base, goos, goarch);
  if (suffix !== undefined) return `the file name restricts it to ${suffix}`;
  const constraint = buildConstraintOf(header);
  if (
    !constraint ||
    constraint.satisfied((tag) => options.tags?.includes(tag) || hasTag(tag, goos, goarch, options.goVersion))
  )
    return undefined;
  return `excluded by //go:build ${constraint.text}`;
}

function hasTag(tag: string, goos: string, goarch: string, goVersion: GoVersion | undefined): boolean {
  if (tag === goos || tag === goarch || tag === 'gc' || tag === 'cgo' || tag === `${goarch}.v1`) return true;
  if (tag === 'unix') return unixSystems.has(goos);
  if (tag === 'linux') return goos === 'android';
  if (tag === 'darwin') return goos === 'ios';
  if (tag === 'solaris') return goos === 'illumos';
  const release = /^go1\.([0-9]{1,4})$/.exec(tag)?.[1];
  // Release tags tell the toolchain's version, which is at least the module's; the file is built by a recent one.
  return release !== undefined && Number(release) <= Math.max(newestMinor, goVersion?.minor ?? 0);
}

/** `x_GOOS.go`, `x_GOARCH.go`, `x_GOOS_GOARCH.go`, each also before `_test`. */
function excludedSuffix(base: string, goos: string, goarch: string): string | undefined {
  // Everything after the first dot is left out of account: x_windows.pb.go is for Windows.
  const stem = base
    .split('.', 1)
    .join('')
    .replace(/_test$/, '');
  const first = stem.indexOf('_');
  if (first === -1) return undefined;
  const parts = stem.slice(first + 1).split('_');
  const last = parts.at(-1) ?? '';
  const beforeLast = parts.at(-2) ?? '';
  const fitsSystem = (name: string) => hasTag(name, goos, goarch, undefined);
  if (architectures.has(last)) {
    if (last !== goarch) return last;
    return operatingSystems.has(beforeLast) && !fitsSystem(beforeLast) ? beforeLast : undefined;
  }
  return operatingSystems.has(last) && !fitsSystem(last) ? last : undefined;
}

// ---- Expressions -----------------------------------------------------------------------------------------------

function evaluate(x: Constraint, tag: (name: string) => boolean): boolean {
  switch (x.kind) {
    case 'tag':
      return tag(x.name);
    case 'not':
      return !evaluate(x.x, tag);
    case 'and':
      return evaluate(x.x, tag) && evaluate(x.y, tag);
    case 'or':
      return evaluate(x.x, tag) || evaluate(x.y, tag);
  }
}

/** As go/build/constraint.GoVersion: -1 means that no release is required. */
function requiredMinor(x: Constraint): number | undefined {
  switch (x.kind) {
    case 'tag': {
      const release = /^go1(?:\.([0-9]{1,4}))?$/.exec(x.name);
      return release ? Number(release[1] ?? 0) : undefined;
    }
    case 'not':
      return undefined;
    case 'and': {
      const sides = [requiredMinor(x.x), requiredMinor(x.y)].filter((side) => side !== undefined);
      return sides.length === 0 ? undefined : Math.max(...sides);
    }
    case 'or': {
      const left = requiredMinor(x.x);
      const right = requiredMinor(x.y);
      return left === undefined || right === undefined ? undefined : Math.min(left, right);
    }
  }
}

/** Nesting of `!` and parentheses before the constraint counts as unreadable. */
const maxNesting = 100;

function parse(text: string): Constraint | undefined {
  const tokens = text.match(/\(|\)|&&|\|\||!|[\p{L}\p{Nd}_.]+|\S/gu) ?? [];
  let at = 0;
  let depth = 0;
  let failed = false;
  const fail = (): Constraint => {
    failed = true;
    return { kind: 'tag', name: '' };
  };
  const or = (): Constraint => {
    let x = and();
    while (!failed && tokens[at] === '||') {
      at++;
      x = { kind: 'or', x, y: and() };
    }
    return x;
  };
  const and = (): Constraint => {
    let x = not();
    while (!failed && tokens[at] === '&&') {
      at++;
      x = { kind: 'and', x, y: not() };
    }
    return x;
  };
  const not = (): Constraint => {
    const token = tokens[at++];
    if (token === undefined || ++depth > maxNesting) return fail();
    if (token === '!') return nested({ kind: 'not', x: not() });
    if (token !== '(') return nested(/^[\p{L}\p{Nd}_.]+$/u.test(token) ? { kind: 'tag', name: token } : fail());
    const x = or();
    if (tokens[at++] !== ')') return fail();
    return nested(x);
  };
  const nested = (x: Constraint): Constraint => {
    depth--;
    return x;
  };
  const result = or();
  return failed || at !== tokens.length ? undefined : result;
}
