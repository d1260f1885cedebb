/**
 * How often a goroutine may be started: once for the process, once for the value that owns it, or again and again.
 */

import type { Expr, FuncDecl, FuncLit, Node } from '../../go/ast.ts';
import { isExported } from '../../go/exported.ts';
import type { GoPackage, GoroutineStart } from '../../go/package.ts';
import { isStartName } from '../../go/start-names.ts';
import { isTestFile } from '../../go/test-code.ts';
import { isNamed } from '../../go/types.ts';
import { isEndless, type Loop, loopsAround } from './loop.ts';

export type Repetition =
  | { readonly kind: 'process'; readonly reason: string }
  /** No evidence that it is started more than once for one value. */
  | { readonly kind: 'once' }
  /** Started again by a loop; `loop` may stand in a caller. */
  | { readonly kind: 'loop'; readonly loop: Loop; readonly at: Node }
  /** Started once for each request that a handler serves. */
  | { readonly kind: 'request'; readonly at: Node }
  /** Started by each call of an exported method or function that is not made to be called once. */
  | { readonly kind: 'call'; readonly func: FuncDecl };

const maxCallers = 4;

export function repetitionOf(pkg: GoPackage, start: GoroutineStart): Repetition {
  return repetitionAt(pkg, start.node, 0, new Set());
}

function repetitionAt(pkg: GoPackage, node: Node, depth: number, seen: Set<Node>): Repetition {
  const loop = loopsAround(pkg, node).find((each) => !isShort(pkg, each));
  if (loop) return { kind: 'loop', loop, at: node };
  const { func, inner } = pkg.enclosing(node);
  if (inner && inner !== node) return repetitionOfLiteral(pkg, inner, depth, seen);
  if (!func || seen.has(func)) return { kind: 'once' };
  seen.add(func);
  return repetitionOfFunc(pkg, func, depth, seen);
}

function repetitionOfFunc(pkg: GoPackage, func: FuncDecl, depth: number, seen: Set<Node>): Repetition {
  if (isProcessEntry(pkg, func)) return { kind: 'process', reason: `\`${func.name.name}\` runs once for the process` };
  if (isHandler(pkg, func)) return { kind: 'request', at: func.name };
  if (depth < maxCallers) {
    for (const call of pkg.callersOf(func)) {
      if (isTestFile(pkg.fileOf(call).path)) continue;
      const found = repetitionAt(pkg, call, depth + 1, seen);
      if (found.kind !== 'once') return found;
    }
  }
  const callable = isExported(func.name.name) && !isStartName(func.name.name) && pkg.name !== 'main';
  return callable ? { kind: 'call', func } : { kind: 'once' };
}

/** A literal runs where it stands when it is called or started there; handed to something else it may run any time. */
function repetitionOfLiteral(pkg: GoPackage, lit: FuncLit, depth: number, seen: Set<Node>): Repetition {
  if (seen.has(lit)) return { kind: 'once' };
  seen.add(lit);
  if (isHandler(pkg, lit)) return { kind: 'request', at: lit };
  const parent = pkg.parentOf(lit);
  const call = parent?.kind === 'CallExpr' ? parent : undefined;
  if (call?.fun === lit) return repetitionAt(pkg, call, depth + 1, seen);
  const callee = call && pkg.calleeOf(call);
  const once = callee?.kind === 'externalMethod' && callee.type === 'Once';
  if (once) return { kind: 'once' };
  return repetitionAt(pkg, parent ?? lit, depth + 1, seen);
}

/** `main` of package main, and every `init`. */
export function isProcessEntry(pkg: GoPackage, func: FuncDecl): boolean {
  if (func.recv) return false;
  return func.name.name === 'init' || (func.name.name === 'main' && pkg.name === 'main');
}

/** A function with the parameters of an http.Handler. */
export function isHandler(pkg: GoPackage, func: FuncDecl | FuncLit): boolean {
  return func.type.params.some((param) => isNamed(pkg.typeOfTypeExpr(param.type), 'net/http', 'ResponseWriter'));
}

/** A counted loop whose bound is a small constant. */
function isShort(pkg: GoPackage, loop: Loop): boolean {
  if (loop.kind === 'RangeStmt') return isSmall(pkg, loop.x) || isLiteralList(loop.x);
  if (isEndless(pkg, loop) || loop.cond?.kind !== 'BinaryExpr') return false;
  return isSmall(pkg, loop.cond.y) || isProcessors(loop.cond.y);
}

function isSmall(pkg: GoPackage, expr: Expr): boolean {
  const value = pkg.constantOf(expr);
  return typeof value === 'number' && value <= 64;
}

function isLiteralList(expr: Expr): boolean {
  return expr.kind === 'CompositeLit';
}

function isProcessors(expr: Expr): boolean {
  return (
    expr.kind === 'CallExpr' && expr.fun.kind === 'SelectorExpr' && /^(NumCPU|GOMAXPROCS)$/.test(expr.fun.sel.name)
  );
}
