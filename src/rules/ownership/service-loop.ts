/**
 * The loop that keeps a goroutine alive, and what ends it:
 *
 *  1. `never`: an endless loop without any way out;
 *  2. `unanswered`: every way out waits for a private channel that nobody closes or sends on;
 *  3. `unclosed`: a range over a private channel that nobody closes;
 *  4. `context` / `channel`: some way out waits for a context, or for a channel that somebody closes or sends on;
 *  5. `flagged`: a flag that it looks at only after a receive from private channels that nobody closes;
 *  6. `package-context`: every way out waits for a context in a variable of the package, or for what ends nothing;
 *  7. `unknown`: anything else, e.g. a loop that ends when a call fails.
 */

import type { CallExpr, Expr, Node, UnaryExpr } from '../../go/ast.ts';
import { isExported } from '../../go/exported.ts';
import type { Binding, GoPackage } from '../../go/package.ts';
import { channelField, channelOf, makeCapacity } from './channel.ts';
import { type FlaggedLoop, flaggedLoop } from './flagged-loop.ts';
import { armReceive, exitsOf, isEndless, type Loop, type LoopExit } from './loop.ts';
import { type Func, walkReached } from './reach.ts';
import { textOf } from './waiting.ts';

export interface ServiceLoop {
  readonly loop: Loop;
  readonly inside: Func;
  readonly end: LoopEnd;
}

export type LoopEnd =
  | { readonly kind: 'never' }
  | { readonly kind: 'unanswered'; readonly channels: readonly string[] }
  /** `shared`: the channel is a variable of the package, so that the goroutines of several values may share it. */
  | { readonly kind: 'unclosed'; readonly channel: string; readonly node: Node; readonly shared?: true }
  | { readonly kind: 'flagged'; readonly by: FlaggedLoop }
  | { readonly kind: 'context'; readonly node: Node }
  /** Only a context in a variable of the package ends it: that of no value in particular. */
  | { readonly kind: 'package-context'; readonly name: string; readonly node: Node }
  | { readonly kind: 'channel'; readonly name: string; readonly evidence: readonly Node[] }
  | { readonly kind: 'unknown' };

/** The loops that may keep the goroutine alive, in the order in which they are found. */
export function serviceLoops(pkg: GoPackage, root: Func): readonly ServiceLoop[] {
  const loops: ServiceLoop[] = [];
  walkReached(pkg, root, (node, inside) => {
    if (node.kind !== 'ForStmt' && node.kind !== 'RangeStmt') return;
    const end = endOf(pkg, node);
    if (end) loops.push({ loop: node, inside, end });
  });
  return loops;
}

/** Undefined for a loop that ends by itself: counted, or over data. */
function endOf(pkg: GoPackage, loop: Loop): LoopEnd | undefined {
  if (isEndless(pkg, loop)) return orFlagged(pkg, loop, endOfEndless(pkg, loop));
  if (loop.kind === 'ForStmt') return orFlagged(pkg, loop, undefined);
  if (pkg.underlying(pkg.typeOf(loop.x)).kind !== 'chan') return undefined;
  if (exitsOf(pkg, loop).length > 0) return orFlagged(pkg, loop, { kind: 'unknown' });
  return endOfChannelRange(pkg, loop.x);
}

/** What is not known to end otherwise may be meant to end by a flag. */
function orFlagged<End extends LoopEnd | undefined>(pkg: GoPackage, loop: Loop, end: End): LoopEnd | End {
  const by = end === undefined || end.kind === 'unknown' ? flaggedLoop(pkg, loop) : undefined;
  return by ? { kind: 'flagged', by } : end;
}

function endOfEndless(pkg: GoPackage, loop: Loop): LoopEnd {
  const exits = exitsOf(pkg, loop);
  if (exits.length === 0) return { kind: 'never' };
  const ends = exits.map((exit) => endAtExit(pkg, exit));
  const owned = ends.find((end) => end.kind === 'context') ?? ends.find((end) => end.kind === 'channel');
  if (owned) return owned;
  if (ends.some((end) => end.kind === 'unknown')) return { kind: 'unknown' };
  const ofPackage = ends.find((end) => end.kind === 'package-context');
  if (ofPackage) return ofPackage;
  const channels = ends.flatMap((end) => (end.kind === 'unanswered' ? end.channels : []));
  return { kind: 'unanswered', channels: [...new Set(channels)] };
}

