import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatJson } from '../../../src/cli/format/json.ts';
import { reportOf, sampleReport } from '../sample-report.ts';
import { reportValidator } from '../schemas.ts';

describe('the JSON format', () => {
  it('satisfies its schema', () => {
    const validate = reportValidator();
    expect([validate(JSON.parse(formatJson(sampleReport))), validate.errors]).toEqual([true, null]);
  });

  it('has a schema that refuses what is not documented', () => {
    const validate = reportValidator();
    const document = JSON.parse(formatJson(sampleReport));
    expect(validate({ ...document, extra: 1 })).toBe(false);
    expect(validate({ ...document, diagnostics: [{ ...document.diagnostics[0], line: 0 }] })).toBe(false);
    expect(validate({ ...document, diagnostics: [{ ...document.diagnostics[0], defect: {} }] })).toBe(false);
  });

  it('gives the values as they are', () => {
    const { diagnostics, summary } = JSON.parse(formatJson(sampleReport));
    expect(diagnostics[0].suggestion).toEqual({
      startLine: 8,
      endLine: 8,
      replacement: '\tresult := make(chan *Page, 1)',
    });
    expect(diagnostics[1].suggestion).toBeNull();
    expect(summary.filesSkipped).toEqual([
      { path: 'x/ü y.go', reason: 'not UTF-8' },
      { path: 'gen.go', reason: 'generated code' },
    ]);
  });

  it('writes nothing that a terminal obeys, and loses nothing', () => {
    const message = 'a\u001b[2Jb\u009bc\u202ed\u2028e';
    const text = formatJson(reportOf({ message }));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e]/);
    expect(JSON.parse(text).diagnostics[0].message).toBe(message);
  });

  it('is documented by an example that satisfies the schema', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../docs/json-format.md'), 'utf8');
    const example = /```json\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
    const validate = reportValidator();
    expect([validate(JSON.parse(example)), validate.errors]).toEqual([true, null]);
  });
});
