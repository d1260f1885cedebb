/** A report as the checks API takes it, within its limits. */
import type { CheckAnnotation, CheckReport } from '../review/ports.ts';
import { writeLimits } from './limits.ts';

export type AnnotationParameters = ReturnType<typeof annotationParameters>;

/** Title, summary and text; annotations go beside them in batches. */
export function outputOf(report: CheckReport) {
  const dropped = report.annotations.length - writeLimits.annotations;
  const note = dropped > 0 ? `\n\n${dropped} further annotations are left out.` : '';
  return {
    title: cut(report.title, writeLimits.checkTitle),
    summary: cut(report.summary, writeLimits.checkText - note.length) + note,
    ...(report.text === undefined ? {} : { text: cut(report.text, writeLimits.checkText) }),
  };
}

/** The identifier of the button that applies all verified fixes. */
export const applyAction = 'apply-fixes';

/** Buttons of a concluded run. GitHub allows 20 characters of label and 40 of description. */
export function actionsOf({ applicable = 0 }: CheckReport, mayWrite: boolean) {
  if (!mayWrite || applicable === 0) return {};
  const description = `Commit ${applicable === 1 ? 'the verified fix' : `${applicable} verified fixes`} at once`;
  return { actions: [{ label: 'Apply fixes', description: cut(description, 40), identifier: applyAction }] };
}

export function annotationParameters(annotation: CheckAnnotation) {
  return {
    path: annotation.path,
    start_line: annotation.startLine,
    end_line: annotation.endLine,
    annotation_level: annotation.level,
    title: cut(annotation.title, writeLimits.annotationTitle),
    message: cut(annotation.message, writeLimits.annotationMessage),
  };
}

/** Cuts a text to a limit, never in the middle of a surrogate pair, and shows that it was cut. */
function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
