/** Further conditions under which a resource that is not released keeps a goroutine. */
import { isGivenCommand } from '../../concurrency/open/commands.ts';
import { isEndlessContext } from '../../concurrency/open/stops.ts';
import type { CallExpr, Expr } from '../../go/ast.ts';
import type { Binding, GoPackage } from '../../go/package.ts';
import { walk } from '../../go/walk.ts';
import { loopsAround, neverReturns } from '../ownership/loop.ts';
import { isHandler, repetitionOf } from '../ownership/repetition.ts';
import type { Acquisition } from './acquisition.ts';
import { calleeName } from './callee-name.ts';
import { fateOf } from './fate.ts';

export function holds(pkg: GoPackage, acquisition: Acquisition): boolean {
  switch (acquisition.resource.condition) {
    case 'keeps-goroutine':
      return keepsGoroutine(pkg, acquisition);
    case 'read-by-goroutine':
      return pkg.name !== 'main' && isReadByGoroutine(pkg, acquisition);
    case 'started-again':
      return isStartedAgain(pkg, acquisition) || isReleasedSomewhere(pkg, acquisition);
    case 'not-cancelled':
      return !defersCancel(pkg, acquisition);
    case 'owner-stays':
      return !defersOwnerClose(pkg, acquisition);
    case 'endless-context':
      return isEndless(pkg, acquisition.call.args[0], 0) && !defersOwnerClose(pkg, acquisition);
    case 'not-for-process':
      return !lastsAsLongAsProcess(pkg, acquisition) || isReleasedSomewhere(pkg, acquisition);
    case 'released-here':
      return isReleasedSomewhere(pkg, acquisition) && !defersOwnerClose(pkg, acquisition);
    default:
      return acquisition.resource.rule !== 'unclosed-body' || !asksForHead(pkg, acquisition.call);
  }
}

/**
 * A command with a context is watched by a goroutine, and one whose streams are no files has a goroutine for each
 * (https://pkg.go.dev/os/exec#Cmd). One that is detached on purpose (`SysProcAttr`) is left alone.
 */
function keepsGoroutine(pkg: GoPackage, { binding }: Acquisition): boolean {
  if (!binding) return false;
  const fields = pkg.usesOf(binding).flatMap((use) => {
    const parent = pkg.parentOf(use);
    const assignment = parent && pkg.parentOf(parent);
    if (parent?.kind !== 'SelectorExpr' || assignment?.kind !== 'AssignStmt') return [];
    const at = assignment.lhs.indexOf(parent);
    return at < 0 ? [] : [{ name: parent.sel.name, value: assignment.rhs[at] }];
  });
  if (fields.some(({ name }) => name === 'SysProcAttr')) return false;
  const decl = binding.decl?.kind === 'AssignStmt' ? binding.decl.rhs[0] : undefined;
  if (decl?.kind === 'CallExpr' && calleeName(pkg, decl) === 'os/exec.CommandContext') return true;
  return fields.some(({ name, value }) => /^(Stdin|Stdout|Stderr)$/.test(name) && value && !isFile(pkg, value));
}

function isFile(pkg: GoPackage, value: Expr): boolean {
  const type = pkg.typeOf(value);
  const base = type.kind === 'pointer' ? type.elem : type;
  if (base.kind === 'unknown' || base.kind === 'nil') return true;
  return base.kind === 'named' && base.path === 'os' && base.name === 'File';
}

/**
 * A `go func() { ... }()` of the same function receives from the channel again and again. One that waits for a single
 * signal, or that ends the process, stands for the process, whose end it is.
 */
function isReadByGoroutine(pkg: GoPackage, { binding, inside }: Acquisition): boolean {
  let read = false;
  if (!binding || !inside.body) return false;
  walk(inside.body, (node) => {
    if (node.kind === 'GoStmt' && node.call.kind === 'CallExpr') read ||= receivesForever(pkg, node.call, binding);
    return !read;
  });
  return read;
}

function receivesForever(pkg: GoPackage, { fun }: CallExpr, binding: Binding): boolean {
  let [receives, ends] = [false, false];
  if (fun.kind !== 'FuncLit') return false;
  walk(fun.body, (node) => {
    if (node.kind === 'CallExpr' && neverReturns(pkg, node)) ends = true;
    const received = node.kind === 'UnaryExpr' && node.op === '<-' && loopsAround(pkg, node).length > 0;
    const channel = node.kind === 'RangeStmt' ? node.x : received ? node.x : undefined;
    if (channel?.kind === 'Ident' && pkg.bindingOf(channel) === binding) receives = true;
  });
  return receives && !ends;
}

