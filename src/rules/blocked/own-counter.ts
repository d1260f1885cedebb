/**
 * A buffered channel that one goroutine alone sends on and receives from counts something, as a semaphore does:
 * `sem <- token` when work is taken on, `<-sem` when it is done. That no more is given back than was taken follows from
 * what is counted, which a search does not see.
 */
import type { Node } from '../../go/ast.ts';
import { walk } from '../../go/walk.ts';
import { contains, range } from '../../text/offset.ts';
import { nodesAround, sourceText } from './operation.ts';
import type { Story } from './story.ts';

/** Whether a receive waits for a token that the same function takes, and nobody else. */
export function givesBackToken({ root, leak, operation, site }: Story): boolean {
  if (root.kind !== 'recv' || !hasRoom(root.madeAt)) return false;
  const shared = leak.trace.some(
    ({ process, what }) => process.id !== root.process.id && 'object' in what && what.object === root.object,
  );
  const [decl] = nodesAround(site.file, site.range);
  if (shared || !decl) return false;
  const home = innermost(decl, site.range.start);
  const senders = sendersOf(decl, (chan) => sourceText(site.file, chan.range) === operation.name);
  return senders.length > 0 && senders.every((sender) => sender === home);
}

function hasRoom(made: Story['root']['madeAt']): boolean {
  const call = made?.file && nodesAround(made.file, made.range).findLast((node) => node.kind === 'CallExpr');
  return call?.kind === 'CallExpr' && call.args[1] !== undefined;
}

/** The functions, innermost, in which something is sent on a channel. */
function sendersOf(decl: Node, isChannel: (chan: Node) => boolean): readonly Node[] {
  const found: Node[] = [];
  walk(decl, (node) => {
    if (node.kind === 'SendStmt' && isChannel(node.chan)) found.push(innermost(decl, node.range.start));
  });
  return found;
}

function innermost(decl: Node, at: number): Node {
  let inner = decl;
  walk(decl, (node) => {
    if (!contains(node.range, range(at, at))) return false;
    if (node.kind === 'FuncLit') inner = node;
    return true;
  });
  return inner;
}
