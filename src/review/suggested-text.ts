/** The one-click suggestion in a comment of ours: finding it, taking it away, and whether a file has it. */

/** The opening fence of a suggestion; undefined when the line opens none. */
function fenceOf(line: string): string | undefined {
  if (!line.startsWith('```') || !line.endsWith('`suggestion')) return undefined;
  const fence = line.slice(0, -'suggestion'.length);
  return /^`+$/.test(fence) ? fence : undefined;
}

interface Parted {
  /** Lines of the first suggestion; undefined when there is none. */
  readonly suggested: readonly string[] | undefined;
  readonly rest: readonly string[];
}

function parted(text: string): Parted {
  const rest: string[] = [];
  let suggested: string[] | undefined;
  // The fence that closes the suggestion in which a line stands.
  let fence: string | undefined;
  let isFirst = false;
  for (const line of text.split('\n')) {
    if (fence !== undefined) {
      if (line.trimEnd() === fence) fence = undefined;
      else if (isFirst) suggested?.push(line);
      continue;
    }
    fence = fenceOf(line.trimEnd());
    isFirst = fence !== undefined && suggested === undefined;
    if (isFirst) suggested = [];
    if (fence === undefined) rest.push(line);
  }
  return { suggested, rest };
}

/** A suggestion that stays would be applied to code that is repaired already. */
export function withoutSuggestion(text: string): string {
  return parted(text)
    .rest.join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Whether the body offers a suggestion. */
export function hasSuggestion(body: string): boolean {
  return parted(body).suggested !== undefined;
}

/**
 * Whether the file has the suggested lines, one after the other; 'unknown' when that does not tell, since the suggestion
 * deletes lines. False without a suggestion. Blanks at the ends of lines do not count.
 */
export function holdsSuggestion(body: string, file: string): boolean | 'unknown' {
  const { suggested } = parted(body);
  if (!suggested) return false;
  const wanted = trimmed(suggested.join('\n')).trim();
  return wanted === '' ? 'unknown' : `\n${trimmed(file)}\n`.includes(`\n${trimmed(suggested.join('\n'))}\n`);
}

function trimmed(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
