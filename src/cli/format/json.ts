/** The documented format: docs/json-format.md, docs/goplumber-report.schema.json. Fields are named one by one, so that
 *  what is not documented does not slip out. */
import { jsonText } from '../escape.ts';
import type { CheckReport, ReportedDiagnostic } from '../report.ts';

export function formatJson(report: CheckReport): string {
  const { error, warning, info, suppressed, unknown, implausible, filesAnalysed, filesSkipped } = report.summary;
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
      implausible: implausible.map(({ path, line, operation, entry, kind, assumption }) => ({
        path,
        line,
        operation,
        entry,
        kind,
        assumption,
      })),
      filesAnalysed,
      filesSkipped: filesSkipped.map(({ path, reason }) => ({ path, reason })),
    },
    diagnostics: report.diagnostics.map(diagnosticJson),
  };
  return jsonText(document);
}

/** The fields in the order in which they are documented. */
function diagnosticJson(diagnostic: ReportedDiagnostic): object {
  return {
    rule: diagnostic.rule,
    group: diagnostic.group,
    severity: diagnostic.severity,
    path: diagnostic.path,
    line: diagnostic.line,
    endLine: diagnostic.endLine,
    side: diagnostic.side,
    message: diagnostic.message,
    fingerprint: diagnostic.fingerprint,
    related: diagnostic.related.map(({ path, line, message }) => ({ path, line, message })),
    witness: diagnostic.witness.map(({ path, line, text }) => ({ path, line, text })),
    fixes: diagnostic.fixes.map(({ message, verified, edits }) => ({ message, verified, edits })),
    suggestion: diagnostic.suggestion,
  };
}
