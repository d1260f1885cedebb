/** Go's own list of expected leaks, read from goroutineleakprofile_test.go, and the classes of the kernels' README. */
export type Category = 'simple' | 'pattern' | 'goker';

export interface Truth {
  /** The function that runs the kernel, as Go's test registers it. */
  readonly name: string;
  readonly category: Category;
  /** Match `function(...) [wait reason]`; none where nothing leaks. */
  readonly patterns: readonly RegExp[];
}

const sections: readonly (readonly [string, Category | undefined])[] = [
  ['microTests :=', 'simple'],
  ['stressTestCases :=', undefined],
  ['patternTestCases :=', 'pattern'],
  ['gokerTestCases :=', 'goker'],
];

/** Kernels that Go ships but leaves out of its own test, with the leaks its comment names. */
const disabled = /\/\/\s*make(?:Flaky)?Test\((?:testCase\{name: )?"(\w+)"\}?,\s*((?:\/\/\s*`[^`]*`,?\s*)+)/g;

export function readTruth(test: string): readonly Truth[] {
  const truths: Truth[] = [];
  const starts = sections.map(([mark]) => test.indexOf(mark));
  sections.forEach(([, category], index) => {
    if (!category) return;
    const text = test.slice(starts[index], starts[index + 1] ?? test.length);
    for (const match of text.matchAll(/\n\t*make(?:Flaky)?Test\("(\w+)"((?:,\s*(?:\/\/[^\n]*\s*)*`[^`]*`)*),?\s*\)/g)) {
      truths.push({ name: match[1] ?? '', category, patterns: patternsIn(match[2] ?? '') });
    }
    for (const match of text.matchAll(disabled)) {
      truths.push({
        name: match[1] ?? '',
        category,
        patterns: patternsIn(match[2] ?? ''),
      });
    }
  });
  return truths;
}

function patternsIn(text: string): readonly RegExp[] {
  return [...text.matchAll(/`([^`]*)`/g)].map((match) => new RegExp(match[1] ?? '$^'));
}

/** What GoBench says a kernel is: `Resource`, `Communication` or `Mixed`, with its kind: `Double locking`. */
export interface KernelClass {
  readonly type: string;
  readonly kind: string;
}

/** Classes by the name of the kernel's file without its ending: `cockroach10214`. */
export function readClasses(readme: string): ReadonlyMap<string, KernelClass> {
  const classes = new Map<string, KernelClass>();
  for (const section of readme.split(/^## /m).slice(1)) {
    const heading = /^(\w+)\/(\d+)/.exec(section);
    const row = /^\|\s*\[[^\n]*\|\s*([^|\n]+?)\s*\|\s*([^|\n]+?)\s*\|\s*$/m.exec(section);
    if (!heading || !row) continue;
    classes.set(`${heading[1]?.toLowerCase()}${heading[2]}`, { type: row[1] ?? '', kind: row[2] ?? '' });
  }
  return classes;
}
