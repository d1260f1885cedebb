/**
 * A send that waits for its receiver alone, although the receiver is a loop that a stop ends, and the author shows to know
 * that the loop may be gone:
 *
 *  - `polled`: the function looks at the stop elsewhere, but does not wait for it alongside the send;
 *  - `siblings`: other sends to the same loop wait for the stop, too;
 *  - `announced`: the loop closes a channel when it ends (by `defer`), for which others wait;
 *  - `asked`: not a loop receives but a method like `Accept`, which itself waits for the stop beside.
 *
 * The channel lies in a field that only the package operates on, and all its receivers stand in such loops. Silent where the
 * order is the function's own, and where a lock or a counter keeps the stop from coming before the send.
 */
import type { Pass, SharedKey } from '../../analysis/rule.ts';
import { type Func, Services } from '../../concurrency/contracts/services.ts';
import type { FuncDecl, Node, SendStmt } from '../../go/ast.ts';
import type { FieldInfo, FieldUse, GoPackage } from '../../go/package.ts';
import { isTestFile } from '../../go/test-code.ts';
import { walk } from '../../go/walk.ts';
import { inReviewedFile } from '../lifecycle/wording.ts';
import { channelField } from '../ownership/channel.ts';
import { isAlternative } from '../ownership/hold.ts';
import { armReceive, loopsAround } from '../ownership/loop.ts';
import { type Operation, operationsOn } from './handed-channel.ts';
import { isOrdered } from './ordered-stop.ts';
import { type Server, serversOf, stopField } from './servers.ts';

export type Evidence = 'polled' | 'siblings' | 'announced' | 'asked';

export interface StopUnawareSend {
  readonly send: SendStmt;
  readonly inside: FuncDecl;
  readonly receivers: readonly Operation[];
  readonly evidence: Evidence;
  /** The field whose channel (or context) tells that the loop is gone. */
  readonly stop: FieldInfo;
  /** Where the evidence stands. */
  readonly shown: Node;
}

/** Computed once: others need not tell them again. */
export const stopUnawareKey: SharedKey<readonly StopUnawareSend[]> = {
  name: 'stop-unaware sends',
  compute: stopUnawareSends,
};

/** The sends that do not wait for the stop of their receiver. */
function stopUnawareSends(pass: Pass): readonly StopUnawareSend[] {
  const { pkg } = pass;
  if (!pkg.files.some(({ text }) => /\bselect\b/.test(text))) return [];
  const found: StopUnawareSend[] = [];
  for (const { fields } of pkg.types.values())
    for (const field of fields.values())
      if (pkg.underlying(field.type).kind === 'chan') found.push(...ofField(pass, field));
  return found;
}

function ofField(pass: Pass, field: FieldInfo): readonly StopUnawareSend[] {
  const { pkg } = pass;
  const operations = operationsOn(pkg, field);
  if (!operations || operations.sends.length === 0) return [];
  const plain = operations.sends.filter(({ node }) => node.kind === 'SendStmt' && !isAlternative(pkg, node));
  const servers = plain.length > 0 ? serversOf(pkg, operations.receives) : undefined;
  if (!servers) return [];
  const receivers = operations.receives;
  return plain.flatMap(({ func: inside, node, file }): readonly StopUnawareSend[] => {
    if (node.kind !== 'SendStmt' || !inside || !inReviewedFile(pass, file) || fitsIn(pkg, field, node)) return [];
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

/** A goroutine that sends once finds room for its one value. */
function fitsIn(pkg: GoPackage, field: FieldInfo, send: SendStmt): boolean {
  const hasRoom = !channelField(pkg, field).capacities.includes(0);
  return hasRoom && pkg.enclosing(send).inner !== undefined && loopsAround(pkg, send).length === 0;
}

function isSetIn({ uses }: FieldInfo, inside: FuncDecl): boolean {
  return uses.some(({ kind, func }) => (kind === 'init' || kind === 'assign') && func === inside);
}

function evidenceFor(
  pkg: GoPackage,
  field: FieldInfo,
  send: SendStmt,
  inside: FuncDecl,
  servers: readonly Server[],
): Pick<StopUnawareSend, 'evidence' | 'stop' | 'shown'> | undefined {
  // Who makes the channel knows whether the receiver is there.
  if (isSetIn(field, inside)) return undefined;
  const told = new Set(servers.flatMap(({ stops, announces }) => [...stops, ...announces]));
  for (const stop of told) {
    const shown = waitIn(pkg, inside, stop);
    if (shown && !seesInTime(pkg, field, send, shown)) return { evidence: 'polled', stop, shown };
  }
  for (const stop of told) {
    const shown = servers.some(({ asked }) => asked) ? undefined : siblingOf(pkg, field, servers, stop);
    if (shown) return { evidence: 'siblings', stop, shown };
  }
  for (const stop of servers.flatMap(({ announces }) => announces)) {
    const [shown] = stop.uses.filter((use) => use.kind === 'receive' && !isTestFile(use.file.path));
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
): Pick<StopUnawareSend, 'evidence' | 'stop' | 'shown'> | undefined {
  const [server] = servers;
  const stop = server?.stops[0];
  if (!stop || !server.asked || servers.some(({ asked }) => !asked)) return undefined;
  // Another type may know whether somebody is there.
  const type = inside.recv && pkg.typeInfoOf(pkg.typeOfTypeExpr(inside.recv.type));
  if (!isSetIn(field, inside) && type !== field.owner) return undefined;
  if (!channelField(pkg, field).capacities.includes(0) && loopsAround(pkg, send).length === 0) return undefined;
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

/** Another send to the same loop, in a `select` beside the stop. */
function siblingOf(pkg: GoPackage, field: FieldInfo, servers: readonly Server[], stop: FieldInfo): Node | undefined {
  for (const other of field.owner.fields.values()) {
    if (pkg.underlying(other.type).kind !== 'chan') continue;
    const heard = other.uses.some((use) => {
      const { func, inner } = pkg.enclosing(use.node);
      return use.kind === 'receive' && servers.some((server) => server.func === (inner ?? func));
    });
    if (!heard && other !== field) continue;
    const guarded = other.uses.find(
      (use) => use.kind === 'send' && !isTestFile(use.file.path) && isBeside(pkg, use, stop),
    );
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
