/**
 * A stop method that sends one value on a channel for which several goroutines wait: one of them leaks.
 *
 *  1. The channel is a private field that nobody closes, and the method sends on it once, outside any loop.
 *  2. Two or more functions leave an endless loop when they receive from it.
 *  3. At least two of them run in goroutines that the package starts, on branches that do not exclude each other.
 */
import type { Pass } from '../../analysis/rule.ts';
import type { Node, SendStmt } from '../../go/ast.ts';
import type { FieldUse, GoPackage } from '../../go/package.ts';
import { channelField } from '../ownership/channel.ts';
import { exitsOf, isEndless, loopsAround } from '../ownership/loop.ts';
import { type Goroutine, goroutinesKey } from '../ownership/owner.ts';
import { type Func, walkReached } from '../ownership/reach.ts';
import { stopMethods } from '../ownership/stop-method.ts';

export interface LoneSignal {
  readonly kind: 'signal';
  readonly send: SendStmt;
  readonly receivers: readonly FieldUse[];
  readonly goroutines: readonly Goroutine[];
}

export function loneSignals(pass: Pass): readonly LoneSignal[] {
  const { pkg } = pass;
  const found: LoneSignal[] = [];
  for (const type of pkg.types.values()) {
    if (stopMethods(type).length === 0) continue;
    for (const field of type.fields.values()) {
      if (pkg.underlying(field.type).kind !== 'chan') continue;
      const channel = channelField(pkg, field);
      const send = channel.private && channel.closes.length === 0 ? onlySend(pkg, channel.sends) : undefined;
      const signal = send && signalOf(pass, send, channel.receives);
      if (signal) found.push(signal);
    }
  }
  return found;
}

/** The only send on the channel, a statement of a function that does not repeat it. */
function onlySend(pkg: GoPackage, sends: readonly FieldUse[]): SendStmt | undefined {
  const use = sends.length === 1 ? sends[0] : undefined;
  if (!use || use.inner || loopsAround(pkg, use.node).length > 0) return undefined;
  for (let at: Node | undefined = use.node; at; at = pkg.parentOf(at)) if (at.kind === 'SendStmt') return at;
  return undefined;
}

function signalOf(pass: Pass, send: SendStmt, receives: readonly FieldUse[]): LoneSignal | undefined {
  const { pkg } = pass;
  const leaving = receives.filter((use) => leavesLoop(pkg, use));
  const runners = new Map<Func, { readonly use: FieldUse; readonly goroutine: Goroutine }>();
  for (const use of leaving) {
    const func = use.inner ?? use.func;
    const goroutine = func && pass.shared(goroutinesKey).find((each) => runs(pkg, each, func));
    if (func && goroutine && !runners.has(func)) runners.set(func, { use, goroutine });
  }
  const found = [...runners.values()];
  const distinct = found.filter((one, at) => found.findIndex((other) => other.goroutine === one.goroutine) === at);
  if (distinct.length < 2 || distinct.some((one) => isConditional(pkg, one.goroutine.start.node))) return undefined;
  return {
    kind: 'signal',
    send,
    receivers: distinct.map((one) => one.use),
    goroutines: distinct.map((one) => one.goroutine),
  };
}

/** The receive is an arm of an endless loop that leaves it. */
export function leavesLoop(pkg: GoPackage, use: FieldUse): boolean {
  const loop = loopsAround(pkg, use.node).at(-1);
  if (!loop || !isEndless(pkg, loop)) return false;
  return exitsOf(pkg, loop).some(
    ({ arm, conditional }) => arm !== undefined && !conditional && isInside(use.node, arm),
  );
}

function isInside(inner: Node, outer: Node): boolean {
  return outer.range.start <= inner.range.start && inner.range.end <= outer.range.end;
}

export function runs(pkg: GoPackage, goroutine: Goroutine, func: Func): boolean {
  let found = goroutine.func === func;
  if (!found && goroutine.func) {
    walkReached(pkg, goroutine.func, (_, inside) => {
      if (inside === func) found = true;
      return !found;
    });
  }
  return found;
}

/** The start stands on a branch, so that another one may take its place. */
function isConditional(pkg: GoPackage, node: Node): boolean {
  for (let at = pkg.parentOf(node); at && at.kind !== 'FuncDecl' && at.kind !== 'FuncLit'; at = pkg.parentOf(at)) {
    if (at.kind === 'IfStmt' || at.kind === 'CaseClause' || at.kind === 'CommClause') return true;
  }
  return false;
}
