/** What the processes of a story wait for: the channels and groups, by their names. */
import type { StuckProcess } from '../../../concurrency/leak.ts';
import { receivedFrom } from '../../../concurrency/open/stops.ts';
import type { SelectStmt } from '../../../go/ast.ts';
import { assignedTo, operationAt, sourceSite } from '../operation.ts';
import type { Story } from '../story.ts';
import { lastNameOf, type Wait } from './answering.ts';

/** What is waited for by all who are stuck. */
export function missedBy(story: Story): readonly Wait[] {
  return [...partnersOf(story), ...story.leak.stuck.filter((one) => one !== story.root).flatMap(waitsOf)];
}

/** What is waited for: the channel, as it is called here and where it was made; of a select, the channel of each arm. */
export function partnersOf({ operation, root }: Story): readonly Wait[] {
  const made = root.madeAt && sourceSite(root.madeAt, []);
  const names = [lastNameOf(operation.target), made && lastNameOf(assignedTo(made))];
  const waits = names.flatMap((name): readonly Wait[] => (name === undefined ? [] : [{ name, kind: root.kind }]));
  return operation.node?.kind === 'SelectStmt' ? [...waits, ...armsOf(operation.node)] : waits;
}

/** What another stuck process waits for. */
export function waitsOf({ kind, site, callers }: StuckProcess): readonly Wait[] {
  const place = sourceSite(site, callers);
  const operation = place && operationAt(place);
  if (!operation) return [];
  const name = lastNameOf(operation.target);
  const arms = operation.node?.kind === 'SelectStmt' ? armsOf(operation.node) : [];
  return name === undefined ? arms : [{ name, kind }, ...arms];
}

function armsOf({ clauses }: SelectStmt): readonly Wait[] {
  return clauses.flatMap(({ comm }): readonly Wait[] => {
    const [chan, kind] =
      comm?.kind === 'SendStmt' ? [comm.chan, 'send' as const] : [comm && receivedFrom(comm), 'recv' as const];
    const name = lastNameOf(chan);
    return name === undefined ? [] : [{ name, kind }];
  });
}
