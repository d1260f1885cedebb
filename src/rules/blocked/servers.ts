/**
 * Who receives from a channel in a private field: loops that a stop ends, and methods like `Accept`, which others call until
 * they have stopped the type.
 */

import type { CommClause, Expr, FuncDecl, FuncLit, Node } from '../../go/ast.ts';
import { isExported } from '../../go/exported.ts';
import type { FieldInfo, GoPackage } from '../../go/package.ts';
import { isTestFile } from '../../go/test-code.ts';
import { walk } from '../../go/walk.ts';
import { contains } from '../../text/offset.ts';
import { channelField, channelOf } from '../ownership/channel.ts';
import { isGivenStop } from '../ownership/given-stop.ts';
import { armReceive, exitsOf, hasDefault, isEndless, loopsAround } from '../ownership/loop.ts';
import { fieldBehind, type Operation } from './handed-channel.ts';
import { isOwn } from './unfetched.ts';

type Func = FuncDecl | FuncLit;

/** A loop that receives, and the fields that tell when it ends. */
export interface Server {
  readonly func: Func;
  /** Channels and contexts whose arms leave the loop. */
  readonly stops: readonly FieldInfo[];
  /** A channel that is closed when the function ends. */
  readonly announces: readonly FieldInfo[];
  /** No loop, but a method that others call when they like; the arm in which it waits for the stop. */
  readonly asked?: Node;
}

/** The loops that receive from a channel; undefined when one of its receivers is none, or does not end. */
export function serversOf(pkg: GoPackage, receives: readonly Operation[]): readonly Server[] | undefined {
  const waiting = receives.filter((use) => !isPolling(pkg, use));
  const servers = waiting.map((use) => serverAt(pkg, use) ?? askedAt(pkg, use));
  return servers.length > 0 && servers.every((server) => server !== undefined) ? servers : undefined;
}

function serverAt(pkg: GoPackage, { node }: Operation): Server | undefined {
  const { func, inner } = pkg.enclosing(node);
  const around = inner ?? func;
  const loop = loopsAround(pkg, node).at(-1);
  if (!around || !loop || !isEndless(pkg, loop)) return undefined;
  const own = armAround(pkg, node);
  if (!own || own.body.length === 0) return undefined;
  const exits = exitsOf(pkg, loop);
  // Who takes one value and leaves was waiting for an answer.
  if (exits.length === 0 || exits.some((exit) => exit.arm === own && !exit.conditional)) return undefined;
  const stops = exits.flatMap((exit) =>
    armsAround(pkg, exit.node, loop).flatMap((arm) => {
      const from = arm === own ? undefined : armReceive(arm);
      return (from && stopField(pkg, from)) ?? [];
    }),
  );
  const announces = announcedBy(pkg, around);
  return stops.length + announces.length === 0 ? undefined : { func: around, stops, announces };
}

/** The arms between a node and a loop around it. */
function armsAround(pkg: GoPackage, node: Node, loop: Node): readonly CommClause[] {
  const arms: CommClause[] = [];
  for (let at = pkg.parentOf(node); at && at !== loop; at = pkg.parentOf(at))
    if (at.kind === 'CommClause') arms.push(at);
  return arms;
}

/** A receive beside a stop in an exported method that the package does not call. */
function askedAt(pkg: GoPackage, { node }: Operation): Server | undefined {
  const { func, inner } = pkg.enclosing(node);
  const own = armAround(pkg, node);
  const select = own && pkg.parentOf(own);
  if (!func?.recv || inner || !isExported(func.name.name) || select?.kind !== 'SelectStmt') return undefined;
  if (!isOwn(pkg, node)) return undefined;
  if (pkg.callersOf(func).some((call) => !isTestFile(pkg.fileOf(call).path))) return undefined;
  for (const arm of select.clauses) {
    const from = arm === own ? undefined : armReceive(arm);
    const stop = from && stopField(pkg, from);
    if (stop && arm.comm) return { func, stops: [stop], announces: [], asked: arm.comm };
  }
  return undefined;
}

/** A receive that takes what is there and does not wait. */
function isPolling(pkg: GoPackage, { node }: Operation): boolean {
  const arm = armAround(pkg, node);
  const select = arm && pkg.parentOf(arm);
  return select?.kind === 'SelectStmt' && hasDefault(select);
}

/** The arm whose operation a node is. */
function armAround(pkg: GoPackage, node: Node): CommClause | undefined {
  for (let at = pkg.parentOf(node); at; at = pkg.parentOf(at)) {
    if (at.kind === 'CommClause') return at.comm && contains(at.comm.range, node.range) ? at : undefined;
    if (at.kind === 'FuncLit' || at.kind === 'FuncDecl' || at.kind === 'BlockStmt') return undefined;
  }
  return undefined;
}

/** The field behind a stop: a channel that the package closes, or a context. */
export function stopField(pkg: GoPackage, from: Expr): FieldInfo | undefined {
  const ref = channelOf(pkg, from);
  if (ref.kind === 'done' && ref.call.fun.kind === 'SelectorExpr') {
    const { x } = ref.call.fun;
    return x.kind === 'Ident' ? fieldBehind(pkg, x) : pkg.fieldOf(x);
  }
  const field = ref.kind === 'field' ? ref.field : from.kind === 'Ident' ? fieldBehind(pkg, from) : undefined;
  return field && (channelField(pkg, field).closes.length > 0 || isGivenStop(pkg, field)) ? field : undefined;
}

/** Channels that a function closes when it ends. */
function announcedBy(pkg: GoPackage, func: Func): readonly FieldInfo[] {
  const found: FieldInfo[] = [];
  for (const stmt of func.body?.list ?? []) {
    if (stmt.kind !== 'DeferStmt') continue;
    walk(stmt, (node) => {
      const [arg] = node.kind === 'CallExpr' && node.fun.kind === 'Ident' && node.fun.name === 'close' ? node.args : [];
      const field = arg && pkg.fieldOf(arg);
      if (field) found.push(field);
    });
  }
  return found;
}
