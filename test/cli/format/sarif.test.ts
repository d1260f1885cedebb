import type { Log } from 'sarif';
import { describe, expect, it } from 'vitest';
import { ruleMetas } from '../../../src/cli/config.ts';
import { formatSarif } from '../../../src/cli/format/sarif.ts';
import { rulePages } from '../../../src/cli/rules-command.ts';
import { context, reportOf, sampleReport } from '../sample-report.ts';
import { sarifValidator } from '../schemas.ts';

function logOf(report = sampleReport): Log {
  return JSON.parse(formatSarif(report, context)) as Log;
}

const place = sampleReport.diagnostics[0]?.defect ?? {
  path: '',
  startLine: 1,
  startColumn: 1,
  endLine: 1,
  endColumn: 1,
  text: '',
};

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

  it('puts a leak at one place, whatever line it is reported on', () => {
    const region = (report = sampleReport, index = 0) =>
      logOf(report).runs[0]?.results?.[index]?.locations?.[0]?.physicalLocation?.region;
    expect(region(sampleReport, 1)).toMatchObject({ startLine: 9, startColumn: 14 });
    expect(region(reportOf({ line: 30, endLine: 31 }))).toMatchObject({ startLine: 9, startColumn: 14 });
  });

  it('takes an absolute path for a file URI', () => {
    const path = '/srv/my code/a.go';
    const { defect } = sampleReport.diagnostics[0] ?? { defect: undefined };
    const log = logOf(reportOf({ path, ...(defect && { defect: { ...defect, path } }) }));
    expect(log.runs[0]?.results?.[0]?.locations?.[0]?.physicalLocation?.artifactLocation).toEqual({
      uri: 'file:///srv/my%20code/a.go',
    });
  });

  /** https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning */
  it('has what GitHub asks for', async () => {
    const pages = await rulePages();
    const withSource = reportOf({
      defect: { ...place, source: `${'\n'.repeat(8)}\tgo func() { result <- load(url) }()\n` },
    });
    const run = (JSON.parse(formatSarif(withSource, { ...context, rules: ruleMetas, pages })) as Log).runs[0];
    const rules = run?.tool.driver.rules ?? [];
    expect(rules.length).toBe(ruleMetas.length);
    for (const { id, name, shortDescription, fullDescription, help, helpUri, properties } of rules) {
      expect([id.length <= 255, (name?.length ?? 0) <= 255]).toEqual([true, true]);
      expect(
        [shortDescription, fullDescription].every((text) => text && text.text !== '' && text.text.length <= 1024),
      ).toBe(true);
      expect(help?.text).toBeTruthy();
      expect(help?.markdown).toContain('#');
      expect(helpUri).toMatch(/^https:\/\/.*\.md$/);
      expect(properties?.['problem.severity']).toMatch(/^(error|warning|recommendation)$/);
      expect(properties?.['precision']).toMatch(/^(very-high|high|medium|low)$/);
      expect((properties?.tags ?? []).length).toBeLessThanOrEqual(10);
      const severity = properties?.['security-severity'];
      if (severity !== undefined) expect(Number(severity)).toBeGreaterThan(0);
    }
    for (const { locations, partialFingerprints, codeFlows, relatedLocations } of run?.results ?? []) {
      const flow = codeFlows?.flatMap((one) => one.threadFlows[0]?.locations.map((step) => step.location) ?? []) ?? [];
      for (const location of [...(locations ?? []), ...(relatedLocations ?? []), ...flow]) {
        const { startLine, startColumn, endLine, endColumn } = location?.physicalLocation?.region ?? {};
        expect([startLine, startColumn, endLine, endColumn].every((value) => (value ?? 0) >= 1)).toBe(true);
        expect(location?.physicalLocation?.artifactLocation?.uri).not.toMatch(/^\.\.?\//);
      }
      expect(partialFingerprints?.['primaryLocationLineHash']).toMatch(/^[0-9a-f]+:1$/);
    }
  });
});
