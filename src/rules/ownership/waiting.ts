/** Who waits for a goroutine: a WaitGroup, an errgroup, or a channel that it closes and somebody receives from. */
import type { CallExpr, Expr, FuncDecl, Ident, Node } from '../../go/ast.ts';
import type { Binding, FieldInfo, GoPackage, GoroutineStart } from '../../go/package.ts';
import { isNamed } from '../../go/types.ts';
import { walk } from '../../go/walk.ts';
import { channelOf, unparen } from './channel.ts';
import { type Func, walkAround } from './reach.ts';

/** Somebody who waits, with the places that show it. */
export interface Waiter {
  readonly by: 'waitgroup' | 'errgroup' | 'done-channel' | 'handed-off';
  readonly name: string;
  readonly evidence: readonly Node[];
}

/**
 * The waiter of a goroutine. `handed-off` when the object it signals leaves what the package shows, so that somebody
 * may wait. Undefined when nobody does.
 */
export function waiterOf(pkg: GoPackage, start: GoroutineStart, root: Func | undefined): Waiter | undefined {
  if (start.kind === 'errgroup-go' || start.kind === 'waitgroup-go') return waiterOfGroupCall(pkg, start);
  const counted = receiverOfResult(pkg, start);
  if (counted) return counted;
  if (!root) return undefined;
  let found: Waiter | undefined;
  walkAround(pkg, root, (node) => {
    if (!found && node.kind === 'CallExpr') found = waiterOfSignal(pkg, node, start);
  });
  return found;
}

/**
 * Who started it shares a channel with it, on which it sends its result, and then receives from the channel, waiting for
 * nothing else: each goroutine is waited for by its result.
 */
function receiverOfResult(pkg: GoPackage, start: GoroutineStart): Waiter | undefined {
  for (const chan of [...start.call.args, ...resultChannels(pkg, start)]) {
    const binding = chan.kind === 'Ident' ? pkg.bindingOf(chan) : undefined;
    if (binding?.kind !== 'var' || pkg.underlying(pkg.typeOf(chan)).kind !== 'chan') continue;
    const evidence = pkg.usesOf(binding).filter((use) => !isInside(pkg, use, start.node) && isAwaited(pkg, use));
    if (evidence.length > 0) return { by: 'done-channel', name: textOf(pkg, chan), evidence };
  }
  return undefined;
}

/** Local channels of the starter on which the literal of a goroutine sends, outside of loops. */
function resultChannels(pkg: GoPackage, { call }: GoroutineStart): readonly Ident[] {
  const found: Ident[] = [];
  const literal = unparen(call.fun);
  if (literal.kind !== 'FuncLit') return found;
  walk(literal.body, (node) => {
    if (node.kind === 'ForStmt' || node.kind === 'RangeStmt' || node.kind === 'GoStmt') return false;
    if (node.kind !== 'SendStmt' || node.chan.kind !== 'Ident') return true;
    const binding = pkg.bindingOf(node.chan);
    if (binding?.global === false && binding.ident && !isInside(pkg, binding.ident, literal)) found.push(node.chan);
    return true;
  });
  return found;
}

/** Functions that pass a channel on to each other are followed to this depth. */
const maxHandings = 4;

/** `<-ch` outside of a select, or in a function to which the channel is given. */
function isAwaited(pkg: GoPackage, use: Ident, depth = maxHandings): boolean {
  const parent = pkg.parentOf(use);
  if (parent?.kind === 'UnaryExpr') return parent.op === '<-' && !standsInSelect(pkg, parent);
  if (parent?.kind !== 'CallExpr' || pkg.parentOf(parent)?.kind === 'GoStmt' || depth === 0) return false;
  const callee = pkg.calleeOf(parent);
  const param = callee.kind === 'func' ? paramAt(callee.decl, parent.args.indexOf(use)) : undefined;
  const binding = param && pkg.bindingOf(param);
  return binding !== undefined && pkg.usesOf(binding).some((inner) => isAwaited(pkg, inner, depth - 1));
}

function paramAt(decl: FuncDecl, at: number): Ident | undefined {
  return decl.type.params.flatMap(({ names }) => names)[at];
}

function standsInSelect(pkg: GoPackage, receive: Node): boolean {
  const statement = pkg.parentOf(receive);
  const clause = statement && pkg.parentOf(statement);
  return clause?.kind === 'CommClause' && clause.comm === statement;
}

function waiterOfGroupCall(pkg: GoPackage, start: GoroutineStart): Waiter | undefined {
  const fun = start.call.fun;
  if (fun.kind !== 'SelectorExpr') return undefined;
  return waitOn(pkg, fun.x, start.kind === 'errgroup-go' ? 'errgroup' : 'waitgroup');
}

