/**
 * A loop over a ticker that somebody stops. `Stop` does not close the channel (https://pkg.go.dev/time#Ticker.Stop), so
 * the loop does not end but waits forever.
 */
import type { Expr, Node } from '../../go/ast.ts';
import type { FieldInfo, GoPackage } from '../../go/package.ts';
import { walk } from '../../go/walk.ts';
import { channelOf } from '../ownership/channel.ts';
import type { Goroutine } from '../ownership/owner.ts';
import { isInside } from '../ownership/precedence.ts';
import type { ServiceLoop } from '../ownership/service-loop.ts';
import { ownerOfName, textOf } from '../ownership/waiting.ts';

export interface StoppedTicker {
  /** The channel, as written. */
  readonly name: string;
  readonly field: FieldInfo;
  /** Calls of `Stop` on the ticker, outside the goroutine. */
  readonly stops: readonly Node[];
}

/** The ticker in a field that is all the loop waits for. */
export function stoppedTicker(
  pkg: GoPackage,
  { func }: Goroutine,
  { loop, end }: ServiceLoop,
): StoppedTicker | undefined {
  if (end.kind !== 'never') return undefined;
  const channel = loop.kind === 'RangeStmt' ? loop.x : onlyReceive(loop.body);
  const ticker = channel?.kind === 'SelectorExpr' && isPeriodic(pkg, channel) ? channel.x : undefined;
  const owner = ticker && ownerOfName(pkg, ticker);
  if (!channel || owner?.kind !== 'field') return undefined;
  const stops = owner.field.uses.filter((use) => use.method === 'Stop' && !(func && isWithin(pkg, use.node, func)));
  if (stops.length === 0) return undefined;
  return { name: textOf(pkg, channel), field: owner.field, stops: stops.map((use) => use.node) };
}

function isPeriodic(pkg: GoPackage, channel: Expr): boolean {
  const ref = channelOf(pkg, channel);
  return ref.kind === 'timer' && ref.periodic;
}

/** The channel of the only receive in a loop. */
function onlyReceive(body: Node): Expr | undefined {
  const received: Expr[] = [];
  walk(body, (node) => {
    if (node.kind === 'UnaryExpr' && node.op === '<-') received.push(node.x);
  });
  return received.length === 1 ? received[0] : undefined;
}

function isWithin(pkg: GoPackage, node: Node, outer: Node): boolean {
  return pkg.fileOf(node) === pkg.fileOf(outer) && isInside(node, outer);
}
