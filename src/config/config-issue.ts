/** A mistake in the configuration, said so that its author can mend it. */
export interface ConfigIssue {
  /** 1-based; the line of the key or value at fault. */
  readonly line: number;
  /** 1-based, in UTF-16 units. */
  readonly column: number;
  /** The key at fault, dotted: `rules.lost-cancel`; empty for the whole file. */
  readonly key: string;
  /** What is wrong, as a clause without a full stop; names from the file in backquotes. */
  readonly message: string;
  /** What to write instead. */
  readonly help?: string;
}

/** One line: `.github/goplumber.yml:3:5: unknown rule `x`; did you mean `y`?` */
export function formatConfigIssue(origin: string, issue: ConfigIssue): string {
  const help = issue.help ? `; ${issue.help}` : '';
  return `${origin}:${issue.line}:${issue.column}: ${issue.message}${help}`;
}

/** The name most like `word`, if one is near enough to be meant: at most a third of its letters differ. */
export function nearest(word: string, names: readonly string[]): string | undefined {
  if (word.length > 100) return undefined;
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.ceil(word.length / 3)) + 1;
  for (const name of names) {
    const distance = editDistance(word.toLowerCase(), name.toLowerCase());
    if (distance < bestDistance) {
      best = name;
      bestDistance = distance;
    }
  }
  return best;
}

/** Levenshtein distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? a.length;
}
