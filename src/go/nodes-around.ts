/** From a place in a file back to the syntax around it. */
import { contains, type Range } from '../text/offset.ts';
import type { File, Node } from './ast.ts';
import { walk } from './walk.ts';

/** Nodes that contain a range, outermost (the declaration) first. */
export function nodesAround(file: File, span: Range): readonly Node[] {
  const decl = file.decls.find((candidate) => contains(candidate.range, span));
  const path: Node[] = [];
  if (!decl) return path;
  walk(decl, (node) => {
    if (!contains(node.range, span)) return false;
    path.push(node);
    return true;
  });
  return path;
}
