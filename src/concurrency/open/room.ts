/**
 * Whether a channel was made with room for all that will be sent, so that nobody needs to read it: its capacity is counted
 * from what is sent. A capacity that is configured (a field, a parameter) only puts off the moment at which it is full.
 */
import type { Expr, Node } from '../../go/ast.ts';
import { walk } from '../../go/walk.ts';
import type { Site } from '../ir.ts';
import type { StuckProcess } from '../leak.ts';
import { functionsAround, isFunc, nodesAround } from './place.ts';

type Loop = Extract<Node, { kind: 'ForStmt' | 'RangeStmt' }>;

/** Whether the capacity is a length, or the bound of the loop that sends; never enough for a loop without end. */
export function hasMeasuredRoom(stuck: StuckProcess): boolean {
  const { madeAt, site, callers } = stuck;
  const call = madeAt?.file && nodesAround(madeAt.file, madeAt.range).findLast((node) => node.kind === 'CallExpr');
  const room = call?.kind === 'CallExpr' ? call.args[1] : undefined;
  if (room === undefined || madeAt === undefined) return false;
  if ([site, ...callers].some((one) => innerLoops(one).some((loop) => isEndless(loop, one)))) return false;
  return measures(room, madeAt) || boundsLoop(room, madeAt, stuck);
}

/** Whether a length has a part in an expression, or in what a variable of it was set to. */
function measures(room: Expr, madeAt: Site): boolean {
  let found = hasLength(room);
  const names = new Set<string>();
  walk(room, (node) => {
    if (node.kind === 'Ident') names.add(node.name);
    return true;
  });
  const [outer] = functionsAround(madeAt);
  if (outer === undefined) return found;
  walk(outer, (node) => {
    if (node.kind === 'AssignStmt' && !found)
      found = node.lhs.some((target, at) => {
        const value = node.rhs[at] ?? node.rhs[0];
        return target.kind === 'Ident' && names.has(target.name) && value !== undefined && hasLength(value);
      });
    return !found;
  });
  return found;
}

function hasLength(expr: Expr): boolean {
  let found = false;
  walk(expr, (node) => {
    found ||= node.kind === 'CallExpr' && node.fun.kind === 'Ident' && node.fun.name === 'len';
    return !found;
  });
  return found;
}

/** Whether a loop around the send, or around the start of the goroutine that sends, runs so many times. */
function boundsLoop(room: Expr, madeAt: Site, { site, callers, process }: StuckProcess): boolean {
  const wanted = textOf(room, madeAt);
  return [site, ...callers, ...(process.start ? [process.start] : [])].some((one) =>
    innerLoops(one).some((loop) => {
      const bound = loop.kind === 'RangeStmt' ? loop.x : loop.cond?.kind === 'BinaryExpr' ? loop.cond.y : undefined;
      return bound !== undefined && textOf(bound, one) === wanted;
    }),
  );
}

function textOf({ range }: Expr, { file }: Site): string {
  return file?.text.slice(range.start, range.end).replace(/\s+/g, '') ?? '';
}

/** Loops around a site within its function. */
function innerLoops({ file, range }: Site): readonly Loop[] {
  const around = file ? nodesAround(file, range) : [];
  return around
    .slice(around.findLastIndex(isFunc) + 1)
    .filter((node): node is Loop => node.kind === 'ForStmt' || node.kind === 'RangeStmt');
}

/** A loop that asks whether the channel which feeds it is closed ends with it. */
function isEndless(loop: Loop, { file }: Site): boolean {
  if (loop.kind !== 'ForStmt' || loop.cond !== undefined) return false;
  return !/,\s*\w+\s*:?=\s*<-/.test(file?.text.slice(loop.range.start, loop.range.end) ?? '');
}
