/** The limit of time that a person sets for a run: how it is written, and what is said when it is reached. */
import { InvalidArgumentError } from 'commander';
import type { Terminal } from './terminal.ts';

/** Exit code of a run that its limit of time ended, as timeout(1) has it. */
export const timedOutCode = 124;

/** Far more than a large repository needs; a run that takes longer is stuck in an input nobody thought of. */
export const defaultTimeout = '10m';

export interface TimeLimit {
  /** As written: `10m`. */
  readonly text: string;
  /** Whether it is over now. */
  readonly isOver: () => boolean;
  /** Whether somebody asked and heard that it is over: the run did not come to its end. */
  readonly wasHeard: () => boolean;
}

const units: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

/** Milliseconds of a duration as Go writes it (`90s`, `1h30m`); 0 is no limit. Throws `InvalidArgumentError`. */
export function durationOf(text: string): number {
  if (text === '0') return 0;
  const parts = [...text.matchAll(/(\d{1,9}(?:\.\d{1,9})?)(ms|s|m|h)/g)];
  const whole = parts.map(([part]) => part).join('');
  if (parts.length === 0 || whole !== text)
    throw new InvalidArgumentError('Use the form 90s, 10m or 1h30m; 0 means no limit.');
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (units.get(unit ?? '') ?? 0), 0);
}

/** A limit that begins now. */
export function startLimit(text: string, terminal: Terminal): TimeLimit {
  const duration = durationOf(text);
  const end = terminal.now() + duration;
  let over = false;
  return {
    text,
    isOver: () => {
      over ||= duration > 0 && terminal.now() > end;
      return over;
    },
    wasHeard: () => over,
  };
}

/** What is said of a run that was ended before its end. */
export function endingNote(limit: TimeLimit): string {
  const why = limit.wasHeard() ? `the time limit of ${limit.text} is up (--timeout)` : 'interrupted';
  return `${why}: only what was found before is shown`;
}
