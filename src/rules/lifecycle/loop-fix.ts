/** Lets an endless loop end with the context at hand. */
import { fixOfFiles, indentAt, insertAfterLine, refuse, replaceNode } from '../../analysis/code-edits.ts';
import type { FixRefusal, SuggestedFix } from '../../analysis/diagnostic.ts';
import type { AssignStmt, ExprStmt, File, ForStmt, RangeStmt, SelectStmt, Stmt } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import { offset } from '../../text/offset.ts';
import type { TextEdit } from '../../text/text-edit.ts';
import { receivedFrom } from '../ownership/channel.ts';
import type { Goroutine } from '../ownership/owner.ts';
import type { ServiceLoop } from '../ownership/service-loop.ts';
import { textOf } from '../ownership/waiting.ts';
import { contextAt } from './equipment.ts';
import { trackingEdits } from './tracking-fix.ts';

/** Candidates, best first: the loop ends with the context and the goroutine is tracked; the loop ends with the context. */
export function loopFix(
  pkg: GoPackage,
  goroutine: Goroutine,
  { loop }: ServiceLoop,
): readonly SuggestedFix[] | FixRefusal {
  const { func, inner } = pkg.enclosing(loop);
  const context = contextAt(pkg, func, inner);
  if (!context) return refuse('the type has no context that it cancels');
  if ((inner ?? func)?.type.results.length !== 0) return refuse('the function of the loop returns values');
  const edit = loopEdit(pkg, loop, context);
  if (!edit) return refuse('the loop does not wait in one place where it could also wait for the context');
  const file = pkg.fileOf(loop);
  const end: readonly [File, TextEdit] = [file, edit];
  const alone = fixOfFiles(`Leave the loop when \`${context}\` ends`, [end]);
  const nested = goroutine.start.file === file && contains(goroutine.start.node, loop);
  const tracking = nested ? undefined : trackingEdits(pkg, goroutine);
  const both = (tracking ?? []).map(({ by, edit: start }) =>
    fixOfFiles(`Leave the loop when \`${context}\` ends, and track the goroutine with \`${by}\``, [
      [goroutine.start.file, start],
      end,
    ]),
  );
  return [...both, alone];
}

function contains(outer: { readonly range: Stmt['range'] }, inner: { readonly range: Stmt['range'] }): boolean {
  return outer.range.start <= inner.range.start && inner.range.end <= outer.range.end;
}

/** Adds the context to the place in which the loop waits. */
export function loopEdit(pkg: GoPackage, loop: ForStmt | RangeStmt, context: string): TextEdit | undefined {
  const file = pkg.fileOf(loop);
  if (loop.kind === 'RangeStmt') return rangeEdit(pkg, loop, context);
  const select = loop.body.list.find((stmt): stmt is SelectStmt => stmt.kind === 'SelectStmt');
  if (select) return selectEdit(file, select, context);
  const first = loop.body.list[0];
  return first && receiveEdit(pkg, first, context);
}

/** A new first arm of the select. */
export function selectEdit(file: File, select: SelectStmt, context: string): TextEdit {
  const head = offset(select.range.start + 'select'.length);
  const arm = [`case <-${context}.Done():`, '\treturn'];
  return insertAfterLine(file, head, indentAt(file, select.range.start), arm);
}

/** `v := <-ch` at the head of the loop becomes a select. */
function receiveEdit(pkg: GoPackage, first: Stmt, context: string): TextEdit | undefined {
  const file = pkg.fileOf(first);
  const done = [`case <-${context}.Done():`, '\treturn'];
  if (first.kind === 'ExprStmt' && receivedFrom((first satisfies ExprStmt).x)) {
    return replaceNode(file, first, ['select {', ...done, `case ${textOf(pkg, first)}:`, '}']);
  }
  if (first.kind !== 'AssignStmt' || first.tok !== ':=' || first.lhs.length !== 1) return undefined;
  const value = (first satisfies AssignStmt).rhs[0];
  const target = first.lhs[0];
  const from = value && receivedFrom(value);
  const elem = from && pkg.typeOf(from);
  if (!from || !target || target.kind !== 'Ident' || elem?.kind !== 'chan') return undefined;
  const type = typeText(elem.elem);
  if (!type) return undefined;
  return replaceNode(file, first, [
    `var ${target.name} ${type}`,
    'select {',
    ...done,
    `case ${target.name} = <-${textOf(pkg, from)}:`,
    '}',
  ]);
}

/** The name of a type of this package or a predeclared one; others would need to know the file's imports. */
function typeText(type: {
  readonly kind: string;
  readonly name?: string;
  readonly path?: string;
  readonly args?: readonly unknown[];
}): string | undefined {
  if (type.kind === 'basic') return type.name;
  return type.kind === 'named' && type.path === '' && type.args?.length === 0 ? type.name : undefined;
}

/** `for v := range ch {` becomes a loop over a select. */
function rangeEdit(pkg: GoPackage, loop: RangeStmt, context: string): TextEdit | undefined {
  if (loop.value || (loop.key && (loop.key.kind !== 'Ident' || loop.tok !== ':='))) return undefined;
  const file = pkg.fileOf(loop);
  const name = loop.key?.kind === 'Ident' && loop.key.name !== '_' ? loop.key.name : undefined;
  const receive = `<-${textOf(pkg, loop.x)}`;
  const indent = indentAt(file, loop.range.start);
  const body = file.text
    .slice(loop.body.range.start + 1, loop.body.range.end - 1)
    .replace(/^\n/, '')
    .replace(/\n[\t ]*$/, '');
  const deeper = body.split('\n').map((line) => (line === '' ? line : `\t${line}`));
  const head = [
    'for {',
    '\tselect {',
    `\tcase <-${context}.Done():`,
    '\t\treturn',
    `\tcase ${name ? `${name} := ` : ''}${receive}:`,
  ];
  const text = [
    ...head.map((line, at) => (at === 0 ? line : `${indent}${line}`)),
    ...deeper,
    `${indent}\t}`,
    `${indent}}`,
  ].join('\n');
  return { range: loop.range, newText: text };
}
