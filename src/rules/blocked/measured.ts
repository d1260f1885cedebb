/** Numbers that only the author knows: buffers made to measure, and counters that a loop lowers per item of work. */
import { nodesAround, type SourceSite, sourceSite } from './operation.ts';
import type { Story } from './story.ts';

/**
 * A function fills, in a loop of its own, a buffer that it has made with a number for its size: the number was measured for
 * just this loop.
 */
export function fillsOwnBuffer({ leak, root, site }: Story): boolean {
  if (root.kind !== 'send' || root.object === undefined) return false;
  const touches = leak.trace.filter(({ what }) => 'object' in what && what.object === root.object);
  if (touches.some(({ process }) => process.id !== root.process.id)) return false;
  const made = root.madeAt && sourceSite(root.madeAt, []);
  const call = made && nodesAround(made.file, made.range).findLast((node) => node.kind === 'CallExpr');
  const size = call?.kind === 'CallExpr' ? call.args[1] : undefined;
  return size !== undefined && size.kind !== 'BasicLit' && standsInLoop(site);
}

/** `Done` once per round of a loop: how many rounds there are hangs on work that is counted elsewhere. */
export function countsWork({ root, site }: Story): boolean {
  return root.kind === 'panic-negative-waitgroup' && standsInLoop(site);
}

/** Whether a place stands in a loop of its innermost function. */
function standsInLoop({ file, range }: SourceSite): boolean {
  const path = nodesAround(file, range);
  const func = path.findLastIndex((node) => node.kind === 'FuncLit' || node.kind === 'FuncDecl');
  return path.slice(func + 1).some((node) => node.kind === 'ForStmt' || node.kind === 'RangeStmt');
}
