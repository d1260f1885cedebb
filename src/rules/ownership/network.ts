/** Network calls of a goroutine that nothing limits in time. */
import type { AssignStmt, CallExpr, Expr, Node } from '../../go/ast.ts';
import type { Binding, GoPackage } from '../../go/package.ts';
import { deadlineMethods, dialsWithoutDeadline, httpWithoutTimeout } from './network-facts.ts';
import { bodyOf, type Func, walkReached } from './reach.ts';

export interface UndeadlinedCall {
  readonly kind: 'dial' | 'request';
  readonly node: CallExpr;
  /** As written at pkg.go.dev: `net.Dial`. */
  readonly name: string;
  /** The function that holds the call. */
  readonly inside: Func;
  /** A later wait for the peer on the connection that the call made. */
  readonly wait?: Node;
}

/**
 * Calls that wait on a peer with no deadline:
 *
 *  1. `http.Get` and the like, which use the default client;
 *  2. a dial without timeout whose connection is then read or handed to a reader in the same function, and never gets
 *     a deadline, is not stored or returned before, and is not closed by anybody else;
 *  3. the same with a dial in the function around the goroutine, when nobody closes the connection: who starts the
 *     goroutine may stop waiting for it, but it goes on waiting for the peer.
 */
export function undeadlinedCalls(pkg: GoPackage, root: Func): readonly UndeadlinedCall[] {
  const calls: UndeadlinedCall[] = [];
  walkReached(pkg, root, (node, inside) => {
    if (node.kind !== 'CallExpr') return;
    const call = judge(pkg, node, inside);
    if (call) calls.push(call);
  });
  return [...calls, ...dialledAround(pkg, root)];
}

/** Dials in the function around a literal whose connection the literal reads from, and nobody closes or limits. */
function dialledAround(pkg: GoPackage, root: Func): readonly UndeadlinedCall[] {
  const found = new Map<Node, UndeadlinedCall>();
  if (root.kind !== 'FuncLit') return [];
  walkReached(pkg, root, (node, inside) => {
    if (node.kind !== 'CallExpr' || inside !== root) return;
    const { fun } = node;
    if (fun.kind !== 'SelectorExpr' || fun.sel.name !== 'Read' || fun.x.kind !== 'Ident') return;
    const conn = pkg.bindingOf(fun.x);
    const dial = conn?.decl?.kind === 'AssignStmt' ? conn.decl.rhs[0] : undefined;
    if (!conn?.func || conn.func === root || dial?.kind !== 'CallExpr' || !isOnlyUsed(pkg, conn)) return;
    const name = dialName(pkg, dial);
    if (name !== undefined) found.set(dial, { kind: 'dial', node: dial, name, inside: conn.func, wait: fun });
  });
  return [...found.values()];
}

/** Whether a connection is neither closed, limited nor handed on. */
function isOnlyUsed(pkg: GoPackage, conn: Binding): boolean {
  return pkg.usesOf(conn).every((use) => {
    const parent = pkg.parentOf(use);
    if (parent?.kind !== 'SelectorExpr' || parent.x !== use) return false;
    const called = pkg.parentOf(parent);
    return called?.kind === 'CallExpr' && called.fun === parent && !/^(Close|Set\w*Deadline$)/.test(parent.sel.name);
  });
}

