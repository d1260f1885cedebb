/**
 * Goroutines that wait for the context that a function was given, although the function derives one of its own from it and
 * cancels that when it returns: `ctx2, cancel := context.WithCancel(ctx); defer cancel(); go func() { <-ctx.Done(); ... }()`.
 * The author has made the end that they miss.
 */
import type { Ident, Node } from '../../go/ast.ts';
import type { Binding, GoPackage } from '../../go/package.ts';
import { walk } from '../../go/walk.ts';
import type { StuckProcess } from '../leak.ts';
import { endsWithCall } from './context-watch.ts';
import { type Func, functionsAround } from './place.ts';

/** Whether a function may hold such a goroutine; a look at its text. */
export function mayWatchParent(text: string): boolean {
  return /\bcontext\.With(Cancel|Timeout|Deadline)/.test(text) && /\bgo\b/.test(text) && /\bDone\(\)/.test(text);
}

/** Whether a stuck goroutine waits for the parent of a context that the function which started it has cancelled. */
export function isParentWatch(pkg: GoPackage, entry: Func, { process, outside }: StuckProcess): boolean {
  if (outside?.some((role) => role !== 'parameter') !== false || !process.start) return false;
  const literal = functionsAround(process.code.site).at(-1);
  if (literal?.kind !== 'FuncLit' || functionsAround(process.start).at(-1) !== entry || endsWithCall(pkg, entry))
    return false;
  return derivedIn(pkg, entry).some(({ parent, derived, from }) => {
    const started = process.start !== undefined && from.range.end < process.start.range.start;
    return started && uses(pkg, literal, parent) && !uses(pkg, literal, derived);
  });
}

interface Derived {
  readonly parent: Binding;
  readonly derived: Binding;
  readonly from: Node;
}

/** The contexts that a function derives from a variable, and cancels by a `defer`. */
function derivedIn(pkg: GoPackage, entry: Func): readonly Derived[] {
  const found: Derived[] = [];
  if (entry.body)
    walk(entry.body, (node) => {
      if (node.kind === 'FuncLit') return false;
      const call = node.kind === 'AssignStmt' && node.lhs.length === 2 ? node.rhs[0] : undefined;
      if (node.kind !== 'AssignStmt' || call?.kind !== 'CallExpr') return true;
      const callee = pkg.calleeOf(call);
      if (
        callee.kind !== 'external' ||
        callee.path !== 'context' ||
        !/^With(Cancel|Timeout|Deadline)/.test(callee.name)
      )
        return true;
      const [parent, derived, cancel] = [call.args[0], node.lhs[0], node.lhs[1]].map((expr) =>
        expr?.kind === 'Ident' ? pkg.bindingOf(expr) : undefined,
      );
      if (parent && derived && derived !== parent && cancel && isDeferred(pkg, cancel))
        found.push({ parent, derived, from: node });
      return true;
    });
  return found;
}

function isDeferred(pkg: GoPackage, cancel: Binding): boolean {
  return pkg.usesOf(cancel).some((use: Ident) => {
    const call = pkg.parentOf(use);
    return call?.kind === 'CallExpr' && call.fun === use && pkg.parentOf(call)?.kind === 'DeferStmt';
  });
}

function uses(pkg: GoPackage, literal: Node, binding: Binding): boolean {
  let found = false;
  walk(literal, (node) => {
    found ||= node.kind === 'Ident' && node.name === binding.name && pkg.bindingOf(node) === binding;
    return !found;
  });
  return found;
}
