/** `goplumber rules` and `goplumber explain`: what the rules are, from their own descriptions. */
import { readFile } from 'node:fs/promises';
import type { RuleMeta } from '../analysis/rule.ts';
import { noSuchRule, ruleMetas } from './config.ts';
import { renderPage } from './format/page.ts';
import { painter } from './format/paint.ts';
import { shippedFile } from './package-root.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** Prints one line per rule, by group, or all of them as JSON. */
export function listRules(terminal: Terminal, format: 'text' | 'json' = 'text'): number {
  if (format === 'json') {
    terminal.out(`${JSON.stringify(ruleMetas.map(described), null, 2)}\n`);
    return 0;
  }
  const paint = painter(terminal.colours);
  const width = Math.max(...ruleMetas.map(({ id }) => id.length));
  let group = '';
  for (const meta of ruleMetas) {
    if (meta.group !== group) terminal.out(`${group === '' ? '' : '\n'}${paint('bold', meta.group)}\n`);
    group = meta.group;
    const off = meta.offByDefault === true ? ' (off by default)' : meta.companion === true ? ' (beside others)' : '';
    const severity = paint(meta.severity, meta.severity.padEnd(7));
    terminal.out(`  ${meta.id.padEnd(width)}  ${severity}  ${meta.summary}${off}\n`);
  }
  return 0;
}

/** A rule as `rules --format json` shows it. */
function described({ id, group, severity, summary, offByDefault, companion }: RuleMeta): object {
  return { id, group, severity, summary, offByDefault: offByDefault === true, companion: companion === true };
}

/** Prints the page of a rule. Throws `UsageError` for an id that no rule has. */
export async function explainRule(id: string, terminal: Terminal): Promise<number> {
  const meta = ruleMetas.find((one) => one.id === id);
  if (!meta) throw new UsageError(noSuchRule(id));
  const page = (await pageOf(id)) ?? `# ${id}\n\n${meta.summary}`;
  terminal.out(`${terminal.colours ? renderPage(page) : page}\n`);
  return 0;
}

/** The pages of all rules that have one, by id. */
export async function rulePages(): Promise<ReadonlyMap<string, string>> {
  const pages = await Promise.all(ruleMetas.map(async ({ id }) => [id, await pageOf(id)] as const));
  return new Map(pages.flatMap(([id, page]) => (page === undefined ? [] : [[id, page] as const])));
}

/** The page, from the docs folder that the package ships. */
async function pageOf(id: string): Promise<string | undefined> {
  try {
    return (await readFile(shippedFile(`docs/rules/${id}.md`), 'utf8')).trimEnd();
  } catch {
    return undefined;
  }
}
