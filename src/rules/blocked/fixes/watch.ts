/**
 * A goroutine that only waits for a context on behalf of a call: `context.AfterFunc` does the same without a goroutine,
 * and its stop function ends the wait with the call (https://pkg.go.dev/context#AfterFunc, Go 1.21).
 */
import { fixOf, indentAt, linesOf, refuse, removeLines, replaceNode } from '../../../analysis/code-edits.ts';
import type { FixRefusal, SuggestedFix } from '../../../analysis/diagnostic.ts';
import type { Pass } from '../../../analysis/rule.ts';
import type { File, FuncLit, GoStmt, Node, Stmt } from '../../../go/ast.ts';
import { walk } from '../../../go/walk.ts';
import { range } from '../../../text/offset.ts';
import type { TextEdit } from '../../../text/text-edit.ts';
import { atLeast, imports } from '../../lifecycle/equipment.ts';
import { sourceSite } from '../operation.ts';
import type { Story } from '../story.ts';
import { functionAround, statementAround } from './scope.ts';

const stop = 'stop';

export function watchFixes({ root, leak, context }: Story, { pkg }: Pass): readonly SuggestedFix[] | FixRefusal {
  const start = root.process.start && sourceSite(root.process.start, []);
  if (context === undefined || !leak.outsider || !start)
    return refuse('no goroutine waits for a context on behalf of a call');
  const { file } = start;
  const starts = statementAround(file, start.range)?.stmt;
  const func = functionAround(file, start.range);
  const watch = starts && watchOf(starts);
  if (!func || !watch || !func.body.list.includes(watch.starts))
    return refuse('the goroutine is not started once by the function itself');
  if (watch.work.length === 0)
    return [fixOf(file, 'Do not start a goroutine that only waits', [removeLines(file, watch.starts)])];
  if (!atLeast(pkg, 21) || !imports(pkg, watch.starts, 'context'))
    return refuse('`context.AfterFunc` is not available');
  if (isTaken(func.node)) return refuse(`\`${stop}\` means something else here`);
  return [fixOf(file, 'Use `context.AfterFunc` and stop it when the function returns', editsFor(file, watch, context))];
}

interface Watch {
  readonly starts: GoStmt;
  readonly literal: FuncLit;
  readonly wait: Stmt;
  /** What is done when the context is done. */
  readonly work: readonly Stmt[];
}

/** Undefined for a goroutine that does not begin with the wait. */
function watchOf(starts: Stmt): Watch | undefined {
  const literal = starts.kind === 'GoStmt' && starts.call.kind === 'CallExpr' ? starts.call.fun : undefined;
  if (starts.kind !== 'GoStmt' || literal?.kind !== 'FuncLit') return undefined;
  const [wait, ...rest] = literal.body.list;
  if (wait?.kind === 'ExprStmt') return { starts, literal, wait, work: rest };
  if (wait?.kind !== 'SelectStmt' || wait.clauses.length !== 1) return undefined;
  return { starts, literal, wait, work: [...(wait.clauses[0]?.body ?? []), ...rest] };
}

/** Around statements that stay where they are, or with those of a select moved out of it. */
function editsFor(file: File, { starts, literal, wait, work }: Watch, context: string): readonly TextEdit[] {
  const head = `${stop} := context.AfterFunc(${context}, func() {`;
  const tail = ['})', `defer ${stop}()`];
  if (wait.kind === 'ExprStmt') {
    const newText = tail.join(`\n${indentAt(file, starts.range.start)}`);
    return [
      { range: range(starts.range.start, wait.range.end), newText: head },
      { range: range(literal.body.range.end - 1, starts.range.end), newText },
    ];
  }
  const moved = work.flatMap((stmt) => linesOf(file, stmt)).map((line) => (line === '' ? line : `\t${line}`));
  return [replaceNode(file, starts, [head, ...moved, ...tail])];
}

/** Whether the name of the stop function stands anywhere in a function. */
function isTaken(func: Node): boolean {
  let taken = false;
  walk(func, (node) => {
    taken ||= node.kind === 'Ident' && node.name === stop;
    return !taken;
  });
  return taken;
}