/** As written at pkg.go.dev; undefined for a call that is no dial without deadline. */
function dialName(pkg: GoPackage, call: CallExpr): string | undefined {
  const callee = pkg.calleeOf(call);
  if (callee.kind !== 'external' || !dialsWithoutDeadline.get(callee.path)?.has(callee.name)) return undefined;
  return `${callee.path}.${callee.name}`.replace(/^.*\//, '');
}

function judge(pkg: GoPackage, node: CallExpr, inside: Func): UndeadlinedCall | undefined {
  const callee = pkg.calleeOf(node);
  if (callee.kind !== 'external') return undefined;
  if (callee.path === 'net/http' && httpWithoutTimeout.has(callee.name)) {
    return { kind: 'request', node, name: `http.${callee.name}`, inside };
  }
  const name = dialName(pkg, node);
  const conn = name === undefined ? undefined : connectionOf(pkg, node);
  const wait = conn && firstWait(pkg, conn, inside);
  return name !== undefined && wait ? { kind: 'dial', node, name, inside, wait } : undefined;
}

/** The variable in `conn, err := net.Dial(...)`. */
function connectionOf(pkg: GoPackage, dial: CallExpr): Binding | undefined {
  const parent = pkg.parentOf(dial);
  const target = parent?.kind === 'AssignStmt' ? (parent satisfies AssignStmt).lhs[0] : undefined;
  return target?.kind === 'Ident' ? pkg.bindingOf(target) : undefined;
}

/** The first place that waits for the peer, unless something may end the wait. */
function firstWait(pkg: GoPackage, conn: Binding, inside: Func): Node | undefined {
  const uses = pkg.usesOf(conn);
  if (conn.kind !== 'var' || conn.global) return undefined;
  const body = bodyOf(inside);
  const waits: Node[] = [];
  for (const use of uses) {
    const parent = pkg.parentOf(use);
    if (parent?.kind === 'SelectorExpr' && parent.x === use) {
      if (deadlineMethods.has(parent.sel.name)) return undefined;
      if (parent.sel.name === 'Read') waits.push(parent);
    } else if (parent?.kind === 'CallExpr' && isReaderMaker(pkg, parent)) waits.push(parent);
    else if (parent && escapes(parent, use) && waits.length === 0) return undefined;
    if (use.range.start < (body?.range.start ?? 0) || insideLiteral(pkg, use, inside)) return undefined;
  }
  return waits.find((wait) => wait.kind === 'SelectorExpr' || readsAfter(pkg, wait, inside));
}

function insideLiteral(pkg: GoPackage, node: Node, inside: Func): boolean {
  const { func, inner } = pkg.enclosing(node);
  return (inner ?? func) !== inside;
}

const readerMakers: ReadonlySet<string> = new Set([
  'bufio.NewReader',
  'bufio.NewReaderSize',
  'bufio.NewScanner',
  'io.ReadAll',
  'io.ReadFull',
  'encoding/json.NewDecoder',
  'encoding/gob.NewDecoder',
]);

function isReaderMaker(pkg: GoPackage, call: CallExpr): boolean {
  const callee = pkg.calleeOf(call);
  return callee.kind === 'external' && readerMakers.has(`${callee.path}.${callee.name}`);
}

/** A reader that is made reads at once (`io.ReadAll`) or by a method called on it in the same function. */
function readsAfter(pkg: GoPackage, maker: Node, inside: Func): boolean {
  const parent = pkg.parentOf(maker);
  if (parent?.kind === 'SelectorExpr') return true;
  const callee = maker.kind === 'CallExpr' ? pkg.calleeOf(maker) : undefined;
  if (callee?.kind === 'external' && callee.path === 'io') return true;
  const target = parent?.kind === 'AssignStmt' ? parent.lhs[0] : undefined;
  const binding = target?.kind === 'Ident' ? pkg.bindingOf(target) : undefined;
  return (
    binding !== undefined &&
    pkg.usesOf(binding).some((use) => pkg.parentOf(use)?.kind === 'SelectorExpr' && !insideLiteral(pkg, use, inside))
  );
}

/** The connection leaves the function: returned, stored, sent, or an argument of a call. */
function escapes(parent: Node, use: Expr): boolean {
  if (parent.kind === 'CallExpr') return parent.args.includes(use);
  if (parent.kind === 'AssignStmt') return parent.rhs.includes(use);
  return (
    parent.kind === 'ReturnStmt' ||
    parent.kind === 'SendStmt' ||
    parent.kind === 'KeyValueExpr' ||
    parent.kind === 'CompositeLit' ||
    parent.kind === 'UnaryExpr'
  );
}
