/** From a place in a file back to the syntax around it. */
import { contains, type Range } from '../text/offset.ts';
import type { File, Node } from './ast.ts';
import { children } from './walk.ts';

/** Nodes with more children than this are asked for many places: their children are kept, and searched by halves. */
const many = 64;
const kept = new WeakMap<Node, readonly Node[]>();

/** Nodes that contain a range, outermost (the declaration) first. */
export function nodesAround(file: File, span: Range): readonly Node[] {
  const decl = near(file.decls, span).find((candidate) => contains(candidate.range, span));
  const path: Node[] = [];
  if (decl) collect(decl, span, path);
  return path;
}

function collect(node: Node, span: Range, path: Node[]): void {
  if (!contains(node.range, span)) return;
  path.push(node);
  for (const child of near(childrenOf(node), span)) collect(child, span, path);
}

function childrenOf(node: Node): readonly Node[] {
  const known = kept.get(node);
  if (known) return known;
  const all = children(node);
  if (all.length > many) kept.set(node, all);
  return all;
}

/** Of siblings in the order of the text, those that can contain a range. Two may touch it where it is empty. */
function near<T extends Node>(siblings: readonly T[], span: Range): readonly T[] {
  if (siblings.length <= many) return siblings;
  let [low, high] = [0, siblings.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((siblings[middle]?.range.start ?? 0) <= span.start) low = middle + 1;
    else high = middle;
  }
  return siblings.slice(Math.max(0, low - 2), low);
}
