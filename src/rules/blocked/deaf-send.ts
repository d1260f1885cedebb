/**
 * A send that waits for its receiver alone, although the receiver is a loop that a stop ends, and the author shows to know
 * that the loop may be gone:
 *
 *  - `polled`: the function looks at the stop elsewhere, but does not wait for it beside the send;
 *  - `siblings`: sends of other things to the same loop wait for the stop, too;
 *  - `announced`: the loop closes a channel when it ends (by `defer`), for which others wait;
 *  - `asked`: not a loop receives but a method like `Accept`, which itself waits for the stop beside.
 *
 * The channel lies in a private field, all its receivers stand in such loops, and a method ends them. Silent where the
 * order is the function's own, and where a lock or a counter keeps the stop from coming before the send.
 */
import type { Pass, SharedKey } from '../../analysis/rule.ts';
import { Services } from '../../concurrency/contracts/services.ts';
import type { CommClause, Expr, FuncDecl, FuncLit, Node, SendStmt } from '../../go/ast.ts';
import type { FieldInfo, FieldUse, GoPackage } from '../../go/package.ts';
import { walk } from '../../go/walk.ts';
import { contains } from '../../text/offset.ts';
import { inReviewedFile, isTestFile } from '../lifecycle/wording.ts';
import { channelField, channelOf } from '../ownership/channel.ts';
import { isGivenStop } from '../ownership/given-stop.ts';
import { isAlternative } from '../ownership/hold.ts';
import { armReceive, exitsOf, hasDefault, isEndless, loopsAround } from '../ownership/loop.ts';
import { isExported } from '../ownership/names.ts';
import { isOrdered } from './ordered-stop.ts';
import { isOwn } from './unfetched.ts';

type Func = FuncDecl | FuncLit;

export type Evidence = 'polled' | 'siblings' | 'announced' | 'asked';

export interface DeafSend {
  readonly send: SendStmt;
  readonly inside: FuncDecl;
  readonly receivers: readonly FieldUse[];
  readonly evidence: Evidence;
  /** The field whose channel (or context) tells that the loop is gone. */
  readonly stop: FieldInfo;
  /** Where the evidence stands. */
  readonly shown: Node;
}

/** A loop that receives, and the fields that tell when it ends. */
interface Server {
  readonly func: Func;
  /** Channels and contexts whose arms leave the loop. */
  readonly stops: readonly FieldInfo[];
  /** A channel that is closed when the function ends. */
  readonly announces: readonly FieldInfo[];
  /** No loop, but a method that others call when they like; the arm in which it waits for the stop. */
  readonly asked?: Node;
}

/** Computed once: others need not tell them again. */
export const deafKey: SharedKey<readonly DeafSend[]> = { name: 'deaf sends', compute: deafSends };

/** The sends that do not wait for the stop of their receiver. */
export function deafSends(pass: Pass): readonly DeafSend[] {
  const { pkg } = pass;
  if (!pkg.files.some(({ text }) => /\bselect\b/.test(text))) return [];
  const found: DeafSend[] = [];
  for (const { fields } of pkg.types.values())
    for (const field of fields.values())
      if (pkg.underlying(field.type).kind === 'chan') found.push(...ofField(pass, field));
  return found;
}

function ofField(pass: Pass, field: FieldInfo): readonly DeafSend[] {
  const { pkg } = pass;
  const plain = field.uses.filter((use) => isPlainSend(pkg, use));
  if (plain.length === 0) return [];
  const servers = serversOf(pkg, field);
  if (!servers) return [];
  const receivers = channelField(pkg, field).receives.filter((each) => !isTestFile(each.file));
  return plain.flatMap(({ func: inside, node, file }): readonly DeafSend[] => {
    if (node.kind !== 'SendStmt' || !inside || !inReviewedFile(pass, file)) return [];
    // Who takes what is there before it sends makes room.
    if (receivers.some(({ func }) => func === inside) || servers.some(({ func }) => runsIn(pkg, inside, func)))
      return [];
    const shown = evidenceFor(pkg, field, node, inside, servers) ?? askedEvidence(pkg, field, node, inside, servers);
    const ordered = servers.some((server) =>
      [...server.stops, ...server.announces].some((stop) => isOrdered(pkg, stop, inside, node)),
    );
    return shown && !ordered ? [{ send: node, inside, receivers, ...shown }] : [];
  });
}

function isPlainSend(pkg: GoPackage, { kind, node, file }: FieldUse): boolean {
  return kind === 'send' && node.kind === 'SendStmt' && !isTestFile(file) && !isAlternative(pkg, node);
}

