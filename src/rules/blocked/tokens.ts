/** Buffered channels that one goroutine uses to count something: it puts tokens in and takes them out itself. */
import type { Func } from '../../concurrency/open/place.ts';
import { walk } from '../../go/walk.ts';
import { nodesAround, sourceText } from './operation.ts';
import type { Story } from './story.ts';

/**
 * Whether a receive takes back a token from a buffer that the goroutine fills itself: how many are out is for its own
 * bookkeeping to say, which goes by what it is told from outside.
 */
export function isOwnToken({ leak, root, operation, site }: Story): boolean {
  if (root.kind !== 'recv' || root.object === undefined) return false;
  const touches = leak.trace.filter(({ what }) => 'object' in what && what.object === root.object);
  const made = touches.find(({ what }) => what.kind === 'make');
  if (made?.what.kind !== 'make' || (made.what.capacity ?? 0) === 0) return false;
  if (touches.some(({ process }) => process.id !== root.process.id)) return false;
  const around = nodesAround(site.file, site.range).findLast(
    (node) => node.kind === 'FuncLit' || node.kind === 'FuncDecl',
  );
  return around !== undefined && sendsItself(around, (chan) => sourceText(site.file, chan) === operation.name);
}

/** Whether a function, its literals left out, sends on the channel. */
function sendsItself(func: Func, isIt: (chan: Func['range']) => boolean): boolean {
  let found = false;
  walk(func, (node) => {
    if (found || (node !== func && node.kind === 'FuncLit')) return false;
    found = node.kind === 'SendStmt' && isIt(node.chan.range);
    return !found;
  });
  return found;
}
