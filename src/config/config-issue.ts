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

/**
 * The name most like `word`, if one is near enough to be meant: one letter differs, or it is the only name that
 * starts with the word or holds it, or at most a third of the letters differ.
 */
export function nearest(word: string, names: readonly string[]): string | undefined {
  if (word.length > 100) return undefined;
  let best: string | undefined;
  let bestDistance = farthest(word) + 1;
  for (const name of names) {
    const distance = editDistance(word.toLowerCase(), name.toLowerCase());
    if (distance < bestDistance) {
      best = name;
      bestDistance = distance;
    }
  }
  return bestDistance <= 1 ? best : (onlyOneWith(word, names) ?? best);
}

/** Two letters that change places count as two; of three letters, another two are another word. */
function farthest(word: string): number {
  return word.length <= 3 ? 1 : Math.max(2, Math.ceil(word.length / 3));
}

/** Shorter words are part of names by chance. */
const shortestPart = 3;

/** The only name that starts with the word, else the only one that holds it. */
function onlyOneWith(word: string, names: readonly string[]): string | undefined {
  if (word.length < shortestPart) return undefined;
  const places = names.map((name) => ({ name, at: name.toLowerCase().indexOf(word.toLowerCase()) }));
  for (const isPart of [(at: number) => at === 0, (at: number) => at >= 0]) {
    const [only, ...others] = places.filter(({ at }) => isPart(at));
    if (only && others.length === 0) return only.name;
  }
  return undefined;
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
