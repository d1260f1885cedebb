/**
 * A `switch` over a value, without `default`, none of whose cases holds. Who writes it so knows all values that there are,
 * mostly because they were checked before: a path past all cases is none that is meant to be gone.
 */
import type { SwitchStmt } from '../../../go/ast.ts';
import { contains } from '../../../text/offset.ts';
import { nodesAround, type SourceSite, sourceSite, sourceText } from '../operation.ts';
import type { Story } from '../story.ts';
import { lastNameOf, lowersCounters, mentions } from './answering.ts';
import type { Assumption } from './assumption.ts';

/** Somebody is stuck because no case held, in a switch whose cases do what is missed. */
export function noCaseHolds(story: Story): Assumption | undefined {
  const refused = new Map<SwitchStmt, { readonly cases: Set<unknown>; readonly place: SourceSite }>();
  for (const { site, callers, what } of story.leak.trace) {
    const place = what.kind === 'branch' ? sourceSite(site, callers) : undefined;
    const around = place && nodesAround(place.file, place.range).findLast((node) => node.kind === 'SwitchStmt');
    if (!place || around?.kind !== 'SwitchStmt' || !around.tag || what.kind !== 'branch') continue;
    const clause = around.clauses.find(({ list }) => list.some((expr) => contains(expr.range, place.range)));
    if (!clause || !serves(around, story)) continue;
    const known = refused.get(around) ?? { cases: new Set(), place };
    // Once all are refused they stay so: the next value is another one.
    if (known.cases.size === around.clauses.length) continue;
    if (what.taken) known.cases.clear();
    else known.cases.add(clause);
    refused.set(around, known);
  }
  const missed = [...refused].find(([{ clauses }, { cases }]) => cases.size === clauses.length);
  if (!missed) return undefined;
  const [{ tag }, { place }] = missed;
  const value = tag ? sourceText(place.file, tag.range, 40) : '';
  return { kind: 'no-case-holds', text: `\`${value}\` is none of the cases of its \`switch\``, place };
}

/** Whether the cases do what the stuck operation waits for. */
function serves(around: SwitchStmt, { root, operation, site }: Story): boolean {
  if (contains(around.range, site.range)) return false;
  if (root.kind === 'wait') return lowersCounters(around);
  const name = lastNameOf(operation.target);
  return name !== undefined && mentions(around, [name]);
}
