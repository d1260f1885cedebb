/**
 * A loop over a ticker that somebody stops. `Stop` does not close the channel (https://pkg.go.dev/time#Ticker.Stop), so
 * the loop does not end but waits forever.
 */
import type { Report } from '../../analysis/diagnostic.ts';
import type { Pass } from '../../analysis/rule.ts';
import type { Expr, Node } from '../../go/ast.ts';
import type { FieldInfo, GoPackage } from '../../go/package.ts';
import { walk } from '../../go/walk.ts';
import { channelOf } from '../ownership/channel.ts';
import { type Goroutine, goroutinesKey } from '../ownership/owner.ts';
import { isInside } from '../ownership/precedence.ts';
import type { ServiceLoop } from '../ownership/service-loop.ts';
import { type NamedThing, ownerOfName, textOf } from '../ownership/waiting.ts';
import { inReviewedFile, nameOf, oneLine, related } from './wording.ts';

export interface StoppedTicker {
  /** The channel, as written. */
  readonly name: string;
  /** Absent when the ticker is in a variable. */
  readonly field?: FieldInfo;
  /** Calls of `Stop` on the ticker, outside the goroutine. */
  readonly stops: readonly Node[];
}

/** A goroutine that its starter, or a function beside it, means to end by stopping its ticker. */
export interface StoppedLoop {
  readonly kind: 'stopped-ticker';
  readonly goroutine: Goroutine;
  readonly loop: ServiceLoop;
  readonly ticker: StoppedTicker;
}

/** The ticker in a field or variable that a loop without a way out waits for, and that is stopped elsewhere. */
export function stoppedTicker(
  pkg: GoPackage,
  { func }: Goroutine,
  { loop, end }: ServiceLoop,
): StoppedTicker | undefined {
  if (end.kind !== 'never') return undefined;
  const channels = loop.kind === 'RangeStmt' ? [loop.x] : receivesIn(loop.body);
  for (const channel of channels) {
    const ticker = channel.kind === 'SelectorExpr' && isPeriodic(pkg, channel) ? channel.x : undefined;
    const owner = ticker && ownerOfName(pkg, ticker);
    const calls = owner ? stopCalls(pkg, owner) : [];
    const stops = calls.filter((call) => !(func && isWithin(pkg, call, func)));
    if (stops.length > 0)
      return { name: textOf(pkg, channel), stops, ...(owner?.kind === 'field' ? { field: owner.field } : {}) };
  }
  return undefined;
}

/**
 * The goroutines whose starter stops the ticker of a value (`defer s.tick.Stop()`), or whose ticker another function literal
 * stops: `OnStop: func() { t.Stop() }`. Of a plain local ticker the explorer knows more.
 */
export function stoppedLoops(pass: Pass, spoken: ReadonlySet<Goroutine>): readonly StoppedLoop[] {
  const { pkg } = pass;
  return pass.shared(goroutinesKey).flatMap((goroutine): readonly StoppedLoop[] => {
    const { start, repetition } = goroutine;
    if (spoken.has(goroutine) || repetition.kind === 'process' || !inReviewedFile(pass, start.file)) return [];
    for (const loop of goroutine.loops) {
      const ticker = stoppedTicker(pkg, goroutine, loop);
      const isMeant = ticker?.stops.some((call) => {
        const { func, inner } = pkg.enclosing(call);
        return ticker.field ? func === start.func : func === start.func && inner !== start.inner;
      });
      if (ticker && isMeant) return [{ kind: 'stopped-ticker', goroutine, loop, ticker }];
    }
    return [];
  });
}

function stopCalls(pkg: GoPackage, owner: NamedThing): readonly Node[] {
  if (owner.kind === 'field') return owner.field.uses.filter((use) => use.method === 'Stop').map((use) => use.node);
  return pkg.usesOf(owner.binding).flatMap((use) => {
    const method = pkg.parentOf(use);
    const call = method?.kind === 'SelectorExpr' && method.sel.name === 'Stop' ? pkg.parentOf(method) : undefined;
    return call?.kind === 'CallExpr' ? [call] : [];
  });
}

function isPeriodic(pkg: GoPackage, channel: Expr): boolean {
  const ref = channelOf(pkg, channel);
  return ref.kind === 'timer' && ref.periodic;
}

function receivesIn(body: Node): readonly Expr[] {
  const received: Expr[] = [];
  walk(body, (node) => {
    if (node.kind === 'FuncLit') return false;
    if (node.kind === 'UnaryExpr' && node.op === '<-') received.push(node.x);
    return true;
  });
  return received;
}

function isWithin(pkg: GoPackage, node: Node, outer: Node): boolean {
  return pkg.fileOf(node) === pkg.fileOf(outer) && isInside(node, outer);
}

export function describeStoppedLoop({ goroutine, loop, ticker }: StoppedLoop, pass: Pass): Report {
  const { pkg } = pass;
  const [stop] = ticker.stops;
  const location = pass.at(goroutine.start.file, goroutine.start.node);
  const place = stop ? ` (line ${pkg.fileOf(stop).lines.lineAt(stop.range.start)})` : '';
  const name = nameOf(pkg, goroutine);
  return {
    location,
    message: `${name.startsWith('the') ? `T${name.slice(1)}` : name} waits for \`${oneLine(ticker.name)}\`, which a stopped ticker does not close: \`Stop\`${place} does not end it.`,
    advice: 'Select on a done channel alongside the ticker, and close it where the ticker is stopped.',
    related: [
      related(pass, loop.loop, 'the loop that nothing ends'),
      ...ticker.stops.slice(0, 2).map((node) => related(pass, node, 'after this it waits forever')),
    ],
    causes: [pass.at(pkg.fileOf(loop.loop), loop.loop), ...ticker.stops.map((node) => pass.at(pkg.fileOf(node), node))],
    subject: location,
  };
}
