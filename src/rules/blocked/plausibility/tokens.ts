/**
 * A buffered channel that one goroutine alone sends on and receives from counts something, as a semaphore does: round after
 * round of a loop `sem <- token` when work is taken on, and `<-sem` when some is done. That no more is given back than was
 * taken follows from what is counted, which a search does not see. A receive that no choice leads to counts nothing.
 */
import type { Node } from '../../../go/ast.ts';
import { walk } from '../../../go/walk.ts';
import { contains } from '../../../text/offset.ts';
import { nodesAround, sourceText } from '../operation.ts';
import type { Story } from '../story.ts';
import type { Assumption } from './assumption.ts';

/** A token is given back that the same function has not taken, and nobody else. */
export function tokenNotTaken(story: Story): Assumption | undefined {
  if (!givesBackToken(story)) return undefined;
  return { kind: 'token-not-taken', text: `more is taken from \`${story.operation.name}\` than was put in` };
}

function givesBackToken({ root, leak, operation, site }: Story): boolean {
  if (root.kind !== 'recv' || !hasRoom(root.madeAt)) return false;
  const shared = leak.trace.some(
    ({ process, what }) => process.id !== root.process.id && 'object' in what && what.object === root.object,
  );
  if (shared) return false;
  const path = nodesAround(site.file, site.range);
  const inner = path.slice(path.findLastIndex(isFunction));
  const loop = inner.find((node) => node.kind === 'ForStmt' || node.kind === 'RangeStmt');
  const [decl] = path;
  if (!decl || !loop) return false;
  const sends = sendsIn(decl, (chan) => sourceText(site.file, chan.range) === operation.name);
  if (sends.length === 0 || !sends.every((send) => send.home === inner[0] && contains(loop.range, send.node.range)))
    return false;
  const choices = inner.slice(inner.indexOf(loop)).filter(isChoice);
  return choices.some((choice) => !sends.some(({ node }) => contains(choice.range, node.range)));
}

function isFunction(node: Node): boolean {
  return node.kind === 'FuncLit' || node.kind === 'FuncDecl';
}

function isChoice({ kind }: Node): boolean {
  return kind === 'IfStmt' || kind === 'CaseClause' || kind === 'CommClause';
}

function hasRoom(made: Story['root']['madeAt']): boolean {
  const call = made?.file && nodesAround(made.file, made.range).findLast((node) => node.kind === 'CallExpr');
  return call?.kind === 'CallExpr' && call.args[1] !== undefined;
}

interface Send {
  readonly node: Node;
  /** The innermost function around it. */
  readonly home: Node;
}

/** What is sent on a channel in a declaration. */
function sendsIn(decl: Node, isChannel: (chan: Node) => boolean): readonly Send[] {
  const found: Send[] = [];
  const visit = (home: Node): void =>
    walk(home, (node) => {
      if (node.kind === 'FuncLit' && node !== home) {
        visit(node);
        return false;
      }
      if (node.kind === 'SendStmt' && isChannel(node.chan)) found.push({ node, home });
      return true;
    });
  visit(decl);
  return found;
}
