import type { Node } from '../../go/ast.ts';
import { children } from '../../go/walk.ts';

/** Whether `test` holds for the node or any node below it; `skip` prunes what lies below a node. */
export function someNode(
  root: Node,
  test: (node: Node) => boolean,
  skip: (node: Node) => boolean = () => false,
): boolean {
  const work: Node[] = [root];
  for (let node = work.pop(); node; node = work.pop()) {
    if (test(node)) return true;
    if (!skip(node)) work.push(...children(node));
  }
  return false;
}
