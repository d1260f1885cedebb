/**
 * Giving up a receive whose value is used: `v := <-ch` and `return <-ch` become an arm of a `select` beside a context or a
 * stop channel, in a function without results or one whose last result is an error.
 */
import { fixOf, refuse, replaceNode } from '../../../analysis/code-edits.ts';
import type { FixRefusal, SuggestedFix } from '../../../analysis/diagnostic.ts';
import type { Pass } from '../../../analysis/rule.ts';
import type { AssignStmt, Expr, File, ReturnStmt } from '../../../go/ast.ts';
import type { GoPackage } from '../../../go/package.ts';
import { walk } from '../../../go/walk.ts';
import { nodesAround, sourceSite, sourceText } from '../operation.ts';
import type { Story } from '../story.ts';
import { endsAt } from './ends.ts';
import { functionAround, statementAround } from './scope.ts';
import { givingUpAt, indented } from './select.ts';
import { wayOut } from './way-out.ts';

export function receiveFixes(story: Story, { pkg }: Pass): readonly SuggestedFix[] | FixRefusal {
  const { file, range } = story.site;
  const { node } = story.operation;
  const around = statementAround(file, range);
  const func = functionAround(file, range);
  if (!around || !func || node?.kind !== 'UnaryExpr') return refuse('the operation is part of a larger statement');
  const { stmt } = around;
  if (stmt.kind !== 'ReturnStmt' && stmt.kind !== 'AssignStmt')
    return refuse('the operation is part of a larger statement');
  const ends = endsAt(story, pkg, func);
  if (ends.length === 0) return refuse('no context is available');
  const arm = stmt.kind === 'ReturnStmt' ? returned(pkg, file, stmt, node) : assigned(pkg, story, stmt, node);
  if (!arm) return refuse('the received value is used in a larger expression');
  const last = func.body.list.at(-1) === stmt;
  const fixes = ends.flatMap((end) => {
    const way = wayOut(pkg, func.type, end, last);
    if (way === undefined) return [];
    const lines = [...arm.before, 'select {', ...arm.arm, `case <-${end.channel}:`, ...indented(way), '}'];
    return [fixOf(file, givingUpAt(end), [replaceNode(file, stmt, lines)])];
  });
  if (fixes.length > 0) return fixes;
  return refuse('the function has no error to return, so its caller would not learn of it');
}

interface Arm {
  readonly before: readonly string[];
  readonly arm: readonly string[];
}

/** `return <-ch, nil` becomes `case value := <-ch: return value, nil`. */
function returned(pkg: GoPackage, file: File, stmt: ReturnStmt, receive: Expr): Arm | undefined {
  if (!stmt.results.includes(receive)) return undefined;
  const text = file.text.slice(stmt.range.start, stmt.range.end);
  const type = pkg.typeOf(receive);
  const name = type.kind === 'basic' && type.name === 'error' ? 'err' : 'value';
  if (new RegExp(`\\b${name}\\b`).test(text) || text.includes('\n')) return undefined;
  const at = receive.range.start - stmt.range.start;
  const operation = file.text.slice(receive.range.start, receive.range.end);
  const rest = `${text.slice(0, at)}${name}${text.slice(at + operation.length)}`;
  return { before: [], arm: [`case ${name} := ${operation}:`, `\t${rest}`] };
}

/** `v = <-ch` becomes an arm; `v := <-ch` needs a declaration before the `select`, and so the name of its type. */
function assigned(pkg: GoPackage, story: Story, stmt: AssignStmt, receive: Expr): Arm | undefined {
  const { file } = story.site;
  const [target] = stmt.lhs;
  if (stmt.lhs.length !== 1 || stmt.rhs[0] !== receive || !target) return undefined;
  const name = sourceText(file, target.range);
  const operation = file.text.slice(receive.range.start, receive.range.end);
  const arm = [`case ${name} = ${operation}:`];
  if (stmt.tok === '=') return { before: [], arm };
  const type = stmt.tok === ':=' && name !== '_' ? elementType(pkg, story) : undefined;
  return type === undefined ? undefined : { before: [`var ${name} ${type}`], arm };
}

/** The element type as the `make` of the channel writes it, when it means the same here: only package-level names. */
function elementType(pkg: GoPackage, { root, site }: Story): string | undefined {
  const made = root.madeAt && sourceSite(root.madeAt, []);
  if (!made || made.file !== site.file) return undefined;
  const call = nodesAround(made.file, made.range).findLast((node) => node.kind === 'CallExpr');
  const type = call?.kind === 'CallExpr' && call.args[0]?.kind === 'ChanType' ? call.args[0].value : undefined;
  if (!type) return undefined;
  let global = true;
  walk(type, (node) => {
    if (node.kind === 'SelectorExpr') return false;
    if (node.kind === 'Ident') global &&= pkg.bindingOf(node)?.global === true;
    return true;
  });
  const text = made.file.text.slice(type.range.start, type.range.end);
  return global && !text.includes('\n') ? text : undefined;
}