/** The loops that receive from a private channel; undefined when somebody else may receive, or is sure to. */
function serversOf(pkg: GoPackage, field: FieldInfo): readonly Server[] | undefined {
  const channel = channelField(pkg, field);
  const receives = channel.receives.filter(({ file }) => !isTestFile(file));
  if (!channel.private || receives.length === 0 || channel.closes.length > 0) return undefined;
  // A buffer of unknown size may be large enough.
  if (channel.capacities.includes(undefined)) return undefined;
  const servers = receives.filter((use) => !isPolling(pkg, use)).map((use) => serverAt(pkg, use) ?? askedAt(pkg, use));
  return servers.length > 0 && servers.every((server) => server !== undefined) ? servers : undefined;
}

function serverAt(pkg: GoPackage, { node }: FieldUse): Server | undefined {
  const { func, inner } = pkg.enclosing(node);
  const around = inner ?? func;
  const loop = loopsAround(pkg, node).at(-1);
  if (!around || !loop || !isEndless(pkg, loop)) return undefined;
  const own = armAround(pkg, node);
  if (!own || own.body.length === 0) return undefined;
  const exits = exitsOf(pkg, loop);
  // Who takes one value and leaves was waiting for an answer.
  if (exits.length === 0 || exits.some((exit) => exit.arm === own && !exit.conditional)) return undefined;
  const stops = exits.flatMap((exit) =>
    armsAround(pkg, exit.node, loop).flatMap((arm) => {
      const from = arm === own ? undefined : armReceive(arm);
      return (from && stopField(pkg, from)) ?? [];
    }),
  );
  const announces = announcedBy(pkg, around);
  return stops.length + announces.length === 0 ? undefined : { func: around, stops, announces };
}

/** The arms between a node and a loop around it. */
function armsAround(pkg: GoPackage, node: Node, loop: Node): readonly CommClause[] {
  const arms: CommClause[] = [];
  for (let at = pkg.parentOf(node); at && at !== loop; at = pkg.parentOf(at))
    if (at.kind === 'CommClause') arms.push(at);
  return arms;
}

/** A receive beside a stop in an exported method that the package does not call. */
function askedAt(pkg: GoPackage, { node }: FieldUse): Server | undefined {
  const { func, inner } = pkg.enclosing(node);
  const own = armAround(pkg, node);
  const select = own && pkg.parentOf(own);
  if (!func?.recv || inner || !isExported(func.name.name) || select?.kind !== 'SelectStmt') return undefined;
  if (!isOwn(pkg, node)) return undefined;
  if (pkg.callersOf(func).some((call) => !isTestFile(pkg.fileOf(call)))) return undefined;
  for (const arm of select.clauses) {
    const from = arm === own ? undefined : armReceive(arm);
    const stop = from && stopField(pkg, from);
    if (stop && arm.comm) return { func, stops: [stop], announces: [], asked: arm.comm };
  }
  return undefined;
}

/** A receive that takes what is there and does not wait. */
function isPolling(pkg: GoPackage, { node }: FieldUse): boolean {
  const arm = armAround(pkg, node);
  const select = arm && pkg.parentOf(arm);
  return select?.kind === 'SelectStmt' && hasDefault(select);
}

/** The arm whose operation a node is. */
function armAround(pkg: GoPackage, node: Node): CommClause | undefined {
  for (let at = pkg.parentOf(node); at; at = pkg.parentOf(at)) {
    if (at.kind === 'CommClause') return at.comm && contains(at.comm.range, node.range) ? at : undefined;
    if (at.kind === 'FuncLit' || at.kind === 'FuncDecl' || at.kind === 'BlockStmt') return undefined;
  }
  return undefined;
}

/** The field behind a stop: a channel that the package closes, or a context. */
function stopField(pkg: GoPackage, from: Expr): FieldInfo | undefined {
  const ref = channelOf(pkg, from);
  if (ref.kind === 'field') {
    const { field } = ref;
    return channelField(pkg, field).closes.length > 0 || isGivenStop(pkg, field) ? field : undefined;
  }
  return ref.kind === 'done' && ref.call.fun.kind === 'SelectorExpr' ? pkg.fieldOf(ref.call.fun.x) : undefined;
}

/** Channels that a function closes when it ends. */
function announcedBy(pkg: GoPackage, func: Func): readonly FieldInfo[] {
  const found: FieldInfo[] = [];
  for (const stmt of func.body?.list ?? []) {
    if (stmt.kind !== 'DeferStmt') continue;
    walk(stmt, (node) => {
      const [arg] = node.kind === 'CallExpr' && node.fun.kind === 'Ident' && node.fun.name === 'close' ? node.args : [];
      const field = arg && pkg.fieldOf(arg);
      if (field) found.push(field);
    });
  }
  return found;
}

