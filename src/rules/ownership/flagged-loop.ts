/**
 * A loop that a flag is meant to end, and that looks at the flag only between two receives:
 *
 *  1. It waits in a range over a channel, in a plain receive, or in a select whose arms all receive.
 *  2. The channels are private fields that nobody closes, so only a send wakes it.
 *  3. Its condition, or the condition before one of its exits, reads a field that is no channel.
 *
 * Who sets the flag without a send afterwards leaves the goroutine where it is.
 */
import type { Expr, Node } from '../../go/ast.ts';
import type { FieldInfo, GoPackage } from '../../go/package.ts';
import { walk } from '../../go/walk.ts';
import { channelField, channelOf, receivedFrom, unparen } from './channel.ts';
import { armReceive, exitsOf, type Loop } from './loop.ts';
import { type Func, visibleFunc, walkAround } from './reach.ts';

export interface FlaggedLoop {
  readonly channels: readonly FieldInfo[];
  /** The fields that the loop or its exits look at. */
  readonly flags: readonly FieldInfo[];
  /** Where it waits. */
  readonly node: Node;
}

export function flaggedLoop(pkg: GoPackage, loop: Loop): FlaggedLoop | undefined {
  const flags = flagsOf(pkg, loop);
  if (flags.length === 0) return undefined;
  const wait = waitOf(pkg, loop);
  const channels = wait?.from.map((chan) => silentChannel(pkg, chan)) ?? [];
  if (!wait || channels.length === 0 || channels.includes(undefined)) return undefined;
  return { channels: channels.flatMap((field) => field ?? []), flags, node: wait.node };
}

/** A field on which nobody but this package can send, and which nobody closes. */
function silentChannel(pkg: GoPackage, chan: Expr): FieldInfo | undefined {
  const ref = channelOf(pkg, chan);
  if (ref.kind !== 'field') return undefined;
  const channel = channelField(pkg, ref.field);
  return channel.private && channel.closes.length === 0 ? ref.field : undefined;
}

/** The first place in the body, outside branches, at which the loop waits for channels alone. */
function waitOf(pkg: GoPackage, loop: Loop): { readonly from: readonly Expr[]; readonly node: Node } | undefined {
  if (loop.kind === 'RangeStmt')
    return pkg.underlying(pkg.typeOf(loop.x)).kind === 'chan' ? { from: [loop.x], node: loop.x } : undefined;
  for (const stmt of loop.body.list) {
    if (stmt.kind === 'SelectStmt') {
      const from = stmt.clauses.map(armReceive);
      const known = from.filter((chan) => chan !== undefined);
      return known.length === from.length && from.length > 0 ? { from: known, node: stmt } : undefined;
    }
    const value = stmt.kind === 'AssignStmt' ? stmt.rhs[0] : stmt.kind === 'ExprStmt' ? stmt.x : undefined;
    const from = value && receivedFrom(value);
    if (from) return { from: [from], node: stmt };
  }
  return undefined;
}

function flagsOf(pkg: GoPackage, loop: Loop): readonly FieldInfo[] {
  const conditions = exitsOf(pkg, loop).flatMap(({ node }) => conditionsAround(pkg, node, loop));
  if (loop.kind === 'ForStmt' && loop.cond) conditions.push(loop.cond);
  return [...new Set(conditions.flatMap((condition) => fieldsRead(pkg, condition)))];
}

function conditionsAround(pkg: GoPackage, node: Node, loop: Loop): readonly Expr[] {
  const found: Expr[] = [];
  for (let at = pkg.parentOf(node); at && at !== loop; at = pkg.parentOf(at))
    if (at.kind === 'IfStmt') found.push(at.cond);
  return found;
}

/** Fields in an expression, and in the methods of the package that it calls. */
function fieldsRead(pkg: GoPackage, condition: Expr): readonly FieldInfo[] {
  const found: FieldInfo[] = [];
  const visit = (node: Node) => {
    const field = node.kind === 'SelectorExpr' ? pkg.fieldOf(node) : undefined;
    if (field && pkg.underlying(field.type).kind !== 'chan') found.push(field);
    return true;
  };
  walk(condition, (node) => {
    const called = node.kind === 'CallExpr' ? visibleFunc(pkg.calleeOf(node)) : undefined;
    if (called?.body && called.body.list.length <= maxGetter) walk(called.body, visit);
    return visit(node);
  });
  return found;
}

/** Statements of a method that does little more than to read a flag under a lock. */
const maxGetter = 4;

/** Whether a function, or what it calls, sets a flag. */
export function setsFlag(pkg: GoPackage, func: Func, flag: FieldInfo): boolean {
  let found = false;
  walkAround(pkg, func, (node) => {
    found ||= isSet(pkg, node, flag);
  });
  return found;
}

/** Whether a function, or what it calls, sends on one of the channels. */
export function wakes(pkg: GoPackage, func: Func, { channels }: FlaggedLoop): boolean {
  let found = false;
  walkAround(pkg, func, (node) => {
    if (found || node.kind !== 'SendStmt') return;
    const ref = channelOf(pkg, node.chan);
    found = ref.kind === 'field' && channels.includes(ref.field);
  });
  return found;
}

const setters: ReadonlySet<string> = new Set([
  'Store',
  'Swap',
  'CompareAndSwap',
  'Set',
  'SetTrue',
  'Add',
  'Inc',
  'CAS',
]);

/** `x.flag = v`, `atomic.StoreInt32(&x.flag, v)`, `x.flag.Store(v)`. */
function isSet(pkg: GoPackage, node: Node, flag: FieldInfo): boolean {
  const isFlag = (expr: Expr) => pkg.fieldOf(unparen(expr)) === flag;
  if (node.kind === 'AssignStmt') return node.lhs.some(isFlag);
  if (node.kind !== 'CallExpr') return false;
  const { fun } = node;
  if (fun.kind === 'SelectorExpr' && setters.has(fun.sel.name) && isFlag(fun.x)) return true;
  const callee = pkg.calleeOf(node);
  const [first] = node.args;
  return (
    callee.kind === 'external' &&
    callee.path === 'sync/atomic' &&
    !callee.name.startsWith('Load') &&
    first?.kind === 'UnaryExpr' &&
    isFlag(first.x)
  );
}
