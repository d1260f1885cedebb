/** The documented format: docs/json-format.md, docs/goplumber-report.schema.json. Fields are named one by one, so that
 *  what is not documented does not slip out. */
import type { CheckReport, ReportedDiagnostic } from '../report.ts';

export function formatJson(report: CheckReport): string {
  const { error, warning, info, suppressed, unknown, filesAnalysed, filesSkipped } = report.summary;
  const document = {
    version: 1,
    base: report.base,
    head: report.head,
    summary: {
      error,
      warning,
      info,
      suppressed,
      unknown,
      filesAnalysed,
      filesSkipped: filesSkipped.map(({ path, reason }) => ({ path, reason })),
    },
    diagnostics: report.diagnostics.map(diagnosticJson),
  };
  // JSON leaves these as they are, and a terminal obeys them; as escapes they mean the same.
  return `${JSON.stringify(document, null, 2).replace(/[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, escaped)}\n`;
}

function diagnosticJson(diagnostic: ReportedDiagnostic): object {
  const {
    rule,
    group,
    severity,
    path,
    line,
    endLine,
    side,
    message,
    fingerprint,
    related,
    witness,
    fixes,
    suggestion,
  } = diagnostic;
  return {
    rule,
    group,
    severity,
    path,
    line,
    endLine,
    side,
    message,
    fingerprint,
    related,
    witness,
    fixes: fixes.map((fix) => ({ message: fix.message, verified: fix.verified, edits: fix.edits })),
    suggestion,
  };
}

function escaped(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
