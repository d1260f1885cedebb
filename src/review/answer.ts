/** What commands are answered, as Markdown. */
import type { ParsedConfig } from '../config/parse-config.ts';
import { commands } from './command.ts';
import type { ReviewFinding } from './finding.ts';
import { codeSpan, link, pathLink, prose } from './markdown.ts';
import { type LinkBase, permalink } from './permalink.ts';

/** A table of the commands; after an unknown word, with a sentence about it. */
export function helpText(unknown?: string): string {
  const rows = Object.values(commands).map(
    ({ usage, does, byAuthor }) =>
      `| ${codeSpan(`/goplumber ${usage}`)} | ${prose(does)} | ${byAuthor ? 'author, write access' : 'write access'} |`,
  );
  const head = unknown === undefined ? '' : `There is no command ${codeSpan(unknown)}.\n\n`;
  return `${head}| command | what it does | who can use it |\n| --- | --- | --- |\n${rows.join('\n')}`;
}

/** Why a command is not obeyed. */
export function refusedText(usage: string, byAuthor: boolean): string {
  const who = byAuthor ? 'The author of the pull request and people with write access' : 'People with write access';
  return `${who} can use ${codeSpan(`/goplumber ${usage}`)}. Nothing was done.`;
}

/** The settings in effect and where they come from. `origin` is absent when there is no file. */
export function configText({ config, issues, readable }: ParsedConfig, origin: string | undefined): string {
  const rules = [...config.rules].map(([rule, setting]) => `${rule}: ${setting}`).join(', ') || 'as they come';
  const rows: readonly (readonly [string, string])[] = [
    ['failOn', config.failOn],
    ['rules', rules],
    ['paths.ignore', config.ignore.join(', ') || 'none'],
    ['tests', config.tests ? 'include' : 'ignore'],
    ['maxComments', String(config.maxComments)],
    ['drafts', config.drafts ? 'review' : 'skip'],
    ['suggestions', config.suggestions ? 'on' : 'off'],
    ['skip.labels', config.skip.labels.join(', ') || 'none'],
    ['skip.authors', config.skip.authors.join(', ') || 'none'],
  ];
  const from =
    origin === undefined ? 'There is no configuration file; these are the defaults.' : `From ${codeSpan(origin)}.`;
  const wrong = readable && issues.length === 0 ? '' : ` It has ${issues.length} mistakes, which the check names.`;
  const cells = rows.map(
    ([name, value]) => `| ${codeSpan(name)} | ${codeSpan(value.slice(0, 1_000)).replace(/\|/g, '\\|')} |`,
  );
  return `${from}${wrong}\n\n| setting | value |\n| --- | --- |\n${cells.join('\n')}`;
}

/** Steps of one explanation; a longer path is not read. */
const maxSteps = 200;

/** The essence of the rule and the whole path. `summary` is the rule's sentence. */
export function explainText({ diagnostic }: ReviewFinding, summary: string, links: LinkBase): string {
  const { rule, message, advice, witness, related, location } = diagnostic;
  const steps = witness
    .slice(0, maxSteps)
    .map(
      (step, at) =>
        `${at + 1}. ${codeSpan(step.process.replace(/`/g, ''))} ${prose(step.text)} (${place(step.location, links)})`,
    );
  const others = related.map((one) => `- ${prose(one.message)} (${place(one.location, links)})`);
  return [
    `**${link(codeSpan(rule), links.ruleUrl(rule))}:** ${prose(summary)}`,
    `${prose(message)} (${place(location, links)})`,
    steps.length > 0 ? `The full path:\n\n${steps.join('\n')}` : '',
    others.length > 0 ? `See also:\n\n${others.join('\n')}` : '',
    advice === undefined ? '' : `**What to do:** ${prose(advice)}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .slice(0, 60_000);
}

function place({ path, startLine }: { readonly path: string; readonly startLine: number }, links: LinkBase): string {
  return pathLink(path, startLine, permalink(links, path, startLine));
}
