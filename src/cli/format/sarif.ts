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
import { wellFormed } from '../../text/well-formed.ts';
import { jsonText } from '../escape.ts';
import type {
  CheckReport,
  Excerpt,
  FormatContext,
  ReportedDiagnostic,
  ReportedEdit,
  ReportedFix,
  ReportedPlace,
  ReportedStep,
} from '../report.ts';
import { lineHashes } from './line-hash.ts';

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
            rules: context.rules.map((rule) => descriptor(rule, context.pages?.get(rule.id))),
            informationUri: 'https://github.com/goplumber/goplumber',
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

/** What GitHub calls a recommendation is our info. */
const problems: Readonly<Record<Severity, 'error' | 'warning' | 'recommendation'>> = {
  error: 'error',
  warning: 'warning',
  info: 'recommendation',
};

/** A leak that provably happens is a way to exhaust a service: CWE-772, and medium on GitHub's scale of 0 to 10. */
const exhaustion = { tags: ['security', 'external/cwe/cwe-772'], severity: '5.3' } as const;

function descriptor(rule: RuleMeta, page: string | undefined): ReportingDescriptor {
  const words = rule.id.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  const markdown = page ?? `# ${rule.id}\n\n${rule.summary}`;
  const secure = rule.severity === 'error';
  return {
    id: rule.id,
    name: words.join(''),
    shortDescription: { text: rule.summary },
    fullDescription: { text: firstParagraph(markdown) ?? rule.summary },
    help: { text: plain(markdown), markdown },
    helpUri: `${rulePages}/${rule.id}.md`,
    defaultConfiguration: { level: levels[rule.severity], enabled: rule.offByDefault !== true },
    properties: {
      tags: ['goroutine-leak', rule.group, ...(secure ? exhaustion.tags : [])],
      precision: secure ? 'very-high' : 'high',
      'problem.severity': problems[rule.severity],
      ...(secure ? { 'security-severity': exhaustion.severity } : {}),
    },
  };
}

const rulePages = 'https://github.com/goplumber/goplumber/blob/main/docs/rules';
/** GitHub shows so many characters of a description. */
const maxDescription = 1024;

/** The first paragraph below the heading, on one line. */
function firstParagraph(markdown: string): string | undefined {
  const paragraph = markdown.split(/\n{2,}/).find((part) => part.trim() !== '' && !/^\s*(#|```|\|)/.test(part));
  return paragraph === undefined
    ? undefined
    : plain(paragraph)
        .replace(/\s*\n\s*/g, ' ')
        .trim()
        .slice(0, maxDescription);
}

/** Markdown without its marks. */
function plain(markdown: string): string {
  return markdown
    .replace(/^```.*$/gm, '')
    .replace(/^#+\s+/gm, '')
    .replace(/\[([^\]]+)\]\([^)]+\)/g, '$1')
    .replace(/[`*]/g, '');
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
    locations: [{ physicalLocation: placeOf(diagnostic) }],
    partialFingerprints: { 'goplumber/v1': diagnostic.fingerprint, ...lineHash(diagnostic.defect) },
    ...(diagnostic.related.length === 0
      ? {}
      : {
          relatedLocations: diagnostic.related.map((place, index) => noted(place, place.message, index + 1)),
        }),
    ...(diagnostic.witness.length === 0 ? {} : { codeFlows: [codeFlow(diagnostic)] }),
    ...(fixes.length === 0 ? {} : { fixes }),
  };
}

function sentences(message: string, advice: string | undefined): string {
  const first = /[.!?]$/.test(message) ? message : `${message}.`;
  return advice === undefined ? first : `${first} ${advice}`;
}

/** One leak is one alert: it stands where the leak is, whatever line of a change it was reported on. */
function placeOf({ defect }: ReportedDiagnostic): PhysicalLocation {
  const { path, startLine, startColumn, endLine, endColumn } = defect;
  return { artifactLocation: artifact(path), region: { startLine, startColumn, endLine, endColumn } };
}

/** What GitHub follows an alert by when lines move. */
function lineHash({ source, startLine }: Excerpt): { readonly primaryLocationLineHash?: string } {
  const hash = source === undefined ? undefined : lineHashes(source).get(startLine);
  return hash === undefined ? {} : { primaryLocationLineHash: hash };
}

function codeFlow(diagnostic: ReportedDiagnostic): CodeFlow {
  const locations = diagnostic.witness.map((step, index) => ({
    executionOrder: index + 1,
    location: noted(step, step.text),
  }));
  return { threadFlows: [{ locations }] };
}

function noted(place: ReportedStep | ReportedPlace, text: string, id?: number): Location {
  const { path, line, extent } = place;
  const region = { startLine: line, ...(extent ?? { startColumn: 1, endLine: line, endColumn: 1 }) };
  return {
    ...(id === undefined ? {} : { id }),
    message: { text },
    physicalLocation: { artifactLocation: artifact(path), region },
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
  const uri = wellFormed(path).split('/').map(encodeURIComponent).join('/');
  return path.startsWith('/') ? { uri: `file://${uri}` } : { uri, uriBaseId: 'SRCROOT' };
}
