/** Lists of functions in fields: queues, from which each is taken once, and lists of callbacks, which are called again and again. */
import type { Expr } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import { isTestFile } from '../../go/test-code.ts';
import type { Site } from '../ir.ts';
import { nodesAround } from './place.ts';

/** Whether the list to which something is appended at a site is one that the package takes its elements from. */
export function appendsToQueue(pkg: GoPackage, { file, range }: Site): boolean {
  const around = file ? nodesAround(file, range) : [];
  const call = around.findLast((node) => node.kind === 'CallExpr' && node.fun.kind === 'Ident');
  const list = call?.kind === 'CallExpr' ? call.args[0] : undefined;
  const field = list && pkg.fieldOf(list);
  return (
    field?.uses.some(
      ({ kind, value, file: place }) =>
        kind === 'assign' && value !== undefined && !isTestFile(place.path) && takesOut(pkg, field.name, value),
    ) === true
  );
}

/** `q.jobs[1:]`, `q.jobs[:0]`, `nil`: elements are gone from the list afterwards. */
function takesOut(pkg: GoPackage, name: string, value: Expr): boolean {
  if (value.kind === 'SliceExpr') return pkg.fieldOf(value.x)?.name === name;
  return value.kind === 'Ident' && value.name === 'nil';
}
