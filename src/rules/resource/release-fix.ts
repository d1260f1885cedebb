/** Defers the release right after the call that asks for it, or after the check of its error. */
import { fixOf, insertAfter, refuse } from '../../analysis/code-edits.ts';
import type { FixRefusal, SuggestedFix } from '../../analysis/diagnostic.ts';
import type { Node, Stmt } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import { walk } from '../../go/walk.ts';
import { loopsAround, neverReturns } from '../ownership/loop.ts';
import { isReleasedSomewhere } from './conditions.ts';
import { holdingOf } from './holders.ts';
import type { Unreleased } from './unreleased.ts';

export function releaseFix(pkg: GoPackage, finding: Unreleased): readonly SuggestedFix[] | FixRefusal {
  const { resource, name, statement, target, inside } = finding;
  if (resource.advice.kind === 'manual') return refuse('only the author can decide where the release belongs');
  if (loopsAround(pkg, statement).length > 0) return refuse('a `defer` would be in a loop');
  if (!inside.body || pkg.parentOf(statement)?.kind !== 'BlockStmt')
    return refuse('the call is part of a larger statement');
  if (/Cause$/.test(name)) return refuse('the cause to cancel with is not known');
  if (!target) return refuse('the value has no name');
  if (isReturned(pkg, finding)) return refuse('another path returns it, and there it has to stay open');
  if (resource.advice.kind === 'defer-alone' && isReleasedSomewhere(pkg, finding))
    return refuse('another path releases it, and releasing it twice panics');
  const dropped = target.name === '_';
  if (dropped && !resource.anyUse) return refuse('the value has no name');
  const release = dropped ? (resource.rule === 'lost-cancel' ? 'cancel' : 'stop') : target.name;
  if (dropped && isTaken(inside.body, release)) return refuse(`the name \`${release}\` is taken`);
  const after = placeOf(pkg, finding);
  if (!after) return refuse('the error of the call is not checked right after it');
  const [way = '()'] = resource.releasedBy;
  const call = way === '()' ? `${release}()` : `${release}.${way}`;
  const file = pkg.fileOf(statement);
  const edits = [insertAfter(file, after, [`defer ${call}`])];
  if (dropped) edits.push({ range: target.range, newText: release });
  return [fixOf(file, `Defer \`${call}\``, edits)];
}

/** A return gives the caller the value, or one that keeps it. */
function isReturned(pkg: GoPackage, { binding, resource, inside }: Unreleased): boolean {
  if (!binding || resource.anyUse) return false;
  const variables = [binding, ...holdingOf(pkg, { resource, binding, inside }).holders.map(([holder]) => holder)];
  return variables.some((each) => pkg.usesOf(each).some((use) => standsInReturn(pkg, use)));
}

/** `return conn` and `return &Client{conn: conn}`, not `return ping(conn)`. */
function standsInReturn(pkg: GoPackage, use: Node): boolean {
  let at: Node | undefined = pkg.parentOf(use);
  while (at?.kind === 'KeyValueExpr' || at?.kind === 'CompositeLit' || (at?.kind === 'UnaryExpr' && at.op === '&'))
    at = pkg.parentOf(at);
  return at?.kind === 'ReturnStmt';
}

/** The statement after which the resource is there for sure: the check of the error, when there is an error. */
function placeOf(pkg: GoPackage, { statement, error }: Unreleased): Stmt | undefined {
  if (!error) return statement;
  const block = pkg.parentOf(statement);
  const next = block?.kind === 'BlockStmt' ? block.list[block.list.indexOf(statement) + 1] : undefined;
  if (next?.kind !== 'IfStmt' || next.init || next.els || !leaves(pkg, next.body.list.at(-1))) return undefined;
  const { cond } = next;
  const checks =
    cond.kind === 'BinaryExpr' && cond.op === '!=' && cond.x.kind === 'Ident' && pkg.bindingOf(cond.x) === error;
  return checks ? next : undefined;
}

function leaves(pkg: GoPackage, last: Stmt | undefined): boolean {
  if (last?.kind === 'ExprStmt') return last.x.kind === 'CallExpr' && neverReturns(pkg, last.x);
  return last?.kind === 'ReturnStmt' || last?.kind === 'BranchStmt';
}

function isTaken(body: Node, name: string): boolean {
  let taken = false;
  walk(body, (node) => {
    if (node.kind === 'Ident' && node.name === name) taken = true;
    return !taken;
  });
  return taken;
}
