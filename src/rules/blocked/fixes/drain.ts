/** A timer of `time.AfterFunc` has no channel to drain: stopping it is enough. */
import { fixOf, refuse, replaceNode } from '../../../analysis/code-edits.ts';
import type { FixRefusal, SuggestedFix } from '../../../analysis/diagnostic.ts';
import type { Pass } from '../../../analysis/rule.ts';
import { textOf } from '../../ownership/waiting.ts';
import { isTimerChannel } from '../operation.ts';
import type { Story } from '../story.ts';

/** `if !t.Stop() { <-t.C }` becomes `t.Stop()`. */
export function drainFixes({ operation, site }: Story, { pkg }: Pass): readonly SuggestedFix[] | FixRefusal {
  const { node, target } = operation;
  if (!node || !target || !isTimerChannel(target)) return refuse('it is not the channel of a timer');
  const statement = pkg.parentOf(node);
  const body = statement && pkg.parentOf(statement);
  const around = body && pkg.parentOf(body);
  if (statement?.kind !== 'ExprStmt' || body?.kind !== 'BlockStmt' || around?.kind !== 'IfStmt')
    return refuse('the receive is not alone in an `if`');
  const { cond, init, els } = around;
  const stop = cond.kind === 'UnaryExpr' && cond.op === '!' ? textOf(pkg, cond.x) : '';
  if (init || els || body.list.length !== 1 || !stop.endsWith('.Stop()'))
    return refuse('the `if` does more than stop the timer');
  return [fixOf(site.file, 'Just stop the timer: it has no channel', [replaceNode(site.file, around, [stop])])];
}
