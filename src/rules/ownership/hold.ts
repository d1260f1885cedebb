/**
 * What may hold a goroutine forever, as far as the package proves it:
 *
 *  1. a plain send on a private channel field whose receivers may all have left (`departed-receiver`), or that nobody
 *     receives from (`no-receiver`);
 *  2. a `Do` of a `sync.Once` whose function holds an endless loop: all but the first wait for the loop to end
 *     (`first-loop`);
 *  3. a network operation without deadline on a connection that the goroutine made itself (see `network.ts`);
 *  4. a write to the client of a request that something else serves, without a deadline (`client-write`).
 *
 * Operations in a select with another arm hold nobody. Everything else is not proven and not listed.
 */
import type { CallExpr, CommClause, Expr, Node, SendStmt, Stmt } from '../../go/ast.ts';
import type { FieldUse, GoPackage } from '../../go/package.ts';
import { isNamed } from '../../go/types.ts';
import { type ChannelField, channelField, channelOf } from './channel.ts';
import { exitsOf, isEndless, type Loop, loopsAround } from './loop.ts';
import { type UndeadlinedCall, undeadlinedCalls } from './network.ts';
import { type Func, walkReached } from './reach.ts';

export type Hold =
  | {
      readonly kind: 'departed-receiver';
      readonly node: SendStmt;
      readonly channel: string;
      readonly buffered: boolean;
      readonly receivers: readonly FieldUse[];
    }
  | { readonly kind: 'no-receiver'; readonly node: SendStmt; readonly channel: string }
  | { readonly kind: 'first-loop'; readonly node: CallExpr; readonly loop: Loop }
  | { readonly kind: 'network'; readonly node: Node; readonly call: UndeadlinedCall }
  /** `fmt.Fprintf(session.w, ...)`: as long as the client reads slowly. */
  | { readonly kind: 'client-write'; readonly node: CallExpr; readonly writer: string };

export function holdsOf(pkg: GoPackage, root: Func): readonly Hold[] {
  const holds: Hold[] = [];
  walkReached(pkg, root, (node) => {
    const hold = holdAt(pkg, node);
    if (hold) holds.push(hold);
  });
  for (const call of undeadlinedCalls(pkg, root)) holds.push({ kind: 'network', node: call.node, call });
  return holds;
}

/** The receivers of a send on a private channel field, when each of them may have left while others still send. */
export function departingReceivers(pkg: GoPackage, send: SendStmt): readonly FieldUse[] {
  const hold = holdOfSend(pkg, send);
  return hold?.kind === 'departed-receiver' ? hold.receivers : [];
}

function holdAt(pkg: GoPackage, node: Node): Hold | undefined {
  if (node.kind === 'CallExpr') return holdOfOnce(pkg, node) ?? clientWrite(pkg, node);
  return node.kind === 'SendStmt' && !isAlternative(pkg, node) ? holdOfSend(pkg, node) : undefined;
}

/** A write deadline, or a limit of the server for all writes, stands somewhere in the package. */
const deadlines = /SetWriteDeadline\(|\bWriteTimeout\b|SetDeadline\(|\bTimeoutHandler\(/;

/** A write to a `http.ResponseWriter` that is kept in a field: the goroutine is not the one that serves the request. */
function clientWrite(pkg: GoPackage, node: CallExpr): Hold | undefined {
  const writer = writtenTo(node);
  if (writer?.kind !== 'SelectorExpr' || !isNamed(pkg.typeOf(writer), 'net/http', 'ResponseWriter')) return undefined;
  if (!pkg.selectedField(writer) || pkg.files.some(({ text }) => deadlines.test(text))) return undefined;
  return { kind: 'client-write', node, writer: `${writer.sel.name}` };
}

/** `w` of `fmt.Fprintf(w, ...)`, `io.WriteString(w, ...)` and `w.Write(...)`. */
function writtenTo({ fun, args }: CallExpr): Expr | undefined {
  if (fun.kind !== 'SelectorExpr') return undefined;
  if (fun.sel.name === 'Write') return fun.x;
  const writes =
    fun.x.kind === 'Ident' && /^(fmt|io)$/.test(fun.x.name) && /^(Fprint(f|ln)?|WriteString)$/.test(fun.sel.name);
  return writes ? args[0] : undefined;
}

/** `once.Do(func() { for { ... } })`. */
function holdOfOnce(pkg: GoPackage, node: CallExpr): Hold | undefined {
  const [lit] = node.args;
  if (lit?.kind !== 'FuncLit' || node.fun.kind !== 'SelectorExpr' || node.fun.sel.name !== 'Do') return undefined;
  const loop = isNamed(pkg.typeOf(node.fun.x), 'sync', 'Once')
    ? lit.body?.list.find((stmt) => isService(pkg, stmt))
    : undefined;
  return loop?.kind === 'ForStmt' ? { kind: 'first-loop', node, loop } : undefined;
}

function isService(pkg: GoPackage, stmt: Stmt): boolean {
  return stmt.kind === 'ForStmt' && isEndless(pkg, stmt) && stmt.body.list.some((each) => each.kind === 'SelectStmt');
}

/** The send is the operation of a select arm that has siblings. */
export function isAlternative(pkg: GoPackage, node: SendStmt): boolean {
  const parent = pkg.parentOf(node);
  if (parent?.kind !== 'CommClause' || (parent satisfies CommClause).comm !== node) return false;
  const select = pkg.parentOf(parent);
  return select?.kind !== 'SelectStmt' || select.clauses.length > 1;
}

function holdOfSend(pkg: GoPackage, node: SendStmt): Hold | undefined {
  const ref = channelOf(pkg, node.chan);
  if (ref.kind !== 'field') return undefined;
  const channel = channelField(pkg, ref.field);
  if (!channel.private || !canFill(channel)) return undefined;
  const name = `${ref.field.owner.name}.${ref.field.name}`;
  if (channel.receives.length === 0) return { kind: 'no-receiver', node, channel: name };
  const departing = channel.receives.every((use) => mayDepart(pkg, use));
  return departing
    ? {
        kind: 'departed-receiver',
        node,
        channel: name,
        buffered: channel.capacities.some((capacity) => capacity !== 0),
        receivers: channel.receives,
      }
    : undefined;
}

/** A buffer of one is a mailbox for one answer; a buffer of unknown size may be large enough. */
function canFill(channel: ChannelField): boolean {
  return channel.capacities.every((capacity) => capacity !== undefined && capacity !== 1);
}

/**
 * The receive stands in an endless loop over a select that another arm leaves, so a sender that comes later finds
 * nobody. An arm that drops the value, and leaving in the `default`, are draining; an arm that leaves takes a signal for
 * this one goroutine. A receive outside such a loop is not judged.
 */
function mayDepart(pkg: GoPackage, use: FieldUse): boolean {
  const loop = loopsAround(pkg, use.node).at(-1);
  if (!loop || !isEndless(pkg, loop)) return false;
  const own = armAround(pkg, use.node);
  if (!own || own.body.length === 0) return false;
  const exits = exitsOf(pkg, loop);
  if (exits.some((exit) => exit.arm === own && !exit.conditional)) return false;
  return exits.some((exit) => exit.arm?.comm !== undefined && exit.arm !== own);
}

function armAround(pkg: GoPackage, node: Node): CommClause | undefined {
  for (let at = pkg.parentOf(node); at; at = pkg.parentOf(at)) {
    if (at.kind === 'CommClause') return at;
    if (at.kind === 'FuncLit' || at.kind === 'FuncDecl' || at.kind === 'BlockStmt') return undefined;
  }
  return undefined;
}
