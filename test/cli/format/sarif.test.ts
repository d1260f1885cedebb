import type { Log } from 'sarif';
import { describe, expect, it } from 'vitest';
import { formatSarif } from '../../../src/cli/format/sarif.ts';
import { context, reportOf, sampleReport } from '../sample-report.ts';
import { sarifValidator } from '../schemas.ts';

function logOf(report = sampleReport): Log {
  return JSON.parse(formatSarif(report, context)) as Log;
}

describe('the SARIF format', () => {
  it('satisfies the schema of SARIF 2.1.0, with findings and without', () => {
    const validate = sarifValidator();
    expect([validate(logOf()), validate.errors]).toEqual([true, null]);
    expect([validate(logOf({ ...sampleReport, diagnostics: [] })), validate.errors]).toEqual([true, null]);
    expect(validate({ ...logOf(), version: '2.0.0' })).toBe(false);
  });

  it('ties each result to its rule', () => {
    const run = logOf().runs[0];
    const rules = run?.tool.driver.rules;
    expect(run?.results?.map((result) => [result.ruleId, rules?.[result.ruleIndex ?? -1]?.id])).toEqual([
      ['unreceived-send', 'unreceived-send'],
      ['lost-cancel', 'lost-cancel'],
    ]);
    expect(run?.results?.map((result) => result.level)).toEqual(['error', 'note']);
    expect(rules?.[0]?.defaultConfiguration).toEqual({ level: 'warning', enabled: false });
  });

  it('carries place, fingerprint, path and fix', () => {
    const result = logOf().runs[0]?.results?.[0];
    expect(result?.locations?.[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'pages/fetch%20it.go', uriBaseId: 'SRCROOT' },
      region: { startLine: 9, startColumn: 14, endLine: 9, endColumn: 33 },
    });
    expect(result?.partialFingerprints).toEqual({ 'goplumber/v1': 'abc-1' });
    expect(result?.message.text).toBe('The send on `result` blocks forever: 100 % of it, always. Buffer the channel.');
    expect(result?.codeFlows?.[0]?.threadFlows[0]?.locations.map((step) => step.location?.message?.text)).toEqual([
      'fetch returns as ctx is done',
      'goroutine on line 9 sends on result',
    ]);
    expect(result?.fixes?.[0]?.artifactChanges[0]?.replacements).toEqual([
      { deletedRegion: { startLine: 8, startColumn: 28, endLine: 8, endColumn: 28 }, insertedContent: { text: ', 1' } },
    ]);
  });

  it('puts what is said at a deleted line to the defect in the new text', () => {
    const region = (report = sampleReport, index = 0) =>
      logOf(report).runs[0]?.results?.[index]?.locations?.[0]?.physicalLocation?.region;
    expect(region(sampleReport, 1)).toMatchObject({ startLine: 9, startColumn: 14 });
    expect(region(reportOf({ line: 30, endLine: 31 }))).toEqual({ startLine: 30, endLine: 31 });
  });

  it('takes an absolute path for a file URI', () => {
    const path = '/srv/my code/a.go';
    const { defect } = sampleReport.diagnostics[0] ?? { defect: undefined };
    const log = logOf(reportOf({ path, ...(defect && { defect: { ...defect, path } }) }));
    expect(log.runs[0]?.results?.[0]?.locations?.[0]?.physicalLocation?.artifactLocation).toEqual({
      uri: 'file:///srv/my%20code/a.go',
    });
  });
});
