/** The configuration that a pull request brings: not used for its own review, but checked before it is merged. */
import { type ConfigIssue, formatConfigIssue } from '../config/config-issue.ts';
import { parseConfig } from '../config/parse-config.ts';
import { clipped } from './bounded-text.ts';
import type { CheckAnnotation } from './ports.ts';

export const configPath = '.github/goplumber.yml';

export interface ProposedConfig {
  /** Mistakes, in the order of the file; empty when it can be merged. */
  readonly issues: readonly ConfigIssue[];
}

/** Reads the head's configuration; undefined when it has none. */
export function proposedConfig(text: string | undefined, rules: readonly string[]): ProposedConfig | undefined {
  return text === undefined ? undefined : { issues: parseConfig(text, rules).issues };
}

/** One sentence for the summary. */
export function proposedText({ issues }: ProposedConfig): string {
  const [first] = issues;
  if (!first) return 'The configuration that this pull request proposes is valid; it takes effect once it is merged.';
  const more = issues.length === 1 ? '' : ` and ${issues.length - 1} more`;
  return `The configuration that this pull request proposes has mistakes: ${formatConfigIssue(configPath, first)}${more}.`;
}

/** A warning on the line of each mistake. */
export function proposedAnnotations(proposed: ProposedConfig | undefined): readonly CheckAnnotation[] {
  return (proposed?.issues ?? []).slice(0, 50).map((issue) => ({
    path: configPath,
    startLine: issue.line,
    endLine: issue.line,
    level: 'warning',
    title: 'Mistake in the configuration',
    message: clipped(issue.help === undefined ? issue.message : `${issue.message}; ${issue.help}`, 2_000),
  }));
}