/** `defer cancel()` of a context of the same function: its goroutines are told to end, and a group of them with it. */
function defersCancel(pkg: GoPackage, { inside }: Acquisition): boolean {
  let cancels = false;
  if (!inside.body) return false;
  walk(inside.body, (node) => {
    const called = node.kind === 'DeferStmt' && node.call.kind === 'CallExpr' ? node.call.fun : undefined;
    const decl = called?.kind === 'Ident' ? pkg.bindingOf(called)?.decl : undefined;
    const made = decl?.kind === 'AssignStmt' && decl.rhs.length === 1 ? decl.rhs[0] : undefined;
    if (made?.kind === 'CallExpr' && /^context\.With/.test(calleeName(pkg, made) ?? '')) cancels = true;
    return !cancels && node.kind !== 'FuncLit';
  });
  return cancels;
}

/** `defer db.Close()` in the same function, of the receiver or of an argument: the pool is closed with all that it lent. */
function defersOwnerClose(pkg: GoPackage, { call, inside }: Acquisition): boolean {
  const named = [call.fun.kind === 'SelectorExpr' ? call.fun.x : call.fun, ...call.args];
  const owners = new Set(named.flatMap((each) => (each.kind === 'Ident' ? (pkg.bindingOf(each) ?? []) : [])));
  let closes = false;
  if (owners.size === 0 || !inside.body) return false;
  walk(inside.body, (node) => {
    const called = node.kind === 'DeferStmt' && node.call.kind === 'CallExpr' ? node.call.fun : undefined;
    const owner = called?.kind === 'SelectorExpr' && called.sel.name === 'Close' ? called.x : undefined;
    const binding = owner?.kind === 'Ident' ? pkg.bindingOf(owner) : undefined;
    closes ||= binding !== undefined && owners.has(binding);
    return !closes && node.kind !== 'FuncLit';
  });
  return closes;
}

/** Started for each request or round. One that is started once may be meant to last as long as the process. */
function isStartedAgain(pkg: GoPackage, { statement }: Acquisition): boolean {
  const start = pkg.goroutineStarts.find(({ node }) => node === statement);
  const often = start && repetitionOf(pkg, start).kind;
  return often === 'loop' || often === 'request';
}

/** The function itself means to end it: then it has to on every path. */
export function isReleasedSomewhere(pkg: GoPackage, { resource, binding, inside }: Acquisition): boolean {
  if (!binding) return false;
  const uses = pkg.usesOf(binding).filter((use) => (pkg.enclosing(use).inner ?? pkg.enclosing(use).func) === inside);
  return uses.some((use) => fateOf(pkg, resource, use) === 'released');
}

/**
 * In package main, or in the function of a command. Assumption: what such a function opens once, the end of the process
 * closes; a loop or a request that it serves opens again and again.
 */
function lastsAsLongAsProcess(pkg: GoPackage, { statement, inside }: Acquisition): boolean {
  if (loopsAround(pkg, statement).length > 0 || isHandler(pkg, inside)) return false;
  const { func } = pkg.enclosing(statement);
  const around = [inside, ...(func ? [func] : [])];
  return pkg.name === 'main' || around.some((each) => isGivenCommand(pkg, each));
}

/** `context.Background()`, or a variable that holds nothing else. */
function isEndless(pkg: GoPackage, context: Expr | undefined, depth: number): boolean {
  if (context?.kind === 'CallExpr') return isEndlessContext(pkg, context);
  const decl = context?.kind === 'Ident' ? pkg.bindingOf(context)?.decl : undefined;
  return decl?.kind === 'AssignStmt' && decl.tok === ':=' && decl.rhs.length === 1 && depth === 0
    ? isEndless(pkg, decl.rhs[0], depth + 1)
    : false;
}

/** The answer to a HEAD request has no body: the method stands in the call, or in the one that made its request. */
function asksForHead(pkg: GoPackage, call: CallExpr): boolean {
  return call.args.some((arg) => {
    if (pkg.constantOf(arg) === 'HEAD' || isMethodHead(pkg, arg)) return true;
    const decl = arg.kind === 'Ident' ? pkg.bindingOf(arg)?.decl : undefined;
    const made = decl?.kind === 'AssignStmt' && decl.rhs.length === 1 ? decl.rhs[0] : undefined;
    return (
      made?.kind === 'CallExpr' && made.args.some((each) => pkg.constantOf(each) === 'HEAD' || isMethodHead(pkg, each))
    );
  });
}

function isMethodHead(pkg: GoPackage, arg: Expr): boolean {
  return (
    arg.kind === 'SelectorExpr' &&
    arg.sel.name === 'MethodHead' &&
    arg.x.kind === 'Ident' &&
    pkg.bindingOf(arg.x)?.importPath === 'net/http'
  );
}
