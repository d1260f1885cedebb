/** The configuration that a command uses. */
import { resolve } from 'node:path';
import type { RuleMeta } from '../analysis/rule.ts';
import { badDirective } from '../analysis/run.ts';
import { type Config, defaultConfig } from '../config/config.ts';
import { formatConfigIssue, nearest } from '../config/config-issue.ts';
import { parseConfig } from '../config/parse-config.ts';
import { type ConfigText, namedConfig } from '../local/config-file.ts';
import { ruleIds } from '../review/package-analysis.ts';
import { rules } from '../rules/index.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** What is told of every rule, that of bad directives included. */
export const ruleMetas: readonly RuleMeta[] = [...rules.map(({ meta }) => meta), badDirective];

/** What is said of a rule that there is not, with what was probably meant. */
export function noSuchRule(id: string): string {
  const near = nearest(
    id,
    ruleMetas.map((one) => one.id),
  );
  if (near !== undefined) return `there is no rule ${JSON.stringify(id)}; did you mean ${near}?`;
  const members = ruleMetas.filter(({ group }) => group === id).map((one) => one.id);
  if (members.length > 0) return `${JSON.stringify(id)} is a group of rules; its rules are ${members.join(', ')}`;
  return `there is no rule ${JSON.stringify(id)}; goplumber rules lists them`;
}

/** The file that `--config` names, else what `find` finds, else the defaults. Throws `UsageError` for a mistake in it. */
export async function loadConfig(
  named: string | undefined,
  terminal: Terminal,
  find: () => Promise<ConfigText | undefined>,
): Promise<Config> {
  const source = named === undefined ? await find() : await namedConfig(resolve(terminal.cwd, named), named);
  return source === undefined ? defaultConfig : readConfig(source);
}

/** A mistake could hide findings; on a command line it can be mended at once, so it ends the run. */
function readConfig({ text, origin }: ConfigText): Config {
  const { config, issues } = parseConfig(text, ruleIds(rules));
  const [first, ...others] = issues;
  if (first === undefined) return config;
  throw new UsageError(
    formatConfigIssue(origin, first),
    others.map((issue) => formatConfigIssue(origin, issue)),
  );
}
