/**
 * A loop that only looks whether it is to stop, between calls that wait for a peer.
 *
 *  1. A goroutine runs an endless loop with a `select` that has a stop arm and a `default`.
 *  2. In the same loop it waits in a call that only a peer, a deadline or a close ends: `Accept` or `Read` of package net.
 *  3. The listener or connection is a local variable or a field that only the package uses, and nobody else closes it,
 *     gives it a deadline, or hands it on. The stop is then seen when the next peer comes, if ever.
 */
import type { Report } from '../../analysis/diagnostic.ts';
import type { Pass } from '../../analysis/rule.ts';
import { hasStopArm } from '../../concurrency/open/stops.ts';
import type { CallExpr, Expr, ForStmt, FuncDecl, FuncLit, Node, SelectStmt } from '../../go/ast.ts';
import { isExported } from '../../go/exported.ts';
import type { Binding, FieldInfo, GoPackage, GoroutineStart } from '../../go/package.ts';
import { armReceive, hasDefault, isEndless } from '../ownership/loop.ts';
import { walkOwn } from '../ownership/reach.ts';
import { textOf } from '../ownership/waiting.ts';
import { inReviewedFile, oneLine, related } from './wording.ts';

export interface PolledStop {
  readonly kind: 'polled-stop';
  readonly start: GoroutineStart;
  readonly select: SelectStmt;
  /** What the loop waits in. */
  readonly call: CallExpr;
  /** The listener or connection, as written. */
  readonly peer: Expr;
}

const waits = /^(Accept(TCP|Unix)?|Read(From\w*|Msg\w*)?)$/;
const ends = /^(Close|Set\w*Deadline|File|SyscallConn)$/;

export function polledStops(pass: Pass): readonly PolledStop[] {
  const { pkg } = pass;
  return pkg.goroutineStarts.flatMap((start) => {
    const { callee } = start;
    const body = callee.kind === 'lit' ? callee.lit : 'decl' in callee ? callee.decl : undefined;
    if (!body?.body || start.kind === 'afterfunc' || !inReviewedFile(pass, start.file)) return [];
    const found = pollIn(pkg, body);
    return found ? [{ kind: 'polled-stop' as const, start, ...found }] : [];
  });
}

type Poll = Pick<PolledStop, 'select' | 'call' | 'peer'>;

function pollIn(pkg: GoPackage, func: FuncDecl | FuncLit): Poll | undefined {
  let found: Poll | undefined;
  if (func.body)
    walkOwn(func.body, (node) => {
      if (!found && node.kind === 'ForStmt' && isEndless(pkg, node)) found = pollOf(pkg, func, node);
    });
  return found;
}

function pollOf(pkg: GoPackage, func: FuncDecl | FuncLit, loop: ForStmt): Poll | undefined {
  let select: SelectStmt | undefined;
  const calls: CallExpr[] = [];
  walkOwn(loop.body, (node) => {
    if (node.kind === 'SelectStmt' && hasDefault(node) && hasStopArm(pkg, node)) select ??= node;
    if (node.kind === 'CallExpr') calls.push(node);
  });
  if (!select) return undefined;
  for (const call of calls) {
    const callee = pkg.calleeOf(call);
    if (callee.kind !== 'externalMethod' || callee.path !== 'net' || !waits.test(callee.name)) continue;
    if (isLeftToPeer(pkg, func, callee.recv)) return { select, call, peer: callee.recv };
  }
  return undefined;
}

/** Nobody but the function itself can end a wait on it. */
function isLeftToPeer(pkg: GoPackage, func: FuncDecl | FuncLit, peer: Expr): boolean {
  const field = pkg.fieldOf(peer);
  if (field) return isLeftField(func, field);
  const binding = peer.kind === 'Ident' ? pkg.bindingOf(peer) : undefined;
  return binding?.kind === 'var' && !binding.global && isLeftVariable(pkg, func, binding);
}

function isLeftField(func: FuncDecl | FuncLit, { name, owner, embedded, uses }: FieldInfo): boolean {
  if (embedded || (isExported(name) && isExported(owner.name))) return false;
  return uses.every(({ kind, method, func: decl, inner }) => {
    if (kind === 'assign' || kind === 'init') return true;
    if (kind !== 'call' || method === undefined) return false;
    return !ends.test(method) || (method === 'Close' && (inner ?? decl) === func);
  });
}

function isLeftVariable(pkg: GoPackage, func: FuncDecl | FuncLit, binding: Binding): boolean {
  return pkg.usesOf(binding).every((use) => {
    const method = pkg.parentOf(use);
    if (method?.kind === 'AssignStmt') return method.lhs.includes(use);
    const call = method && pkg.parentOf(method);
    if (method?.kind !== 'SelectorExpr' || call?.kind !== 'CallExpr' || call.fun !== method) return false;
    const { func: decl, inner } = pkg.enclosing(use);
    return !ends.test(method.sel.name) || (method.sel.name === 'Close' && (inner ?? decl) === func);
  });
}

export function describePolledStop({ start, select, call, peer }: PolledStop, pass: Pass): Report {
  const { pkg } = pass;
  const location = pass.at(start.file, start.node);
  const [waited, name] = [textOf(pkg, call), textOf(pkg, peer)].map(oneLine);
  const stop = stopOf(pkg, select);
  const at = (node: Node) => pass.at(pkg.fileOf(node), node);
  return {
    location,
    message: `The goroutine checks ${stop} only between calls to \`${waited}\`, and nothing else closes \`${name}\`: it stays blocked in that call after the stop.`,
    advice: `Close \`${name}\` where the goroutine is told to stop, or give the call a deadline and try again.`,
    related: [
      related(pass, call, 'it waits here until a peer comes'),
      related(pass, select, 'it checks here whether it should stop'),
    ],
    causes: [at(call), at(select)],
    subject: location,
  };
}

function stopOf(pkg: GoPackage, { clauses }: SelectStmt): string {
  const [from] = clauses.flatMap((arm) => armReceive(arm) ?? []);
  return from ? `\`${oneLine(textOf(pkg, from))}\`` : 'its stop';
}