function endAtExit(pkg: GoPackage, exit: LoopExit): LoopEnd {
  const from = exit.arm && armReceive(exit.arm);
  if (!from) return { kind: 'unknown' };
  const ref = channelOf(pkg, from);
  if (ref.kind === 'done') return endOfContext(pkg, ref.call, from);
  if (ref.kind !== 'field') return { kind: 'unknown' };
  const channel = channelField(pkg, ref.field);
  const evidence = [...channel.closes, ...channel.sends].map((use) => use.node);
  if (evidence.length > 0) return { kind: 'channel', name: textOf(pkg, from), evidence };
  return channel.private ? { kind: 'unanswered', channels: [textOf(pkg, from)] } : { kind: 'unknown' };
}

function endOfContext(pkg: GoPackage, { fun }: CallExpr, node: Expr): LoopEnd {
  const context = fun.kind === 'SelectorExpr' && fun.x.kind === 'Ident' ? fun.x : undefined;
  const binding = context && pkg.bindingOf(context);
  if (!context || binding?.kind !== 'var' || !binding.global) return { kind: 'context', node };
  return { kind: 'package-context', name: context.name, node };
}

function endOfChannelRange(pkg: GoPackage, x: Expr): LoopEnd {
  const ref = channelOf(pkg, x);
  if (ref.kind === 'timer') return ref.periodic ? { kind: 'never' } : { kind: 'unknown' };
  if (ref.kind === 'variable') return endOfLocalRange(pkg, ref.binding, x);
  if (ref.kind !== 'field') return { kind: 'unknown' };
  const channel = channelField(pkg, ref.field);
  if (channel.closes.length > 0) {
    return { kind: 'channel', name: textOf(pkg, x), evidence: channel.closes.map((use) => use.node) };
  }
  return channel.private ? { kind: 'unclosed', channel: textOf(pkg, x), node: x } : { kind: 'unknown' };
}

function endOfLocalRange(pkg: GoPackage, binding: Binding, x: Expr): LoopEnd {
  if (isPrivateLocal(pkg, binding)) return { kind: 'unclosed', channel: textOf(pkg, x), node: x };
  if (!binding.global || isExported(binding.name) || !isOperatedOnOnly(pkg, binding)) return { kind: 'unknown' };
  return { kind: 'unclosed', channel: textOf(pkg, x), node: x, shared: true };
}

/**
 * A local channel made in the function that declares it, on which the package shows every operation, none of them a
 * close: it is only sent on, received from, ranged over and measured.
 */
export function isPrivateLocal(pkg: GoPackage, binding: Binding): boolean {
  return !binding.global && isOperatedOnOnly(pkg, binding);
}

function isOperatedOnOnly(pkg: GoPackage, binding: Binding): boolean {
  if (binding.kind !== 'var') return false;
  const value = initialValue(binding);
  if (!value || !makeCapacity(pkg, value)) return false;
  return pkg.usesOf(binding).every((use) => isLocalOperation(pkg, use));
}

/** The value in `x := v` or `var x = v`; undefined for any other declaration. */
export function initialValue(binding: Binding): Expr | undefined {
  const decl = binding.decl;
  if (decl?.kind === 'AssignStmt' && decl.tok === ':=' && decl.lhs.length === decl.rhs.length) {
    return decl.rhs[decl.lhs.findIndex((each) => each.kind === 'Ident' && each.name === binding.name)];
  }
  if (decl?.kind === 'ValueSpec' && decl.names.length === decl.values.length) {
    return decl.values[decl.names.findIndex((each) => each.name === binding.name)];
  }
  return undefined;
}

function isLocalOperation(pkg: GoPackage, use: Expr): boolean {
  const parent = pkg.parentOf(use);
  if (parent?.kind === 'SendStmt') return parent.chan === use;
  if (parent?.kind === 'UnaryExpr') return (parent satisfies UnaryExpr).op === '<-';
  if (parent?.kind === 'RangeStmt') return parent.x === use;
  const callee = parent?.kind === 'CallExpr' ? pkg.calleeOf(parent) : undefined;
  return callee?.kind === 'builtin' && (callee.name === 'len' || callee.name === 'cap');
}
