import type { CheckReport, FormatContext, ReportedDiagnostic } from '../../src/cli/report.ts';

/** A diagnostic with every part that a format can show. */
export const fullDiagnostic: ReportedDiagnostic = {
  rule: 'unreceived-send',
  group: 'blocked',
  severity: 'error',
  path: 'pages/fetch it.go',
  line: 9,
  endLine: 9,
  side: 'RIGHT',
  message: 'The send on `result` blocks forever: 100 % of it, always',
  advice: 'Buffer the channel.',
  fingerprint: 'abc-1',
  related: [{ path: 'pages/fetch it.go', line: 8, message: 'the channel has no buffer' }],
  witness: [
    { path: 'pages/fetch it.go', line: 13, text: 'fetch returns as ctx is done' },
    { path: 'pages/other.go', line: 2, text: 'goroutine on line 9 sends on result' },
  ],
  fixes: [
    {
      message: 'Buffer the channel for the one value that is sent',
      verified: true,
      edits: [{ path: 'pages/fetch it.go', startLine: 8, startColumn: 28, endLine: 8, endColumn: 28, newText: ', 1' }],
      diff: '--- a/pages/fetch it.go\t\n+++ b/pages/fetch it.go\t\n@@ -8 +8 @@\n-\tresult := make(chan *Page)\n+\tresult := make(chan *Page, 1)\n',
      files: [],
    },
  ],
  suggestion: { startLine: 8, endLine: 8, replacement: '\tresult := make(chan *Page, 1)' },
  defect: {
    path: 'pages/fetch it.go',
    startLine: 9,
    startColumn: 14,
    endLine: 9,
    endColumn: 33,
    text: '\tgo func() { result <- load(url) }()',
  },
};

/** Said at a deleted line, without witness, fix or advice. */
export const bareDiagnostic: ReportedDiagnostic = {
  ...without(fullDiagnostic, 'advice'),
  rule: 'lost-cancel',
  group: 'resource',
  severity: 'info',
  side: 'LEFT',
  line: 20,
  endLine: 21,
  related: [],
  witness: [],
  fixes: [],
  fixRefusal: 'the context is handed on',
  suggestion: null,
};

export const sampleReport: CheckReport = {
  base: null,
  head: null,
  summary: {
    error: 1,
    warning: 0,
    info: 1,
    suppressed: 2,
    unknown: 3,
    implausible: [
      {
        path: 'pages/fetch it.go',
        line: 30,
        operation: 'range jobs',
        entry: 'Fetch',
        kind: 'nil-value',
        assumption: '`s` is nil',
      },
    ],
    filesAnalysed: 7,
    filesSkipped: [
      { path: 'x/ü y.go', reason: 'not UTF-8' },
      { path: 'gen.go', reason: 'generated code', expected: true },
    ],
  },
  diagnostics: [fullDiagnostic, bareDiagnostic],
  notes: [],
};

export const context: FormatContext = {
  version: '0.1.0',
  colours: false,
  rules: [
    {
      id: 'lost-cancel',
      group: 'resource',
      summary: 'A cancel function is lost.',
      severity: 'warning',
      since: '0.1.0',
      knownProblems: [],
      offByDefault: true,
    },
    {
      id: 'unreceived-send',
      group: 'blocked',
      summary: 'A send that nobody receives.',
      severity: 'error',
      since: '0.1.0',
      knownProblems: [],
    },
  ],
};

/** A report of one diagnostic with some parts replaced. */
export function reportOf(parts: Partial<ReportedDiagnostic>): CheckReport {
  return { ...sampleReport, diagnostics: [{ ...fullDiagnostic, ...parts }] };
}

function without<T extends object, K extends keyof T>(value: T, key: K): Omit<T, K> {
  const { [key]: _, ...rest } = value;
  return rest;
}
