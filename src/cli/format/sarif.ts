/** SARIF 2.1.0, for code scanning and editors. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */

import type {
  ArtifactLocation,
  CodeFlow,
  Fix,
  Location,
  Log,
  Notification,
  PhysicalLocation,
  ReportingDescriptor,
  Result,
} from 'sarif';
import type { Severity } from '../../analysis/diagnostic.ts';
import type { RuleMeta } from '../../analysis/rule.ts';
import { jsonText } from '../escape.ts';
import type { CheckReport, FormatContext, ReportedDiagnostic, ReportedEdit, ReportedFix } from '../report.ts';

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

export function formatSarif(report: CheckReport, context: FormatContext): string {
  return jsonText(sarifLog(report, context));
}

function sarifLog(report: CheckReport, context: FormatContext): Log {
  const indexes = new Map(context.rules.map((rule, index) => [rule.id, index]));
  return {
    $schema: schema,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'goplumber',
            semanticVersion: context.version,
            version: context.version,
            rules: context.rules.map(descriptor),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: {
          SRCROOT: { description: { text: 'The folder that was checked, or the top of the repository.' } },
        },
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: notifications(report) }],
        results: report.diagnostics.map((diagnostic) => result(diagnostic, indexes.get(diagnostic.rule))),
      },
    ],
  };
}

function descriptor(rule: RuleMeta): ReportingDescriptor {
  const words = rule.id.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return {
    id: rule.id,
    name: words.join(''),
    shortDescription: { text: rule.summary },
    defaultConfiguration: { level: levels[rule.severity], enabled: rule.offByDefault !== true },
    properties: { tags: ['goroutine-leak', rule.group], precision: rule.severity === 'error' ? 'very-high' : 'high' },
  };
}

function notifications(report: CheckReport): Notification[] {
  return report.summary.filesSkipped.map((file) => ({
    level: 'note',
    message: { text: `skipped: ${file.reason}` },
    locations: [{ physicalLocation: { artifactLocation: artifact(file.path) } }],
  }));
}

function result(diagnostic: ReportedDiagnostic, ruleIndex: number | undefined): Result {
  const fixes = diagnostic.fixes.filter((fix) => fix.edits.length > 0).map(fixOf);
  return {
    ruleId: diagnostic.rule,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: levels[diagnostic.severity],
    message: { text: sentences(diagnostic.message, diagnostic.advice) },
    locations: [{ physicalLocation: placeAtHead(diagnostic) }],
    partialFingerprints: { 'goplumber/v1': diagnostic.fingerprint },
    ...(diagnostic.related.length === 0
      ? {}
      : {
          relatedLocations: diagnostic.related.map((place, index) =>
            noted(place.path, place.line, place.message, index + 1),
          ),
        }),
    ...(diagnostic.witness.length === 0 ? {} : { codeFlows: [codeFlow(diagnostic)] }),
    ...(fixes.length === 0 ? {} : { fixes }),
  };
}

function sentences(message: string, advice: string | undefined): string {
  const first = /[.!?]$/.test(message) ? message : `${message}.`;
  return advice === undefined ? first : `${first} ${advice}`;
}

/** Results stand in the new text. With `--base` that is the line of the change, except for a deleted line. */
function placeAtHead(diagnostic: ReportedDiagnostic): PhysicalLocation {
  const { defect } = diagnostic;
  const saidElsewhere =
    diagnostic.side === 'RIGHT' && (diagnostic.path !== defect.path || diagnostic.line !== defect.startLine);
  if (saidElsewhere)
    return {
      artifactLocation: artifact(diagnostic.path),
      region: { startLine: diagnostic.line, endLine: diagnostic.endLine },
    };
  const { startLine, startColumn, endLine, endColumn } = defect;
  return { artifactLocation: artifact(defect.path), region: { startLine, startColumn, endLine, endColumn } };
}

function codeFlow(diagnostic: ReportedDiagnostic): CodeFlow {
  const locations = diagnostic.witness.map((step, index) => ({
    executionOrder: index + 1,
    location: noted(step.path, step.line, step.text),
  }));
  return { threadFlows: [{ locations }] };
}

function noted(path: string, line: number, text: string, id?: number): Location {
  return {
    ...(id === undefined ? {} : { id }),
    message: { text },
    physicalLocation: { artifactLocation: artifact(path), region: { startLine: line } },
  };
}

function fixOf(fix: ReportedFix): Fix {
  const byPath = new Map<string, ReportedEdit[]>();
  for (const edit of fix.edits) byPath.set(edit.path, [...(byPath.get(edit.path) ?? []), edit]);
  return {
    description: { text: fix.message },
    artifactChanges: [...byPath].map(([path, edits]) => ({
      artifactLocation: artifact(path),
      replacements: edits.map(replacement),
    })),
  };
}

function replacement({ startLine, startColumn, endLine, endColumn, newText }: ReportedEdit) {
  return { deletedRegion: { startLine, startColumn, endLine, endColumn }, insertedContent: { text: newText } };
}

/** A relative path is resolved against SRCROOT; an absolute one is a file URI. */
function artifact(path: string): ArtifactLocation {
  const uri = path.split('/').map(encodeURIComponent).join('/');
  return path.startsWith('/') ? { uri: `file://${uri}` } : { uri, uriBaseId: 'SRCROOT' };
}
