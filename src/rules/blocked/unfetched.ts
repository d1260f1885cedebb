/**
 * Results that are fetched by a method: a goroutine sends on a private channel of a type, from which only exported methods
 * receive, and obeys a stop elsewhere. Once the stop is there, who used to call the method has left, and the send does not
 * wait for the stop.
 */

import type { Pass } from '../../analysis/rule.ts';
import { type Func, Services } from '../../concurrency/contracts/services.ts';
import { hasStopArm } from '../../concurrency/open/stops.ts';
import type { Expr, FuncDecl, Node, SendStmt } from '../../go/ast.ts';
import type { FieldInfo, FieldUse, GoPackage } from '../../go/package.ts';
import { walk } from '../../go/walk.ts';
import { isTestFile } from '../lifecycle/wording.ts';
import { channelField } from '../ownership/channel.ts';
import { isAlternative } from '../ownership/hold.ts';
import { armReceive, loopsAround } from '../ownership/loop.ts';
import { isExported } from '../ownership/names.ts';

export interface Unfetched {
  readonly send: SendStmt;
  readonly inside: FuncDecl;
  readonly receivers: readonly FieldUse[];
  /** What the goroutine waits for elsewhere, and where. */
  readonly stop: Expr;
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
    return kind === 'send' && node.kind === 'SendStmt' && !isTestFile(file) && !isAlternative(pkg, node);
  });
  if (plain.length === 0) return [];
  const channel = channelField(pkg, field);
  const receivers = channel.receives.filter(({ file }) => !isTestFile(file));
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

/** A stop for which a goroutine waits in a `select`. */
function obeyed(pkg: GoPackage, owner: Func): Expr | undefined {
  let found: Expr | undefined;
  walk(owner, (node: Node) => {
    if (found || (node !== owner && node.kind === 'FuncLit')) return false;
    if (node.kind === 'SelectStmt' && hasStopArm(pkg, node))
      for (const arm of node.clauses) {
        const from = armReceive(arm);
        if (from && hasStopArm(pkg, { ...node, clauses: [arm] })) found ??= from;
      }
    return !found;
  });
  return found;
}
