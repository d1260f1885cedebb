/**
 * Results that are fetched by a method: a goroutine sends on a private channel of a type, from which only exported methods
 * receive, and obeys a stop elsewhere. Once the stop is there, who used to call the method has left, and the send does not
 * wait for the stop.
 */

import type { Pass } from '../../analysis/rule.ts';
import { type Func, Services } from '../../concurrency/contracts/services.ts';
import { hasStopArm, isContext } from '../../concurrency/open/stops.ts';
import type { FuncDecl, IfStmt, Node, SelectStmt, SendStmt } from '../../go/ast.ts';
import { isExported } from '../../go/exported.ts';
import type { FieldInfo, FieldUse, GoPackage } from '../../go/package.ts';
import { isTestFile } from '../../go/test-code.ts';
import { walk } from '../../go/walk.ts';
import { channelField } from '../ownership/channel.ts';
import { isAlternative } from '../ownership/hold.ts';
import { armReceive, loopsAround } from '../ownership/loop.ts';
import { textOf } from '../ownership/waiting.ts';

export interface Unfetched {
  readonly send: SendStmt;
  readonly inside: FuncDecl;
  readonly receivers: readonly FieldUse[];
  readonly stop: Obeyed;
}

/** What the goroutine waits for elsewhere, and where. */
export interface Obeyed {
  readonly text: string;
  readonly at: Node;
}

/** The sends that nobody fetches after the stop. */
export function unfetchedSends({ pkg, files }: Pass): readonly Unfetched[] {
  if (!pkg.files.some(({ text }) => /\bselect\b/.test(text) && /\bgo\b/.test(text))) return [];
  const services = new Services(pkg);
  const found: Unfetched[] = [];
  for (const { fields } of pkg.types.values())
    for (const field of fields.values())
      if (pkg.underlying(field.type).kind === 'chan') found.push(...ofField(pkg, field, services));
  return found.filter(({ send }) => files.includes(pkg.fileOf(send)));
}

function ofField(pkg: GoPackage, field: FieldInfo, services: Services): readonly Unfetched[] {
  const plain = field.uses.filter(({ kind, node, file }) => {
    return kind === 'send' && node.kind === 'SendStmt' && !isTestFile(file.path) && !isAlternative(pkg, node);
  });
  if (plain.length === 0) return [];
  const channel = channelField(pkg, field);
  const receivers = channel.receives.filter(({ file }) => !isTestFile(file.path));
  if (!channel.private || channel.capacities.includes(undefined)) return [];
  if (receivers.length === 0 || !receivers.every((use) => isFetch(pkg, services, use))) return [];
  const hasRoom = channel.capacities.some((capacity) => capacity !== 0);
  return plain.flatMap(({ node, func: inside }): readonly Unfetched[] => {
    if (node.kind !== 'SendStmt' || !inside || (hasRoom && loopsAround(pkg, node).length === 0)) return [];
    const owner = services.ownerOf(node);
    if (!owner || services.startsOf(owner).length === 0) return [];
    const stop = obeyed(pkg, owner);
    return stop ? [{ send: node, inside, receivers, stop }] : [];
  });
}

const stopNames = /^(close|stop|shutdown|end|finish|wait|drain|flush|cancel|terminate|quit|exit)/i;

/**
 * A receive from the method's own value, in an exported method that runs in no goroutine of the package's own: who asks
 * for an answer in a message waits for it, and what ends the type may well take what is left.
 */
function isFetch(pkg: GoPackage, services: Services, { node }: FieldUse): boolean {
  const { func, inner } = pkg.enclosing(node);
  if (!func?.recv || inner || !isOwn(pkg, node) || stopNames.test(func.name.name)) return false;
  return isExported(func.name.name) && services.startsOf(func).length === 0;
}

/** `<-r.results` of a receiver `r`. */
export function isOwn(pkg: GoPackage, node: Node): boolean {
  const from = node.kind === 'UnaryExpr' ? node.x : node;
  const binding = from.kind === 'SelectorExpr' && from.x.kind === 'Ident' ? pkg.bindingOf(from.x) : undefined;
  return binding?.kind === 'receiver';
}

/** A stop at which a goroutine looks: an arm of a `select`, or `ctx.Err()` in a condition that leads out. */
function obeyed(pkg: GoPackage, owner: Func): Obeyed | undefined {
  let found: Obeyed | undefined;
  walk(owner, (node: Node) => {
    if (found || (node !== owner && node.kind === 'FuncLit')) return false;
    if (node.kind === 'SelectStmt') found = awaited(pkg, node);
    else if (node.kind === 'IfStmt') found = asked(pkg, node);
    return !found;
  });
  return found;
}

function awaited(pkg: GoPackage, select: SelectStmt): Obeyed | undefined {
  for (const arm of select.clauses) {
    const from = armReceive(arm);
    if (from && hasStopArm(pkg, { ...select, clauses: [arm] })) return { text: textOf(pkg, from), at: from };
  }
  return undefined;
}

/** `if ctx.Err() != nil { return }`. */
function asked(pkg: GoPackage, { cond, body }: IfStmt): Obeyed | undefined {
  const last = body.list.at(-1);
  if (last?.kind !== 'ReturnStmt' && last?.kind !== 'BranchStmt') return undefined;
  const call = cond.kind === 'BinaryExpr' && cond.op === '!=' ? cond.x : undefined;
  if (call?.kind !== 'CallExpr' || call.fun.kind !== 'SelectorExpr' || call.fun.sel.name !== 'Err') return undefined;
  return isContext(pkg.typeOf(call.fun.x)) ? { text: `${textOf(pkg, call.fun.x)}.Done()`, at: call } : undefined;
}
