/** Turns a sleeping loop into a ticker in a select with the context at hand. */
import { fixOf, insertBefore, refuse, replaceNode } from '../../analysis/code-edits.ts';
import type { FixRefusal, SuggestedFix } from '../../analysis/diagnostic.ts';
import type { CallExpr, ForStmt, Node } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import { walk } from '../../go/walk.ts';
import { contextAt, contextVariable } from './equipment.ts';

export interface SleepingLoop {
  readonly loop: ForStmt;
  readonly sleep: CallExpr;
}

export function pollingFix(pkg: GoPackage, { loop, sleep }: SleepingLoop): readonly SuggestedFix[] | FixRefusal {
  const { func, inner } = pkg.enclosing(loop);
  const context = (func?.body && contextVariable(pkg, func.body, loop)) ?? contextAt(pkg, func, inner);
  if (!context) return refuse('no context is available');
  const own = inner ?? func;
  if (!own?.body || own.type.results.length > 0) return refuse('the function of the loop returns values');
  if (mentionsName(own.body, 'ticker')) return refuse('the name `ticker` is taken');
  if (pkg.parentOf(loop) !== own.body) return refuse('a `defer` would be in an inner block');
  const file = pkg.fileOf(loop);
  const stmt = pkg.parentOf(sleep);
  const every = sleep.args[0];
  if (!stmt || !every) return refuse('the sleep is not a statement');
  const interval = file.text.slice(every.range.start, every.range.end);
  const edits = [
    insertBefore(file, loop, [`ticker := time.NewTicker(${interval})`, 'defer ticker.Stop()']),
    replaceNode(file, stmt, ['select {', `case <-${context}.Done():`, '\treturn', 'case <-ticker.C:', '}']),
  ];
  return [fixOf(file, `Poll with a ticker and stop when \`${context}\` ends`, edits)];
}

function mentionsName(node: Node, name: string): boolean {
  let found = false;
  walk(node, (each) => {
    if (each.kind === 'Ident' && each.name === name) found = true;
    return !found;
  });
  return found;
}
