/**
 * Ways to be told to stop: contexts and stop channels, and whether a function waits for one. A producer that has one at
 * hand and does not wait for it beside its send is what maintainers repair.
 */
import type { Expr, FuncType, Node, SelectStmt, Stmt } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import { isStopChannelName } from '../../go/stop-names.ts';
import { type GoType, isNamed } from '../../go/types.ts';
import { walk } from '../../go/walk.ts';
import type { Func } from './place.ts';

/** Import paths under which `Context` is known: the standard library's, and those of before Go 1.7. */
const contextPaths = ['context', 'golang.org/x/net/context', 'code.google.com/p/go.net/context'];

export function isContext(type: GoType): boolean {
  return contextPaths.some((path) => isNamed(type, path, 'Context'));
}

/** A context, or an interface of the package in which one is embedded. */
export function isContextLike(pkg: GoPackage, type: GoType, depth = 2): boolean {
  if (isContext(type)) return true;
  const spec = depth > 0 && type.kind === 'named' ? pkg.typeInfoOf(type)?.spec.type : undefined;
  if (spec?.kind !== 'InterfaceType') return false;
  return spec.methods.some(
    (one) => one.names.length === 0 && isContextLike(pkg, pkg.typeOfTypeExpr(one.type), depth - 1),
  );
}

/** Whether the caller of a function gives it a way to be stopped: a context, a request that has one, a stop channel. */
export function hasStopParameter(pkg: GoPackage, type: FuncType): boolean {
  return type.params.some((param) => {
    const of = pkg.typeOfTypeExpr(param.type);
    if (isContextLike(pkg, of) || isNamed(of, 'net/http', 'Request')) return true;
    return isSignal(of) && param.names.some(({ name }) => isStopChannelName(name));
  });
}

/** Whether a function asks one of its parameters (or the receiver) for a context: `req.Context()`, `req.Context`, `s.ctx`. */
export function mentionsContext(pkg: GoPackage, func: Func): boolean {
  let found = false;
  walk(func, (node) => {
    if (found || node.kind !== 'SelectorExpr') return !found;
    found = isHanded(pkg, node.x) && (node.sel.name === 'Context' || isContextLike(pkg, pkg.typeOf(node)));
    return !found;
  });
  return found;
}

/** A parameter or receiver, or something selected from one. */
function isHanded(pkg: GoPackage, expr: Expr): boolean {
  let root = expr;
  while (root.kind === 'SelectorExpr' || root.kind === 'ParenExpr' || root.kind === 'StarExpr') root = root.x;
  if (root.kind !== 'Ident') return false;
  const kind = pkg.bindingOf(root)?.kind;
  return kind === 'param' || kind === 'receiver';
}

/** Whether a function, its literals left out, has a `select` in which a receive from a context or stop channel leads on. */
export function selectsOnStop(pkg: GoPackage, func: Func): boolean {
  let found = false;
  walk(func, (node) => {
    if (found || (node !== func && node.kind === 'FuncLit')) return false;
    found = node.kind === 'SelectStmt' && hasStopArm(pkg, node);
    return !found;
  });
  return found;
}

export function hasStopArm(pkg: GoPackage, { clauses }: SelectStmt): boolean {
  return clauses.some(({ comm }) => comm !== undefined && isStopChannel(pkg, receivedFrom(comm)));
}

/** The channel of a select arm that receives. */
export function receivedFrom(comm: Stmt): Expr | undefined {
  const value: Node | undefined =
    comm.kind === 'ExprStmt' ? comm.x : comm.kind === 'AssignStmt' ? comm.rhs[0] : undefined;
  return value?.kind === 'UnaryExpr' && value.op === '<-' ? value.x : undefined;
}

function isStopChannel(pkg: GoPackage, chan: Expr | undefined): boolean {
  if (chan === undefined) return false;
  if (chan.kind === 'CallExpr') return chan.fun.kind === 'SelectorExpr' && chan.fun.sel.name === 'Done';
  const name = chan.kind === 'Ident' ? chan.name : chan.kind === 'SelectorExpr' ? chan.sel.name : '';
  return isStopChannelName(name) && isSignal(pkg.typeOf(chan));
}

/** A channel whose values say nothing but that they came. */
function isSignal(type: GoType): boolean {
  if (type.kind !== 'chan' || type.dir === 'send') return false;
  const { elem } = type;
  return (elem.kind === 'struct' && elem.fields.length === 0) || (elem.kind === 'basic' && elem.name === 'bool');
}

/** `context.Background()` or `context.TODO()`: a context that nobody can end. */
export function isEndlessContext(pkg: GoPackage, expr: Expr | undefined): boolean {
  const callee = expr?.kind === 'CallExpr' ? pkg.calleeOf(expr) : undefined;
  return callee?.kind === 'external' && callee.path === 'context' && /^(Background|TODO)$/.test(callee.name);
}
