/**
 * A function that was handed to a method which the package shows, although the call goes through an interface: each method of
 * that name calls what it is given once. The value of that call was received on the path, so that a second call is assumed.
 */
import type { CallExpr, Expr, FuncDecl, Ident } from '../../../go/ast.ts';
import type { GoPackage } from '../../../go/package.ts';
import { loopsAround } from '../../ownership/loop.ts';
import { nodesAround } from '../operation.ts';
import type { Story } from '../story.ts';
import type { Assumption } from './assumption.ts';

/** So far a function is followed that is passed on. */
const maxHandings = 6;

export function secondCall(pkg: GoPackage, { root, leak }: Story): Assumption | undefined {
  const { start } = root.process;
  if (root.kind !== 'send' || !root.callback || !start?.file) return undefined;
  const received = leak.trace.some(
    ({ what }) => what.kind === 'recv' && what.fromOutside === true && what.object === root.object,
  );
  const call = nodesAround(start.file, start.range).findLast((node) => node.kind === 'CallExpr');
  if (!received || call?.kind !== 'CallExpr' || !isCalledOnce(pkg, call)) return undefined;
  return { kind: 'second-call', text: `\`${root.callback.callee}\` calls the function that it was given twice` };
}

/** All methods of the package that the call may reach, by their name, call the function once. */
function isCalledOnce(pkg: GoPackage, { fun, args }: CallExpr): boolean {
  const at = args.findIndex(({ kind }) => kind === 'FuncLit');
  if (fun.kind !== 'SelectorExpr' || at < 0) return false;
  const methods = [...pkg.types.values()].flatMap((type) => type.methods.get(fun.sel.name) ?? []);
  return methods.length > 0 && methods.every((method) => callsOnce(pkg, method, at, maxHandings));
}

/** The parameter is only called, or passed to one that calls it, outside of loops. */
function callsOnce(pkg: GoPackage, decl: FuncDecl, at: number, depth: number): boolean {
  const home = pkg.homeOf(decl);
  const param = decl.type.params.flatMap(({ names }) => names)[at];
  const binding = param && home.bindingOf(param);
  if (!binding || depth === 0) return false;
  const uses = home.usesOf(binding);
  return uses.length === 1 && uses.every((use) => isOneCall(home, use, depth));
}

function isOneCall(pkg: GoPackage, use: Ident, depth: number): boolean {
  const call = pkg.parentOf(use);
  if (call?.kind !== 'CallExpr' || loopsAround(pkg, call).length > 0 || !isRunOnTheSpot(pkg, call)) return false;
  if (call.fun === use) return true;
  const callee = pkg.calleeOf(call);
  if (callee.kind !== 'func' && callee.kind !== 'method') return false;
  return callsOnce(pkg, callee.decl, call.args.indexOf(use as Expr), depth - 1);
}

/** It stands in the function itself, or in a literal that is called or started there, outside of loops. */
function isRunOnTheSpot(pkg: GoPackage, call: CallExpr): boolean {
  const { inner } = pkg.enclosing(call);
  if (!inner) return true;
  const runs = pkg.parentOf(inner);
  return runs?.kind === 'CallExpr' && runs.fun === inner && loopsAround(pkg, runs).length === 0;
}
