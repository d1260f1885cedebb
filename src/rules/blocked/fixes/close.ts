/**
 * Closing the channel where its last send is over: `defer close(ch)` in the one goroutine that sends, or `close(ch)` behind
 * the last statement that sends. Refused when several goroutines send, because one of them would send on a closed channel.
 */
import { fixOf, insertAfter, insertBefore, refuse, removeLines } from '../../../analysis/code-edits.ts';
import type { FixRefusal, SuggestedFix } from '../../../analysis/diagnostic.ts';
import type { Pass } from '../../../analysis/rule.ts';
import type { Expr, File } from '../../../go/ast.ts';
import { contains } from '../../../text/offset.ts';
import type { TextEdit } from '../../../text/text-edit.ts';
import { sourceText } from '../operation.ts';
import type { Story } from '../story.ts';
import {
  type ChannelUse,
  type FunctionAround,
  functionAround,
  holderOf,
  isBuiltin,
  loopAround,
  meansTheSameAt,
  statementAround,
  usesOfChannel,
} from './scope.ts';

export function closeFixes({ operation, root }: Story, { pkg }: Pass): readonly SuggestedFix[] | FixRefusal {
  const { target, name, node, kind } = operation;
  const holder = target && holderOf(pkg, target);
  if (!holder || root.kind === 'select') return refuse('the channel has no name of its own here');
  if (kind === 'receive' && node && statementKind(pkg.parentOf(node)?.kind) === 'uses')
    return refuse(`the value received from \`${name}\` is used, so closing it would hide the missing send`);
  const uses = usesOfChannel(pkg, holder);
  const closes = uses.filter((use) => use.kind === 'close');
  const producers = uses.filter((use) => use.kind === 'send');
  const makers = producers.length > 0 ? producers : closes;
  const func = onlyFunction(makers);
  if (makers.length === 0) return refuse(`nobody sends on \`${name}\` in this package`);
  if (!func) return refuse(`several functions send on \`${name}\`, and only the last one may close it`);
  const file = makers[0]?.file;
  if (!file) return refuse('the producer is not in a file of this package');
  if (func.node.kind === 'FuncLit' && startedInLoop(file, func))
    return refuse(`several goroutines send on \`${name}\`, and only the last one may close it`);
  const chan = chanOf(makers[0]);
  if (!chan || !isBuiltin(pkg, file, 'close', func.body.range.start))
    return refuse('the channel cannot be named there');
  const text = sourceText(file, chan.range);
  const visible = (at: number) => meansTheSameAt(pkg, file, chan, at);
  const fixes = [...deferred(file, func, closes, text, visible), ...behind(file, func, makers, closes, text, visible)];
  return fixes.length > 0 ? fixes : refuse(`\`${text}\` means something else where it would be closed`);
}

function statementKind(parent: string | undefined): 'alone' | 'uses' {
  return parent === 'ExprStmt' ? 'alone' : 'uses';
}

function chanOf(use: ChannelUse | undefined): Expr | undefined {
  if (use?.node.kind === 'SendStmt') return use.node.chan;
  return use?.node.kind === 'CallExpr' ? use.node.args[0] : undefined;
}

type Visible = (at: number) => boolean;

/** The innermost function that holds all uses; undefined when there are several. */
function onlyFunction(uses: readonly ChannelUse[]): FunctionAround | undefined {
  const all = uses.map((use) => functionAround(use.file, use.node.range));
  return all.every((one) => one?.node === all[0]?.node) ? all[0] : undefined;
}

function startedInLoop(file: File, func: FunctionAround): boolean {
  return loopAround(file, func.node.range) !== undefined;
}

/** `defer close(ch)` first thing in a literal; a plain `close` of it goes. */
function deferred(
  file: File,
  func: FunctionAround,
  closes: readonly ChannelUse[],
  text: string,
  visible: Visible,
): readonly SuggestedFix[] {
  const [first] = func.body.list;
  const removed = plainCloses(closes, func);
  if (!first || func.node.kind !== 'FuncLit' || !removed || !visible(first.range.start)) return [];
  return [
    fixOf(file, `Close \`${text}\` when its only sender ends`, [
      insertBefore(file, first, [`defer close(${text})`]),
      ...removed,
    ]),
  ];
}

function plainCloses(closes: readonly ChannelUse[], func: FunctionAround): readonly TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  for (const use of closes) {
    const around = statementAround(use.file, use.node.range);
    if (around?.stmt.kind !== 'ExprStmt' || functionAround(use.file, use.node.range)?.node !== func.node)
      return undefined;
    edits.push(removeLines(use.file, around.stmt));
  }
  return edits;
}

/** `close(ch)` behind the statement of the function's own block that holds the last send. */
function behind(
  file: File,
  func: FunctionAround,
  makers: readonly ChannelUse[],
  closes: readonly ChannelUse[],
  text: string,
  visible: Visible,
): readonly SuggestedFix[] {
  const last = makers.at(-1);
  if (closes.length > 0 || !last) return [];
  const statement = func.body.list.find((stmt) => contains(stmt.range, last.node.range));
  return statement && visible(statement.range.end)
    ? [fixOf(file, `Close \`${text}\` after the last send`, [insertAfter(file, statement, [`close(${text})`])])]
    : [];
}
