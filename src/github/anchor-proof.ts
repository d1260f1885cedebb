/** Whether GitHub will accept a comment, from the hunks that it shows itself. One wrong comment refuses a whole review. */
import type { ChangedFile, ReviewCommentDraft } from '../review/ports.ts';
import { type Hunk, hunkLines } from '../text/hunk.ts';
import { writeLimits } from './limits.ts';

/** Why GitHub would refuse this comment; undefined when every line of it stands in one hunk of its file. */
export function refusalOf(comment: ReviewCommentDraft, changed: readonly ChangedFile[]): string | undefined {
  if (comment.body.length > writeLimits.commentBody)
    return `the text is longer than ${writeLimits.commentBody} characters`;
  const file = changed.find((candidate) => candidate.path === comment.path);
  if (!file) return 'the file is not part of the diff';
  if (file.hidden === true) return 'GitHub shows no diff of the file, so it cannot be commented on';
  const start = comment.startLine ?? comment.line;
  if (start > comment.line) return 'the first line comes after the last';
  const inOneHunk = file.hunks.some((hunk) => {
    const lines = linesOf(hunk, comment.side);
    return lines.has(start) && lines.has(comment.line);
  });
  return inOneHunk ? undefined : 'the line is not part of a hunk of the diff';
}

/** Line numbers that a side of a hunk shows: context lines stand on both sides. */
function linesOf(hunk: Hunk, side: 'LEFT' | 'RIGHT'): ReadonlySet<number> {
  const lines = new Set<number>();
  for (const line of hunkLines(hunk)) {
    if (side === 'RIGHT' && line.kind !== 'deleted') lines.add(line.newLine);
    if (side === 'LEFT' && line.kind !== 'added') lines.add(line.oldLine);
  }
  return lines;
}
