/**
 * Giving up: the operation becomes an arm of a `select` beside a context or stop channel that is at hand; a `select` gets
 * one more arm. Only for a send, or a receive whose value nobody uses, that stands as a statement of its own.
 */
import { fixOf, indentAt, refuse, replaceNode } from '../../../analysis/code-edits.ts';
import type { FixRefusal, SuggestedFix } from '../../../analysis/diagnostic.ts';
import type { Pass } from '../../../analysis/rule.ts';
import type { File, SelectStmt, Stmt } from '../../../go/ast.ts';
import { range } from '../../../text/offset.ts';
import type { TextEdit } from '../../../text/text-edit.ts';
import type { Story } from '../story.ts';
import { type End, endsAt } from './ends.ts';
import { functionAround, statementAround } from './scope.ts';
import { wayOut } from './way-out.ts';

export function selectFixes(story: Story, { pkg }: Pass): readonly SuggestedFix[] | FixRefusal {
  const { file, range: place } = story.site;
  if (story.context !== undefined) return refuse('only the author can decide who cancels the context');
  const around = statementAround(file, place);
  const func = functionAround(file, place);
  if (!around || !func) return refuse('the operation is not in a block');
  const { stmt } = around;
  if (!isAlone(stmt) || stmt.range.start !== story.operation.range.start)
    return refuse('the operation is part of a larger statement');
  const ends = endsAt(story, pkg, func);
  if (ends.length === 0) return refuse('no context or stop channel is available');
  const last = func.body.list.at(-1) === stmt;
  const fixes = ends.flatMap((end) => {
    const way = wayOut(pkg, func.type, end, last);
    const edit = way === undefined ? undefined : editFor(file, stmt, [`case <-${end.channel}:`, ...indented(way)], end);
    return edit ? [fixOf(file, givingUpAt(end), [edit])] : [];
  });
  return fixes.length > 0 ? fixes : refuse('the function returns values with no obvious default');
}

export function givingUpAt({ channel, context }: End): string {
  return `Give up when \`${channel}\` ${context === undefined ? 'is closed' : 'fires'}`;
}

/** The lines of an arm that leaves by a statement, or by nothing. */
export function indented(way: string): readonly string[] {
  return way === '' ? [] : [`\t${way}`];
}

function isAlone(stmt: Stmt): boolean {
  if (stmt.kind === 'SelectStmt') return stmt.clauses.length > 0;
  return stmt.kind === 'SendStmt' || (stmt.kind === 'ExprStmt' && stmt.x.kind === 'UnaryExpr');
}

function editFor(file: File, stmt: Stmt, arm: readonly string[], end: End): TextEdit | undefined {
  if (stmt.kind === 'SelectStmt') return oneMoreArm(file, stmt, arm, end);
  const text = file.text.slice(stmt.range.start, stmt.range.end);
  return replaceNode(file, stmt, ['select {', `case ${text}:`, ...arm, '}']);
}

/** Whole lines before the closing brace, when that stands on a line of its own and the end is no arm yet. */
function oneMoreArm(file: File, stmt: SelectStmt, arm: readonly string[], { channel }: End): TextEdit | undefined {
  const brace = stmt.range.end - 1;
  const start = file.lines.lineStart(file.lines.lineAt(range(brace, brace).start));
  if (file.text.slice(start, brace).trim() !== '') return undefined;
  if (stmt.clauses.some(({ comm }) => comm && file.text.slice(comm.range.start, comm.range.end).includes(channel)))
    return undefined;
  const indent = indentAt(file, stmt.range.start);
  return { range: range(start, start), newText: arm.map((line) => `${indent}${line}\n`).join('') };
}
