/** What `goplumber check` can be asked, and which wishes exclude each other. */
import type { Config, FailOn, RuleSetting } from '../config/config.ts';
import type { GoVersion } from '../go/package.ts';
import { noSuchRule, ruleMetas } from './config.ts';
import type { FormatName } from './format/index.ts';
import { UsageError } from './usage-error.ts';

export interface CheckOptions {
  readonly repo?: string;
  readonly base?: string;
  readonly head?: string;
  readonly staged?: boolean;
  /** A file with a unified diff, or `-` for stdin. */
  readonly diffFrom?: string;
  readonly config?: string;
  readonly baseline?: string;
  readonly enable?: readonly string[];
  readonly disable?: readonly string[];
  readonly go?: GoVersion;
  readonly tags?: readonly string[];
  readonly goos?: string;
  readonly goarch?: string;
  readonly format: FormatName;
  readonly output?: string;
  readonly fix?: boolean;
  readonly diff?: boolean;
  readonly quiet?: boolean;
  readonly stats?: boolean;
  /** Threads; 0 = none beside this one; absent = one for each processor. */
  readonly jobs?: number;
  /** False: nothing of earlier runs is used or kept. */
  readonly cache?: boolean;
  readonly cacheDir?: string;
  /** A function of which the searches are shown in place of the report. */
  readonly explain?: string;
  /** A duration as Go writes it; 0 is no limit. Absent = the default. */
  readonly timeout?: string;
  /** Absent = as the configuration says. */
  readonly failOn?: FailOn;
}

/** Throws `UsageError` for options that do not go together. */
export function mustAgree(options: CheckOptions): void {
  mustAgreeWithExplain(options);
  const { head, base, staged, diffFrom, fix, diff, format } = options;
  if (base === '') throw new UsageError('--base is empty; it takes a revision, such as origin/main');
  if (head !== undefined && base === undefined)
    throw new UsageError('--head is compared with the base; it needs --base REV');
  if (staged && head !== undefined)
    throw new UsageError('--staged already sets the end of the change; leave out --head');
  if (diffFrom !== undefined && (base !== undefined || staged))
    throw new UsageError('--diff-from already names the changed lines; leave out --base and --staged');
  if (diff && format !== 'text')
    throw new UsageError('--diff prints a patch instead of the report; leave out --format');
  if (fix && diff) throw new UsageError('--fix writes the fixes and --diff prints them; choose one');
  if (fix && (head !== undefined || staged))
    throw new UsageError('--fix writes to the files on disk; leave out --head and --staged');
}

/** Throws `UsageError` for options that say nothing about the explanation of a function. */
function mustAgreeWithExplain({ explain, base, staged, diffFrom, fix, diff, baseline, format }: CheckOptions): void {
  if (explain === undefined) return;
  if (base !== undefined || staged || diffFrom !== undefined)
    throw new UsageError('--explain reads files on disk; leave out --base, --staged and --diff-from');
  if (fix || diff || baseline !== undefined)
    throw new UsageError('--explain reports no findings; leave out --fix, --diff and --baseline');
  if (format !== 'text' && format !== 'json') throw new UsageError('--explain supports the formats text and json');
}

/** The configuration with what the command line says on top. Throws `UsageError` for a rule that does not exist. */
export function configured(config: Config, options: CheckOptions): Config {
  const rules = new Map(config.rules);
  for (const id of options.enable ?? []) rules.set(id, known('--enable', id, rules.get(id)));
  for (const id of options.disable ?? []) {
    known('--disable', id, undefined);
    rules.set(id, 'off');
  }
  const { go, goos, goarch, tags } = options;
  const build = {
    ...(goos === undefined ? {} : { goos }),
    ...(goarch === undefined ? {} : { goarch }),
    ...(tags === undefined ? {} : { tags }),
  };
  return { ...config, rules, build, ...(go === undefined ? {} : { goVersion: go }) };
}

/** The severity that an enabled rule has: the configured one, else its own. */
function known(option: string, id: string, set: RuleSetting | undefined): RuleSetting {
  const meta = ruleMetas.find((one) => one.id === id);
  if (meta) return set === undefined || set === 'off' ? meta.severity : set;
  throw new UsageError(`${option}: ${noSuchRule(id)}`);
}
