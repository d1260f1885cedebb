/**
 * A request that a function puts into a queue before it waits for its turn. When that comes is for those who take it out,
 * by rules of their own: who else waits, what is under way. A search tries them in every order and finds one in which the
 * turn never comes, though mostly none of those can come to pass.
 */
import type { AssignStmt, Expr, Ident, Node } from '../../../go/ast.ts';
import type { FieldInfo, GoPackage } from '../../../go/package.ts';
import { walk } from '../../../go/walk.ts';
import { nodesAround } from '../operation.ts';
import type { Story } from '../story.ts';
import type { Assumption } from './assumption.ts';

/**
 * What is waited for was put into a queue from which others take. One whose service loop has ended is left alone in the
 * queue: that is no matter of turns.
 */
export function lateTurn(pkg: GoPackage, story: Story): Assumption | undefined {
  if (!isQueued(pkg, story)) return undefined;
  return { kind: 'late-turn', text: `\`${story.operation.name}\` never gets its turn in its queue` };
}

function isQueued(pkg: GoPackage, { root, operation, site, stoppedLoop }: Story): boolean {
  const { target } = operation;
  if (root.kind !== 'recv' || stoppedLoop || target?.kind !== 'SelectorExpr' || target.x.kind !== 'Ident') return false;
  const holder = target.x;
  const [decl] = nodesAround(site.file, site.range);
  if (!decl) return false;
  let queued = false;
  walk(decl, (node) => {
    if (node.kind === 'AssignStmt') queued ||= queuesFor(pkg, node, holder).some((queue) => isTakenFrom(queue, decl));
    return !queued;
  });
  return queued;
}

/** The fields into whose lists and maps an assignment puts the value of a variable. */
function queuesFor(pkg: GoPackage, { lhs, rhs }: AssignStmt, holder: Ident): readonly FieldInfo[] {
  return rhs.flatMap((value, at) => {
    const to = lhs[at];
    const list = to?.kind === 'IndexExpr' ? to.x : to;
    const isPut = isSame(pkg, value, holder) ? to?.kind === 'IndexExpr' : isAppended(pkg, value, holder);
    return (isPut && list && pkg.fieldOf(list)) || [];
  });
}

function isAppended(pkg: GoPackage, value: Expr, holder: Ident): boolean {
  if (value.kind !== 'CallExpr' || value.fun.kind !== 'Ident' || value.fun.name !== 'append') return false;
  return value.args.slice(1).some((arg) => isSame(pkg, arg, holder));
}

function isSame(pkg: GoPackage, value: Expr, holder: Ident): boolean {
  return value.kind === 'Ident' && value.name === holder.name && pkg.bindingOf(value) === pkg.bindingOf(holder);
}

/** Whether another function reads the queue. */
function isTakenFrom({ uses }: FieldInfo, by: Node): boolean {
  return uses.some((use) => (use.kind === 'read' || use.kind === 'range') && use.func !== by);
}
