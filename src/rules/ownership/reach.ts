/**
 * What a goroutine runs, as far as the package shows it: the body, and the bodies of the package's own functions that
 * it calls, to a small depth. Bounded in depth and in nodes; what lies beyond is left out, which only makes rules quiet.
 */
import type { BlockStmt, Expr, FuncDecl, FuncLit, Node } from '../../go/ast.ts';
import type { Callee, GoPackage, GoroutineStart } from '../../go/package.ts';
import { walk } from '../../go/walk.ts';

const maxDepth = 4;
const maxNodes = 30_000;

export type Func = FuncDecl | FuncLit;

/** The body of a function; undefined for an external declaration or one that did not parse. */
export function bodyOf(func: Func): BlockStmt | undefined {
  return func.body;
}

/** The function that a callee names, when the package shows it. */
export function visibleFunc(callee: Callee): Func | undefined {
  if (callee.kind === 'func' || callee.kind === 'method') return callee.decl;
  return callee.kind === 'lit' ? callee.lit : undefined;
}

/** The function that a goroutine runs; undefined when the package does not show it. */
export function goroutineFunc(start: GoroutineStart): Func | undefined {
  return visibleFunc(start.callee);
}

/** What a goroutine does: the function that it runs or, when that only calls one it is given, the given one. */
export function workOf(pkg: GoPackage, start: GoroutineStart): Func | undefined {
  const func = goroutineFunc(start);
  const params = func?.type.params.flatMap((param) => param.names.map(({ name }) => name)) ?? [];
  const given = func?.kind === 'FuncDecl' ? params.findIndex((name) => callsOnly(func, name)) : -1;
  const value = given < 0 ? undefined : start.call.args[given];
  return (value && funcOfValue(pkg, value)) ?? func;
}

/** `name()` stands among the statements of a function. */
function callsOnly({ body }: FuncDecl, name: string): boolean {
  return (
    body?.list.some(
      (stmt) =>
        stmt.kind === 'ExprStmt' &&
        stmt.x.kind === 'CallExpr' &&
        stmt.x.fun.kind === 'Ident' &&
        stmt.x.fun.name === name,
    ) ?? false
  );
}

function funcOfValue(pkg: GoPackage, value: Expr): Func | undefined {
  if (value.kind === 'FuncLit') return value;
  if (value.kind === 'SelectorExpr') return pkg.methodOf(pkg.typeOf(value.x), value.sel.name);
  const decl = value.kind === 'Ident' ? pkg.bindingOf(value)?.decl : undefined;
  return decl?.kind === 'FuncDecl' ? decl : undefined;
}

/** Visits a node of what runs in this goroutine. Return false to leave out what lies below. */
export type ReachVisitor = (node: Node, inside: Func) => boolean | undefined;

/**
 * Visits everything that surely belongs to the goroutine which runs `root`: its statements, literals called or
 * deferred on the spot, and called functions of the package. Bodies of further `go` statements and literals that are
 * only passed on are left out. Each function is visited once.
 */
export function walkReached(pkg: GoPackage, root: Func, visit: ReachVisitor): void {
  walkCalled(
    pkg,
    root,
    (node, func) => {
      if (node.kind === 'FuncLit' || visit(node, func) === false) return false;
      return node.kind !== 'GoStmt';
    },
    () => true,
  );
}

/**
 * Visits everything that may belong to the goroutine: like `walkReached`, but with every literal and every nested
 * `go` in the bodies. For evidence that makes a rule quiet.
 */
export function walkAround(pkg: GoPackage, root: Func, visit: (node: Node) => void): void {
  walkCalled(
    pkg,
    root,
    (node) => {
      visit(node);
      return true;
    },
    (callee) => callee.kind === 'FuncDecl',
  );
}

/** Visits a function and, breadth first, those that it calls; a call below a node that is left out does not count. */
function walkCalled(
  pkg: GoPackage,
  root: Func,
  enter: (node: Node, inside: Func) => boolean,
  follows: (callee: Func) => boolean,
): void {
  const seen = new Set<Func>([root]);
  const queue: { readonly func: Func; readonly depth: number }[] = [{ func: root, depth: 0 }];
  let budget = maxNodes;
  for (let next = queue.shift(); next && budget > 0; next = queue.shift()) {
    const { func, depth } = next;
    const body = bodyOf(func);
    if (!body) continue;
    walk(body, (node) => {
      budget -= 1;
      if (budget <= 0 || !enter(node, func)) return false;
      if (node.kind !== 'CallExpr' || depth >= maxDepth) return true;
      const callee = visibleFunc(pkg.calleeOf(node));
      if (!callee || !follows(callee) || seen.has(callee)) return true;
      seen.add(callee);
      queue.push({ func: callee, depth: depth + 1 });
      return true;
    });
  }
}

/** The statements of one function without nested literals. */
export function walkOwn(body: BlockStmt, visit: (node: Node) => boolean | undefined): void {
  walk(body, (node) => (node.kind === 'FuncLit' ? false : visit(node)));
}
