import { describe, expect, it } from 'vitest';
import { formatText } from '../../../src/cli/format/text.ts';
import { context, fullDiagnostic, reportOf, sampleReport } from '../sample-report.ts';

describe('the text format', () => {
  it('reads like a compiler that explains itself', () => {
    expect(formatText(sampleReport, context)).toBe(`\
pages/fetch it.go:9:14: error unreceived-send: The send on \`result\` blocks forever: 100 % of it, always
  9 | go func() { result <- load(url) }()
    |             ^^^^^^^^^^^^^^^^^^^
  how it happens:
    1. line 13: fetch returns as ctx is done
    2. pages/other.go:2: goroutine on line 9 sends on result
  see pages/fetch it.go:8: the channel has no buffer
  do: Buffer the channel.
  fix (verified): Buffer the channel for the one value that is sent
    @@ -8 +8 @@
    -\tresult := make(chan *Page)
    +\tresult := make(chan *Page, 1)

pages/fetch it.go:20:1: info lost-cancel: The send on \`result\` blocks forever: 100 % of it, always
  (reported on a line that this change deletes)
  the code is at pages/fetch it.go:9:14
  9 | go func() { result <- load(url) }()
    |             ^^^^^^^^^^^^^^^^^^^

1 error, 1 note in 7 files (2 silenced in the source, 3 not decided, 1 implausible, 2 files skipped)
`);
  });

  it('says when there is nothing', () => {
    const summary = {
      error: 0,
      warning: 0,
      info: 0,
      suppressed: 0,
      unknown: 0,
      implausible: [],
      filesAnalysed: 1,
      filesSkipped: [],
    };
    expect(formatText({ ...sampleReport, diagnostics: [], summary }, context)).toBe('no findings in 1 file\n');
  });

  it('shows escapes of the source instead of obeying them', () => {
    const evil = '\u001b]0;x\u0007\u202e\u009b2J\r';
    const defect = { ...fullDiagnostic.defect, path: `a${evil}.go`, text: `\tch <- "${evil}"` };
    const report = reportOf({
      path: `a${evil}.go`,
      message: evil,
      advice: evil,
      related: [{ path: evil, line: 1, message: evil }],
      witness: [{ path: evil, line: 1, text: evil }],
      fixes: fullDiagnostic.fixes.map((fix) => ({ ...fix, message: evil, diff: `${fix.diff}+${evil}\n` })),
      defect,
    });
    const text = formatText(report, context);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they must not be there
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(text).toContain('\\u001b]0;x\\u0007\\u202e\\u009b2J');
  });

  it('colours only when asked', () => {
    expect(formatText(sampleReport, context)).not.toContain('\u001b');
    expect(formatText(sampleReport, { ...context, colours: true })).toContain('\u001b[1;31merror\u001b[0m');
  });
});

describe('the excerpt', () => {
  const caretsOf = (text: string, startColumn: number, endColumn: number, endLine = 9) => {
    const report = reportOf({ defect: { ...fullDiagnostic.defect, text, startColumn, endColumn, endLine } });
    return formatText(report, context).split('\n').slice(1, 3);
  };

  it('keeps carets below the range with tabs, wide characters and combining marks', () => {
    expect(caretsOf('\ta\tch <- 1', 4, 11)).toEqual(['  9 | a    ch <- 1', '    |      ^^^^^^^']);
    expect(caretsOf('x := "漢字"; ch <- 1', 12, 19)).toEqual([
      '  9 | x := "漢字"; ch <- 1',
      '    |              ^^^^^^^',
    ]);
    expect(caretsOf('e\u0301 = <-ch', 6, 10)[1]).toBe('    |     ^^^^');
  });

  it('marks a range of several lines to the end of the first', () => {
    expect(caretsOf('\tgo func() {', 2, 5, 12)).toEqual(['  9 | go func() {', '    | ^^^^^^^^^^^']);
  });

  it('cuts long lines around the range', () => {
    const [line, carets] = caretsOf(`${'x'.repeat(5000)}ch <- 1${'y'.repeat(5000)}`, 5001, 5008);
    expect(line?.length).toBeLessThan(200);
    expect(line).toContain('ch <- 1');
    expect(line?.indexOf('ch <- 1')).toBe(carets?.indexOf('^'));
  });
});