function evidenceFor(
  pkg: GoPackage,
  field: FieldInfo,
  send: SendStmt,
  inside: FuncDecl,
  servers: readonly Server[],
): Pick<DeafSend, 'evidence' | 'stop' | 'shown'> | undefined {
  const told = new Set(servers.flatMap(({ stops, announces }) => [...stops, ...announces]));
  for (const stop of told) {
    const shown = waitIn(pkg, inside, stop);
    if (shown && !seesInTime(pkg, field, send, shown)) return { evidence: 'polled', stop, shown };
  }
  for (const stop of told) {
    const shown = siblingOf(pkg, field, servers, stop);
    if (shown) return { evidence: 'siblings', stop, shown };
  }
  for (const stop of servers.flatMap(({ announces }) => announces)) {
    const [shown] = stop.uses.filter((use) => use.kind === 'receive' && !isTestFile(use.file));
    if (shown) return { evidence: 'announced', stop, shown: shown.node };
  }
  return undefined;
}

/** A goroutine of the package sends to who has no reason to come once the stop is there. */
function askedEvidence(
  pkg: GoPackage,
  field: FieldInfo,
  send: SendStmt,
  inside: FuncDecl,
  servers: readonly Server[],
): Pick<DeafSend, 'evidence' | 'stop' | 'shown'> | undefined {
  const [server] = servers;
  const stop = server?.stops[0];
  if (!stop || !server.asked || servers.some(({ asked }) => !asked)) return undefined;
  // Another type may know whether somebody is there.
  const made = field.uses.some(({ kind, func }) => (kind === 'init' || kind === 'assign') && func === inside);
  const type = inside.recv && pkg.typeInfoOf(pkg.typeOfTypeExpr(inside.recv.type));
  if (!made && type !== field.owner) return undefined;
  const services = new Services(pkg);
  const owner = services.ownerOf(send);
  if (
    !owner ||
    services.startsOf(owner).length === 0 ||
    services.startsOf(owner).some(({ func }) => func === server.func)
  )
    return undefined;
  return { evidence: 'asked', stop, shown: server.asked };
}

/** An arm of a function that waits for a stop. */
function waitIn(pkg: GoPackage, func: FuncDecl, stop: FieldInfo): Node | undefined {
  let found: Node | undefined;
  if (func.body)
    walk(func.body, (node) => {
      if (found || node.kind !== 'CommClause') return !found;
      const from = armReceive(node);
      if (from && stopField(pkg, from) === stop) found = node.comm;
      return !found;
    });
  return found;
}

/** A loop that looks at the stop in each round leaves before its sends have filled a buffer. */
function seesInTime(pkg: GoPackage, field: FieldInfo, send: Node, shown: Node): boolean {
  const rounds = loopsAround(pkg, shown);
  return (
    !channelField(pkg, field).capacities.includes(0) && loopsAround(pkg, send).some((loop) => rounds.includes(loop))
  );
}

/** A send of something else to the same loop, in a `select` beside the stop. */
function siblingOf(pkg: GoPackage, field: FieldInfo, servers: readonly Server[], stop: FieldInfo): Node | undefined {
  for (const other of field.owner.fields.values()) {
    if (other === field || pkg.underlying(other.type).kind !== 'chan') continue;
    const heard = other.uses.some((use) => {
      const { func, inner } = pkg.enclosing(use.node);
      return use.kind === 'receive' && servers.some((server) => server.func === (inner ?? func));
    });
    if (!heard) continue;
    const guarded = other.uses.find((use) => use.kind === 'send' && !isTestFile(use.file) && isBeside(pkg, use, stop));
    if (guarded) return guarded.node;
  }
  return undefined;
}

function isBeside(pkg: GoPackage, { node }: FieldUse, stop: FieldInfo): boolean {
  const clause = pkg.parentOf(node);
  const select = clause?.kind === 'CommClause' && clause.comm === node ? pkg.parentOf(clause) : undefined;
  return (
    select?.kind === 'SelectStmt' &&
    select.clauses.some((arm) => {
      const from = armReceive(arm);
      return from !== undefined && stopField(pkg, from) === stop;
    })
  );
}

/** How far above a function its callers are looked at. */
const maxCallers = 4;

/** Whether a function may run in the goroutine of the loop: it is called there, in whatever depth. */
function runsIn(pkg: GoPackage, func: FuncDecl, server: Func, depth = 0): boolean {
  if (func === server) return true;
  if (depth >= maxCallers) return false;
  return pkg.callersOf(func).some((call) => {
    const { func: above, inner } = pkg.enclosing(call);
    return inner === server || (above !== undefined && inner === undefined && runsIn(pkg, above, server, depth + 1));
  });
}
