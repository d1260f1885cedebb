import { expect, it } from 'vitest';
import type { File, Node } from '../../src/go/ast.ts';
import { parseFile } from '../../src/go/file.ts';
import { nodesAround } from '../../src/go/nodes-around.ts';
import { walk } from '../../src/go/walk.ts';
import { contains, type Range } from '../../src/text/offset.ts';

const elements = Array.from({ length: 300 }, (_, i) => `\tfunc() { c <- ${i} },\n`).join('');
const functions = Array.from({ length: 300 }, (_, i) => `func f${i}(a, b int) {}\n`).join('');
const file = parseFile({ path: 'a.go', text: `package p\n\nvar t = []func(){\n${elements}}\n\n${functions}` });

function byWalking({ decls }: File, span: Range): readonly Node[] {
  const path: Node[] = [];
  const decl = decls.find((one) => contains(one.range, span));
  if (decl) walk(decl, (node) => contains(node.range, span) && path.push(node) > 0);
  return path;
}

it('finds in wide nodes what a walk of all of them finds', () => {
  const spans = new Set<Range>();
  for (const decl of file.decls) walk(decl, (node) => spans.add(node.range));
  expect(spans.size).toBeGreaterThan(2_000);
  for (const { start, end } of spans) {
    for (const span of [
      { start, end },
      { start, end: start },
      { start: end, end },
    ])
      expect(nodesAround(file, span)).toEqual(byWalking(file, span));
  }
});
