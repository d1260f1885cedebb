/**
 * A second reply to one request. Who calls the handler of a request looks it up in a map by what came from outside; that the
 * same key comes twice, before the handler is taken out, is for the other side to do, and protocols forbid it.
 */
import type { Node } from '../../../go/ast.ts';
import type { GoPackage } from '../../../go/package.ts';
import { walk } from '../../../go/walk.ts';
import { contains } from '../../../text/offset.ts';
import { nodesAround, type SourceSite, sourceSite } from '../operation.ts';
import type { Story } from '../story.ts';
import type { Assumption } from './assumption.ts';

/** The literal around the send was called before, by the same process, and is found in a map. */
export function secondReply(pkg: GoPackage, { root, leak, site, operation }: Story): Assumption | undefined {
  const handler = root.kind === 'send' ? handlerAround(site) : undefined;
  if (!handler || !root.callers.some((caller) => looksUp(pkg, sourceSite(caller, [])))) return undefined;
  const wasCalled = leak.trace.some(
    ({ process, what, site: at }) =>
      process.id === root.process.id &&
      what.kind === 'send' &&
      at.file === site.file &&
      contains(handler.range, at.range),
  );
  return wasCalled ? { kind: 'second-reply', text: `\`${operation.text}\` runs twice for one request` } : undefined;
}

/** A literal in which the send stands outside of loops. */
function handlerAround({ file, range }: SourceSite): Node | undefined {
  const around = nodesAround(file, range);
  const at = around.findLastIndex((node) => node.kind === 'FuncLit');
  const loops = around.slice(at + 1).some((node) => node.kind === 'ForStmt' || node.kind === 'RangeStmt');
  return loops ? undefined : around[at];
}

function looksUp(pkg: GoPackage, caller: SourceSite | undefined): boolean {
  const [decl] = caller ? nodesAround(caller.file, caller.range) : [];
  if (decl?.kind !== 'FuncDecl') return false;
  const home = pkg.homeOf(decl);
  let found = false;
  walk(decl, (node) => {
    found ||= node.kind === 'IndexExpr' && home.underlying(home.typeOf(node.x)).kind === 'map';
    return !found;
  });
  return found;
}
