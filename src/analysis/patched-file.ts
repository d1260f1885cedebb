/** What can be said against a patched file without an analysis: it does not parse, loses a return or a comment, or is not formatted. */
import type { Decl, File } from '../go/ast.ts';
import { gofmtComplaint } from './gofmt-shape.ts';
import { missingReturns } from './terminating.ts';

/** Why the patched version of a file is refused; undefined when nothing speaks against it. */
export function fileComplaint(before: File, after: File): string | undefined {
  const [old, now] = changedFunctions(before, after);
  if (brokenCount(after, now) > brokenCount(before, old)) return 'the patched file does not parse';
  if (missingReturns(now) > missingReturns(old)) return 'a function with results would end without a return';
  if (!keepsComments(before, after)) return 'a comment would be lost';
  const shape = gofmtComplaint(after.text, changedLines(before.text, after.text)) ?? besideComplaint(before, after);
  return shape === undefined ? undefined : `not as gofmt writes it: ${shape}`;
}

/** Lines above and below a change can lose the neighbour with which they were lined up. */
function besideComplaint(before: File, after: File): string | undefined {
  const { head, oldEnd, newEnd } = changedPart(before.text, after.text);
  const ends = [
    [head, head],
    [oldEnd + 1, newEnd + 1],
  ] as const;
  for (const [old, now] of ends) {
    const complaint = gofmtComplaint(after.text, new Set([now]));
    if (complaint !== undefined && gofmtComplaint(before.text, new Set([old])) === undefined) return complaint;
  }
  return undefined;
}

/** Declarations of each version without an equal one in the other: only these need a look, and to be lowered for it. */
function changedFunctions(before: File, after: File): readonly [readonly Decl[], readonly Decl[]] {
  const textsOf = (file: File) => new Set(file.decls.map((decl) => sourceOf(file, decl)));
  const [old, now] = [textsOf(before), textsOf(after)];
  return [
    before.decls.filter((decl) => !now.has(sourceOf(before, decl))),
    after.decls.filter((decl) => !old.has(sourceOf(after, decl))),
  ];
}

function sourceOf(file: File, decl: Decl): string {
  return file.text.slice(decl.range.start, decl.range.end);
}

function brokenCount(file: File, decls: readonly Decl[]): number {
  const inBodies = decls.filter(
    (decl) => decl.kind === 'FuncDecl' && decl.body === undefined && decl.broken !== undefined,
  );
  return file.broken.length + inBodies.length;
}

function keepsComments(before: File, after: File): boolean {
  const left = new Map<string, number>();
  for (const comment of after.comments) left.set(comment.text, (left.get(comment.text) ?? 0) + 1);
  return before.comments.every((comment) => {
    const count = left.get(comment.text) ?? 0;
    left.set(comment.text, count - 1);
    return count > 0;
  });
}

/** 1-based lines of the new text between the common head and the common tail of both texts. */
export function changedLines(before: string, after: string): ReadonlySet<number> {
  const { head, newEnd } = changedPart(before, after);
  // Where lines only went, those that have become neighbours may have to be lined up anew.
  const [first, last] = newEnd === head ? [head, head + 1] : [head + 1, newEnd];
  return new Set(Array.from({ length: last - first + 1 }, (_, at) => first + at).filter((line) => line > 0));
}

interface ChangedPart {
  /** Lines that both texts begin with. */
  readonly head: number;
  /** The last changed line of each text, 1-based; `head` when there is none. */
  readonly oldEnd: number;
  readonly newEnd: number;
}

function changedPart(before: string, after: string): ChangedPart {
  const old = before.split('\n');
  const now = after.split('\n');
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < old.length - head && tail < now.length - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  return { head, oldEnd: old.length - tail, newEnd: now.length - tail };
}
