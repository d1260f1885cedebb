/** Defers the release right after the call that asks for it. */
import type { FixRefusal, SuggestedFix } from '../../analysis/diagnostic.ts';
import type { GoPackage } from '../../go/package.ts';
import { walk } from '../../go/walk.ts';
import { fixOf, insertAfter, refuse } from '../lifecycle/edits.ts';
import { loopsAround } from '../ownership/loop.ts';
import type { Unreleased } from './unreleased.ts';

export function releaseFix(
  pkg: GoPackage,
  { fact, name, assignment, target, inside }: Unreleased,
): readonly SuggestedFix[] | FixRefusal {
  if (loopsAround(pkg, assignment).length > 0) return refuse('a `defer` would stand in a loop');
  if (!inside.body || pkg.parentOf(assignment)?.kind !== 'BlockStmt')
    return refuse('the call is part of a larger statement');
  if (/Cause$/.test(name)) return refuse('the cause to cancel with is not known');
  const file = pkg.fileOf(assignment);
  const dropped = target.name === '_';
  const release = dropped ? (fact.rule === 'lost-cancel' ? 'cancel' : 'stop') : target.name;
  if (dropped && isTaken(inside.body, release)) return refuse(`the name \`${release}\` is taken`);
  const call = `${release}${fact.method ? `.${fact.method}` : ''}()`;
  const edits = [insertAfter(file, assignment, [`defer ${call}`])];
  if (dropped) edits.push({ range: target.range, newText: release });
  return [fixOf(file, `Defer \`${call}\``, edits)];
}

function isTaken(body: NonNullable<Unreleased['inside']['body']>, name: string): boolean {
  let taken = false;
  walk(body, (node) => {
    if (node.kind === 'Ident' && node.name === name) taken = true;
    return !taken;
  });
  return taken;
}
