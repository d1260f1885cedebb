import { expect, it } from 'vitest';
import { describe as described } from '../../../src/cli/describe.ts';
import { textsIn, withoutTexts, withTexts } from '../../../src/cli/files/outcome.ts';
import { formatFinding } from '../../../src/cli/format/text.ts';
import { LineIndex } from '../../../src/text/line-index.ts';
import { diagnostic, placeOf } from '../../review/fixtures.ts';
import { fullDiagnostic } from '../sample-report.ts';

it('has the texts of its files back when they are put in again', () => {
  const [fix] = fullDiagnostic.fixes;
  const file = { path: 'b.go', text: 'package b\n', edits: [] };
  const finding = {
    ...fullDiagnostic,
    fixes: fix ? [{ ...fix, files: [file] }] : [],
    defect: { ...fullDiagnostic.defect, source: 'package p\n' },
  };
  const bare = withoutTexts([finding]);
  expect(JSON.stringify(bare)).not.toContain('package ');
  expect(withTexts(bare, textsIn(finding))).toEqual([finding]);
});

it('holds of a long line what is near the finding, and shows the same', () => {
  const statement = 'go func() { c <- 1 }(); ';
  const line = `${statement.repeat(40_000)}go func() { d <- 2 }(); ${statement.repeat(10)}`;
  const lines = new LineIndex(`package p\n\n${line}\n`);
  const place = placeOf('a.go', lines.text, 'd <- 2');
  const said = { path: 'a.go', line: 3, endLine: 3, side: 'RIGHT' as const };
  const found = described(diagnostic({ location: place }), said, null, () => lines);
  expect(found.defect.text.length).toBeLessThanOrEqual(2_000);
  const { cutBefore: _, ...whole } = found.defect;
  expect(formatFinding(found, false)).toBe(
    formatFinding({ ...found, defect: { ...whole, text: lines.lineText(3) } }, false),
  );
});
