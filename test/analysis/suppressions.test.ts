import { describe, expect, it } from 'vitest';
import { directivesOf } from '../../src/analysis/suppressions.ts';
import { parseFile } from '../../src/go/file.ts';
import { analyse, sendRule } from './sample-rules.ts';

/** Lines reported by `alpha` and `beta`, and the messages of bad directives, for a body of statements. */
function outcome(body: string, head = '') {
  const source = `package p\n${head}\nfunc f(a chan int) {\n${body}\n}\n`;
  const { result } = analyse(source, [sendRule('alpha'), sendRule('beta')]);
  return {
    reported: result.diagnostics
      .filter((one) => one.rule !== 'bad-directive')
      .map((one) => `${one.rule}:${one.location.startLine}`),
    bad: result.diagnostics.filter((one) => one.rule === 'bad-directive').map((one) => one.message),
    suppressed: result.suppressed.map(
      (one) => `${one.diagnostic.rule}:${one.diagnostic.location.startLine} ${one.by}: ${one.reason}`,
    ),
  };
}

describe('goplumber:ignore', () => {
  it('works on the line and on the line above', () => {
    expect(outcome('\ta <- 1 //goplumber:ignore alpha the reader is in C')).toEqual({
      reported: ['beta:4'],
      bad: [],
      suppressed: ['alpha:4 ignore: the reader is in C'],
    });
    expect(outcome('\t//goplumber:ignore alpha,beta known\n\t// more words\n\ta <- 1\n\ta <- 2')).toEqual({
      reported: ['alpha:7', 'beta:7'],
      bad: [],
      suppressed: ['alpha:6 ignore: known', 'beta:6 ignore: known'],
    });
  });

  it('above a go statement covers what has it as its subject', () => {
    const { reported } = outcome(
      '\t//goplumber:ignore alpha ends with the process\n\tgo func() {\n\t\ta <- 1\n\t}()\n\ta <- 2',
    );
    expect(reported).toEqual(['beta:6', 'alpha:8', 'beta:8']);
  });

  it('on the line of other code does not reach the next line', () => {
    expect(outcome('\tx := 1 //goplumber:ignore alpha,beta why\n\ta <- x').reported).toEqual(['alpha:5', 'beta:5']);
  });

  it('without a reason, a rule, or with an unknown rule or verb is reported', () => {
    expect(outcome('\ta <- 1 //goplumber:ignore alpha')).toMatchObject({
      reported: ['alpha:4', 'beta:4'],
      bad: ['this `goplumber:ignore` gives no reason and has no effect'],
    });
    expect(outcome('\ta <- 1 //goplumber:ignore').bad).toEqual(['this `goplumber:ignore` names no rule']);
    expect(outcome('\ta <- 1 //goplumber:ignore alpha,omega because')).toMatchObject({
      reported: ['beta:4'],
      bad: ['`omega` is not a rule of Goplumber, so this `goplumber:ignore` has no effect on it'],
    });
    expect(outcome('\ta <- 1 //goplumber:ignroe alpha because').bad).toHaveLength(1);
  });
});

describe('nolint', () => {
  it.each([
    '//nolint',
    '//nolint:goplumber',
    '//nolint:errcheck,goplumber // fine',
    '// nolint: goplumber',
    '//nolint:all',
  ])('%s silences its line', (comment) => {
    expect(outcome(`\ta <- 1 ${comment}\n\ta <- 2`).reported).toEqual(['alpha:5', 'beta:5']);
  });

  it.each(['//nolint:errcheck', '//nolintgoplumber', '// see nolint:goplumber'])('%s does not', (comment) => {
    expect(outcome(`\ta <- 1 ${comment}`).reported).toEqual(['alpha:4', 'beta:4']);
  });

  it('above a function covers the function, above the package clause the file', () => {
    expect(outcome('\ta <- 1\n\ta <- 2', '//nolint:goplumber // C reads it').reported).toEqual([]);
    expect(
      analyse('//nolint:goplumber\npackage p\n\nfunc f(a chan int) {\n\ta <- 1\n}\n', [sendRule('alpha')]).result
        .diagnostics,
    ).toEqual([]);
  });
});

describe('a directive that is made to be slow', () => {
  const directives = (comment: string) =>
    directivesOf(parseFile({ path: 'a.go', text: `package p\n\n${comment}\nvar x int\n` }), new Set(['known']));

  it('is read once, whatever stands between its words', () => {
    const blanks = `//goplumber:ignore${' '.repeat(50_000)}\u2028x${'\t'.repeat(50_000)}\u2028`;
    expect(directives(blanks).bad.length).toBeGreaterThan(0);
  });

  it('names some of its unknown rules and counts the others', () => {
    const { bad, suppressions } = directives(`//goplumber:ignore known,${'x,'.repeat(15_000)} why`);
    expect(suppressions.length).toBe(1);
    expect(bad.length).toBe(11);
    expect(bad.at(-1)?.message).toContain('14990 more names');
  });

  it('has a reason of limited length', () => {
    const [first] = directives(`//goplumber:ignore known ${'*`'.repeat(45_000)}`).suppressions;
    expect(first?.reason.length).toBe(500);
  });
});
