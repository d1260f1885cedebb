/** Go's own list of expected leaks, read from goroutineleakprofile_test.go. */
export interface Truth {
  readonly name: string;
  readonly category: 'simple' | 'pattern' | 'goker';
  /** Match `function(...) [wait reason]`. */
  readonly patterns: readonly RegExp[];
}

const sections: readonly (readonly [string, Truth['category'] | undefined])[] = [
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
        patterns: patternsIn((match[2] ?? '').replaceAll('gowrap1', '.*')),
      });
    }
  });
  return truths;
}

function patternsIn(text: string): readonly RegExp[] {
  return [...text.matchAll(/`([^`]*)`/g)].map((match) => new RegExp(match[1] ?? '$^'));
}
