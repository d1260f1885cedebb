/**
 * Giving up: the operation becomes an arm of a `select` beside a context or stop channel that is at hand. Only for a send,
 * or a receive whose value nobody uses, that stands as a statement of its own.
 */
import type { FixRefusal, SuggestedFix } from '../../../analysis/diagnostic.ts';
import type { Pass } from '../../../analysis/rule.ts';
import type { Expr, Node } from '../../../go/ast.ts';
import type { GoPackage } from '../../../go/package.ts';
import { fixOf, refuse, replaceNode } from '../../lifecycle/edits.ts';
import { contextAt } from '../../lifecycle/equipment.ts';
import { operationAt, sourceSite, sourceText } from '../operation.ts';
import type { Story } from '../story.ts';
import { type FunctionAround, functionAround, isContextVisible, statementAround } from './scope.ts';
import { givingUp } from './way-out.ts';

export function selectFixes(story: Story, { pkg }: Pass): readonly SuggestedFix[] | FixRefusal {
  const { file, range } = story.site;
  if (story.context !== undefined) return refuse('who is to cancel the context is for its author to decide');
  const around = statementAround(file, range);
  const func = functionAround(file, range);
  if (!around || !func) return refuse('the operation does not stand in a block');
  const isStatement =
    around.stmt.kind === 'SendStmt' || (around.stmt.kind === 'ExprStmt' && around.stmt.x.kind === 'UnaryExpr');
  if (!isStatement || around.stmt.range.start !== story.operation.range.start)
    return refuse('the operation is part of a larger statement');
  const ends = stopsAt(story, pkg, func);
  if (ends.length === 0) return refuse('no context and no stop channel is at hand');
  const last = func.body.list.at(-1) === around.stmt;
  const text = file.text.slice(around.stmt.range.start, around.stmt.range.end);
  const fixes = ends.flatMap((end) => {
    const way = wayOut(pkg, func, end, last);
    if (way === undefined) return [];
    const lines = ['select {', `case ${text}:`, `case <-${end.channel}:`, ...(way === '' ? [] : [`\t${way}`]), '}'];
    return [
      fixOf(file, `Give up when \`${end.channel}\` ${end.context ? 'fires' : 'is closed'}`, [
        replaceNode(file, around.stmt, lines),
      ]),
    ];
  });
  return fixes.length > 0 ? fixes : refuse('the function returns values that cannot be made up');
}

/** Something to wait for beside the operation. */
interface End {
  readonly channel: string;
  /** The context's expression when it is one. */
  readonly context?: string;
}

function stopsAt(story: Story, pkg: GoPackage, func: FunctionAround): readonly End[] {
  const enclosing = pkg.enclosing(func.body);
  const contexts = [contextAt(pkg, enclosing.func, func.node.kind === 'FuncLit' ? func.node : enclosing.inner)];
  const found: End[] = [];
  for (const context of contexts) {
    if (context && isContextVisible(pkg, func, context)) found.push({ channel: `${context}.Done()`, context });
  }
  const stop = stopOfLoop(story, pkg);
  if (stop && !found.some((end) => end.channel === stop)) found.push({ channel: stop });
  return found;
}

/** The channel whose closing ended the service loop: a field that the package closes, written for this receiver. */
function stopOfLoop({ stoppedLoop, operation }: Story, pkg: GoPackage): string | undefined {
  const arm = stoppedLoop?.reason?.what.kind === 'select' ? stoppedLoop.reason.what.arm : undefined;
  const place = arm && arm !== 'default' ? sourceSite(arm, []) : undefined;
  const chan = place && operationAt(place).target;
  if (!place || !chan) return undefined;
  const owner = operation.target?.kind === 'SelectorExpr' ? operation.target.x : undefined;
  const field = pkg.fieldOf(chan);
  if (!field?.uses.some((use) => use.kind === 'close') || !owner) return contextOfField(chan, owner, pkg);
  return `${ownerText(owner, pkg)}.${field.name}`;
}

/** `s.ctx.Done()` for a loop that ends with a context in a field of the same receiver. */
function contextOfField(chan: Expr, owner: Expr | undefined, pkg: GoPackage): string | undefined {
  if (chan.kind !== 'CallExpr' || chan.fun.kind !== 'SelectorExpr' || !owner) return undefined;
  const field = pkg.fieldOf(chan.fun.x);
  return field ? `${ownerText(owner, pkg)}.${field.name}.Done()` : undefined;
}

function ownerText(owner: Node, pkg: GoPackage): string {
  return sourceText(pkg.fileOf(owner), owner.range);
}

/** The statement that leaves the function: empty when it ends anyway, undefined when none can be written. */
function wayOut(pkg: GoPackage, { type }: FunctionAround, end: End, last: boolean): string | undefined {
  if (type.results.length === 0) return last ? '' : 'return';
  return end.context === undefined ? undefined : givingUp(pkg, type, end.context);
}
