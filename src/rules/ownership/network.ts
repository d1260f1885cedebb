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
 *     a deadline, is not stored or returned before, and is not closed by anybody else.
 */
export function undeadlinedCalls(pkg: GoPackage, root: Func): readonly UndeadlinedCall[] {
  const calls: UndeadlinedCall[] = [];
  walkReached(pkg, root, (node, inside) => {
    if (node.kind !== 'CallExpr') return;
    const call = judge(pkg, node, inside);
    if (call) calls.push(call);
  });
  return calls;
}

function judge(pkg: GoPackage, node: CallExpr, inside: Func): UndeadlinedCall | undefined {
  const callee = pkg.calleeOf(node);
  if (callee.kind !== 'external') return undefined;
  const name = `${callee.path}.${callee.name}`;
  if (callee.path === 'net/http' && httpWithoutTimeout.has(callee.name)) {
    return { kind: 'request', node, name: `http.${callee.name}`, inside };
  }
  if (!dialsWithoutDeadline.get(callee.path)?.has(callee.name)) return undefined;
  const conn = connectionOf(pkg, node);
  const wait = conn && firstWait(pkg, conn, inside);
  return wait && { kind: 'dial', node, name: name.replace(/^.*\//, ''), inside, wait };
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
