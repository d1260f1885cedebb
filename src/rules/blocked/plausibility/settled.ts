/**
 * A channel without values (`chan struct{}`) by which somebody says that something is over: it is closed, and ready from then
 * on. A search that knows nothing of it takes it to be ready once, and not when it is asked again.
 */
import type { TraceStep } from '../../../concurrency/leak.ts';
import { receivedFrom } from '../../../concurrency/open/stops.ts';
import type { Expr, SelectStmt } from '../../../go/ast.ts';
import type { GoPackage } from '../../../go/package.ts';
import { nodesAround, operationAt, sourceSite } from '../operation.ts';
import type { Story } from '../story.ts';
import { lastNameOf } from './answering.ts';
import type { Assumption } from './assumption.ts';

/** The path took the end for given, and later a `default` beside the same channel. */
export function readyNoMore(pkg: GoPackage, { leak: { trace } }: Story): Assumption | undefined {
  const ready = new Set<string>();
  for (const step of trace) {
    for (const name of askedInVain(pkg, step))
      if (ready.has(name))
        return { kind: 'unknown-history', text: `\`${name}\`, which was ready before, is not ready any more` };
    const name = wasReady(pkg, step);
    if (name !== undefined) ready.add(name);
  }
  return undefined;
}

function wasReady(pkg: GoPackage, { what, site, callers }: TraceStep): string | undefined {
  const isOver = (what.kind === 'recv' || what.kind === 'select') && what.fromOutside === true;
  const at = what.kind === 'select' && what.arm !== 'default' ? what.arm : site;
  const place = isOver ? sourceSite(at, callers) : undefined;
  return place && nameOf(pkg, operationAt(place).target);
}

/** The channels of the other arms of a `select` that took its `default`. */
function askedInVain(pkg: GoPackage, { what, site, callers }: TraceStep): readonly string[] {
  const place = what.kind === 'select' && what.arm === 'default' ? sourceSite(site, callers) : undefined;
  const select =
    place && nodesAround(place.file, place.range).findLast((node): node is SelectStmt => node.kind === 'SelectStmt');
  return (select?.clauses ?? []).flatMap(({ comm }) => {
    const from = comm && receivedFrom(comm);
    return nameOf(pkg, from) ?? [];
  });
}

/** `done` of `l.done` and of `l.Done()`; undefined for a channel of values. */
function nameOf(pkg: GoPackage, channel: Expr | undefined): string | undefined {
  const isAsked = channel?.kind === 'CallExpr' && channel.args.length === 0;
  const name = lastNameOf(isAsked ? channel.fun : channel);
  if (!channel || name === undefined || (isAsked && !/^done$/i.test(name))) return undefined;
  const home = pkg.homeOf(channel);
  const type = home.underlying(home.typeOf(channel));
  const isSignal = type.kind === 'chan' && type.elem.kind === 'struct';
  return isSignal || isAsked ? name.toLowerCase() : undefined;
}
