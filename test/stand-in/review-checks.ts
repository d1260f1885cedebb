/** What GitHub refuses in a review, in its own words as users report them. */
import { hunkSides } from './diff.ts';
import type { Pull, Repository } from './state.ts';
import { pullFiles, shownPatch } from './world.ts';

export interface SentComment {
  readonly path: string;
  readonly body: string;
  readonly line?: number;
  readonly side?: 'LEFT' | 'RIGHT';
  readonly start_line?: number;
  readonly start_side?: 'LEFT' | 'RIGHT';
}

const blankHunk = "Pull request review thread diff hunk can't be blank";

/** Faults of the comments, one text per faulty comment; GitHub does not say which comment a text is about. */
export function commentFaults(repository: Repository, pull: Pull, comments: readonly SentComment[]): readonly string[] {
  const files = new Map(pullFiles(repository, pull).map((file) => [file.filename, file]));
  return comments.flatMap((comment) => {
    const file = files.get(comment.path);
    if (!file) return ['Path could not be resolved'];
    const patch = pull.patchFaults.get(comment.path) === 'missing' ? undefined : shownPatch(file);
    const fault = commentFault(comment, patch);
    return fault === undefined ? [] : [fault];
  });
}

function commentFault(comment: SentComment, patch: string | undefined): string | undefined {
  if (comment.body.trim() === '') return "Body can't be blank";
  if (comment.body.length > 65_536) return 'Body is too long (maximum is 65536 characters)';
  const { line, side = 'RIGHT', start_line: start, start_side: startSide = side } = comment;
  if (line === undefined) return `Pull request review thread line can't be blank and ${blankHunk}`;
  if (start !== undefined && start >= line) return 'Pull request review thread start line must precede the end line.';
  const hunks = hunkSides(patch);
  const hunk = hunks.find((candidate) => candidate[side].has(line));
  const faults = [
    hunk ? '' : 'Pull request review thread line must be part of the diff',
    start !== undefined && !hunk?.[startSide].has(start)
      ? 'Pull request review thread start line must be part of the same hunk as the line.'
      : '',
    hunk ? '' : blankHunk,
  ].filter((fault) => fault !== '');
  if (faults.length === 0) return undefined;
  return faults.length === 1
    ? faults[0]
    : `${faults.slice(0, -1).join(', ')}${faults.length > 2 ? ',' : ''} and ${faults.at(-1)}`;
}
