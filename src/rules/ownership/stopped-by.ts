/** What a method signals to the goroutines of its type, and which of their loops only such a signal ends. */
import type { CallExpr, Expr } from '../../go/ast.ts';
import type { FieldInfo, GoPackage } from '../../go/package.ts';
import { channelOf, receivedFrom } from './channel.ts';
import { armReceive, exitsOf, isEndless, type Loop } from './loop.ts';
import { type Func, walkAround, walkReached } from './reach.ts';

export interface Signals {
  /** Channel fields that are closed or sent on. */
  readonly channels: ReadonlySet<FieldInfo>;
  /** A cancel function in a field is called. */
  readonly cancels: boolean;
}

/** What a function, or what it calls, signals. */
export function signalsOf(pkg: GoPackage, func: Func): Signals {
  const channels = new Set<FieldInfo>();
  let cancels = false;
  walkAround(pkg, func, (node) => {
    const closed = node.kind === 'CallExpr' && isClose(pkg, node) ? node.args[0] : undefined;
    const field = fieldOfChannel(pkg, node.kind === 'SendStmt' ? node.chan : closed);
    if (field) channels.add(field);
    cancels ||= node.kind === 'CallExpr' && /cancel|stop/i.test(pkg.fieldOf(node.fun)?.name ?? '');
  });
  return { channels, cancels };
}

export function meet(a: Signals, b: Signals): boolean {
  return (a.cancels && b.cancels) || [...a.channels].some((field) => b.channels.has(field));
}

function isClose(pkg: GoPackage, call: CallExpr): boolean {
  const callee = pkg.calleeOf(call);
  return callee.kind === 'builtin' && callee.name === 'close';
}

function fieldOfChannel(pkg: GoPackage, chan: Expr | undefined): FieldInfo | undefined {
  const ref = chan && channelOf(pkg, chan);
  return ref?.kind === 'field' ? ref.field : undefined;
}

/** A loop that can be left in no other way than by one of these signals. */
export interface Awaiting {
  readonly loop: Loop;
  readonly signals: Signals;
}

/** The first such loop of a goroutine, with those of the given signals that it waits for. */
export function loopUntil(pkg: GoPackage, work: Func, signals: Signals): Awaiting | undefined {
  let found: Awaiting | undefined;
  walkReached(pkg, work, (node) => {
    if (!found && (node.kind === 'ForStmt' || node.kind === 'RangeStmt')) found = awaiting(pkg, node, signals);
    return !found;
  });
  return found;
}

function awaiting(pkg: GoPackage, loop: Loop, signals: Signals): Awaiting | undefined {
  const exits = exitsOf(pkg, loop);
  const [channels, cancels]: [Set<FieldInfo>, boolean[]] = [new Set(), []];
  const awaits = (chan: Expr | undefined) => {
    const ref = chan && channelOf(pkg, chan);
    if (ref?.kind === 'done' && signals.cancels) return cancels.push(true) > 0;
    return ref?.kind === 'field' && signals.channels.has(ref.field) && channels.add(ref.field).size > 0;
  };
  const waits =
    loop.kind === 'RangeStmt'
      ? exits.length === 0 && awaits(loop.x)
      : isEndless(pkg, loop) &&
        exits.length > 0 &&
        exits.every(({ arm }) => awaits(arm ? armReceive(arm) : headReceive(loop)));
  return waits ? { loop, signals: { channels, cancels: cancels.length > 0 } } : undefined;
}

/** `v := <-ch` at the head of a loop, whose value decides whether it goes on. */
function headReceive(loop: Loop): Expr | undefined {
  const [first] = loop.body.list;
  const value = first?.kind === 'AssignStmt' ? first.rhs[0] : undefined;
  return value && receivedFrom(value);
}
