/** What the check says of a review that came to no verdict. By default that does not pass: nobody judged the change. */
import type { Config } from '../config/config.ts';
import { defaultConfig } from '../config/config.ts';
import { shortReport } from './check-report.ts';
import type { CheckConclusion, CheckReport } from './ports.ts';

/** What the world's errors look like to the review: a code, a message fit to be shown, and whether to try again. */
interface KnownError {
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
}

/** Whether the same work can succeed later: then the check stays in progress, and the queue tries again. */
export function isRetryable(error: unknown): boolean {
  return isKnown(error) && error.retryable;
}

/** The report of a review that `error` ended for good. */
export function unfinishedReport(error: unknown, config: Config = defaultConfig): CheckReport {
  const conclusion = config.unfinished === 'neutral' ? 'neutral' : conclusionOf(error);
  const again = ' Re-run the check to try again.';
  if (!isKnown(error)) {
    const sentence = `Goplumber hit an internal error; its operator can find it in the log.${again}`;
    return shortReport(conclusion, 'Not reviewed: the review could not be finished', sentence);
  }
  const sentence = (error.message.split('\n', 1)[0] ?? '').replace(/[.\s]*$/, '.');
  return shortReport(conclusion, titleOf(error), `${sentence}${again}`);
}

function titleOf({ code }: KnownError): string {
  if (code === 'analysis-out-of-time') return 'Not reviewed: the analysis ran out of time';
  if (code === 'forbidden') return 'Not reviewed: a permission is missing';
  if (code === 'too-large') return 'Not reviewed: GitHub does not show the diff of a change this large';
  return 'Not reviewed: the review could not be finished';
}

function conclusionOf(error: unknown): CheckConclusion {
  if (!isKnown(error)) return 'failure';
  if (error.code === 'analysis-out-of-time') return 'timed_out';
  return error.code === 'forbidden' ? 'action_required' : 'failure';
}

function isKnown(error: unknown): error is Error & KnownError {
  return (
    error instanceof Error &&
    typeof (error as Partial<KnownError>).code === 'string' &&
    typeof (error as Partial<KnownError>).retryable === 'boolean'
  );
}