/** `wg.Done()`, `close(done)`: the call that tells somebody that the goroutine ends. */
function waiterOfSignal(pkg: GoPackage, call: CallExpr, start: GoroutineStart): Waiter | undefined {
  const callee = pkg.calleeOf(call);
  const fun = unparen(call.fun);
  if (fun.kind === 'SelectorExpr' && fun.sel.name === 'Done' && isGroup(pkg, fun.x))
    return waitOn(pkg, fun.x, 'waitgroup');
  const closed = callee.kind === 'builtin' && callee.name === 'close' ? call.args[0] : undefined;
  return closed && receiverOf(pkg, closed, start);
}

function isGroup(pkg: GoPackage, expr: Expr): boolean {
  const type = pkg.typeOf(expr);
  return isNamed(type, 'sync', 'WaitGroup') || type.kind === 'unknown';
}

function waitOn(pkg: GoPackage, group: Expr, by: 'waitgroup' | 'errgroup'): Waiter | undefined {
  const name = textOf(pkg, group);
  const target = ownerOfName(pkg, group);
  if (!target) return { by: 'handed-off', name, evidence: [group] };
  if (target.kind === 'field') {
    const waits = target.field.uses.filter((use) => use.method === 'Wait').map((use) => use.node);
    if (waits.length > 0) return { by, name, evidence: waits };
    const handed = target.field.uses.some((use) => use.kind === 'read') || target.field.embedded;
    return handed ? { by: 'handed-off', name, evidence: [group] } : undefined;
  }
  return waitOnVariable(pkg, target.binding, name, by);
}

function waitOnVariable(
  pkg: GoPackage,
  binding: Binding,
  name: string,
  by: 'waitgroup' | 'errgroup',
): Waiter | undefined {
  const uses = pkg.usesOf(binding);
  const waits = uses.filter((use) => methodCalledOn(pkg, use) === 'Wait');
  if (waits.length > 0) return { by, name, evidence: waits };
  if (binding.kind !== 'var' || uses.some((use) => methodCalledOn(pkg, use) === undefined)) {
    return { by: 'handed-off', name, evidence: uses.slice(0, 1) };
  }
  return undefined;
}

/** `x` used as `x.M(...)`: the name of M. */
function methodCalledOn(pkg: GoPackage, use: Ident): string | undefined {
  const parent = pkg.parentOf(use);
  return parent?.kind === 'SelectorExpr' && parent.x === use ? parent.sel.name : undefined;
}

/** Somebody outside the goroutine receives from the channel that it closes. */
function receiverOf(pkg: GoPackage, chan: Expr, start: GoroutineStart): Waiter | undefined {
  const name = textOf(pkg, chan);
  const ref = channelOf(pkg, chan);
  if (ref.kind === 'field') {
    const receives = ref.field.uses
      .filter((use) => use.kind === 'receive' || use.kind === 'range')
      .map((use) => use.node);
    if (receives.length > 0) return { by: 'done-channel', name, evidence: receives };
    return { by: 'handed-off', name, evidence: [chan] };
  }
  if (ref.kind !== 'variable') return { by: 'handed-off', name, evidence: [chan] };
  const outside = pkg.usesOf(ref.binding).filter((use) => !isInside(pkg, use, start.node) && use !== chan);
  return outside.length > 0 ? { by: 'done-channel', name, evidence: outside } : undefined;
}

function isInside(pkg: GoPackage, node: Node, outer: Node): boolean {
  return (
    pkg.fileOf(node) === pkg.fileOf(outer) && outer.range.start <= node.range.start && node.range.end <= outer.range.end
  );
}

export type NamedThing =
  | { readonly kind: 'field'; readonly field: FieldInfo }
  | { readonly kind: 'variable'; readonly binding: Binding };

/** The field or variable behind `x`, `&x`, `*x`, `(x)`. */
export function ownerOfName(pkg: GoPackage, expr: Expr): NamedThing | undefined {
  const x = unparen(expr);
  if (x.kind === 'StarExpr' || x.kind === 'UnaryExpr') return ownerOfName(pkg, x.x);
  if (x.kind === 'SelectorExpr') {
    const field = pkg.fieldOf(x);
    return field && { kind: 'field', field };
  }
  const binding = x.kind === 'Ident' ? pkg.bindingOf(x) : undefined;
  return binding && { kind: 'variable', binding };
}

/** The source text of a node. */
export function textOf(pkg: GoPackage, node: Node): string {
  return pkg.fileOf(node).text.slice(node.range.start, node.range.end);
}
