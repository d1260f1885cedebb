/**
 * A `switch` over a value, without `default`, none of whose cases holds. Who writes it so knows all values that there are,
 * mostly because they were checked before: a path past all cases is none that is meant to be gone.
 */
import type { SwitchStmt } from '../../go/ast.ts';
import { contains } from '../../text/offset.ts';
import { nodesAround, sourceSite, sourceText } from './operation.ts';
import type { Story } from './story.ts';

/** Whether somebody is stuck because no case held, in a switch whose cases do what is missed. */
export function missesCases(story: Story): boolean {
  const refused = new Map<SwitchStmt, Set<unknown>>();
  for (const { site, callers, what } of story.leak.trace) {
    const place = what.kind === 'branch' ? sourceSite(site, callers) : undefined;
    const around = place && nodesAround(place.file, place.range).findLast((node) => node.kind === 'SwitchStmt');
    if (!place || around?.kind !== 'SwitchStmt' || !around.tag || what.kind !== 'branch') continue;
    const clause = around.clauses.find(({ list }) => list.some((expr) => contains(expr.range, place.range)));
    if (!clause || !serves(around, story, sourceText(place.file, around.range, Number.POSITIVE_INFINITY))) continue;
    const known = refused.get(around) ?? new Set();
    if (what.taken) known.clear();
    else known.add(clause);
    refused.set(around, known);
  }
  return [...refused].some(([{ clauses }, known]) => known.size === clauses.length);
}

/** Whether the cases do what the stuck operation waits for. */
function serves(around: SwitchStmt, { root, operation, site }: Story, text: string): boolean {
  if (contains(around.range, site.range)) return false;
  if (root.kind === 'wait') return /\.Done\(\)|\.Go\(/.test(text);
  const name = /\w+$/.exec(operation.name)?.[0];
  return name !== undefined && new RegExp(`\\b${name}\\b`).test(text);
}
