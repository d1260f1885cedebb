/**
 * Workers that a loop starts until there are enough of them: `for p.size < want { go p.work(tasks); p.size++ }`. How many
 * there are, and how many there have to be, are numbers that belong together; a search takes them as they come, and finds
 * a crew of nobody. Nobody asks for such a crew.
 */
import type { TraceStep } from '../../concurrency/leak.ts';
import type { Node } from '../../go/ast.ts';
import { walk } from '../../go/walk.ts';
import { assignedName, nodesAround, sourceSite } from './operation.ts';
import type { Story } from './story.ts';

/** Whether nobody answers because a loop that starts those who would has started none of them, for what it counts. */
export function hasNoCrew({ leak, root, operation }: Story): boolean {
  if (root.object === undefined || leak.stuck.length > 1) return false;
  if (leak.trace.some(({ process, what }) => process.id !== root.process.id || what.kind === 'go')) return false;
  const made = root.madeAt && sourceSite(root.madeAt, []);
  const names = [operation.name, (made && assignedName(made)) ?? ''].flatMap((name) => /\w+$/.exec(name)?.[0] ?? []);
  if (names.length === 0) return false;
  return leak.trace.some((step) => countingLoops(step).some((loop) => starts(step, loop, names)));
}

/** The loops around a comparison of numbers. */
function countingLoops({ site, what }: TraceStep): readonly Node[] {
  if (what.kind !== 'branch' || !site.file) return [];
  const path = nodesAround(site.file, site.range);
  const asked = path.findLast((node) => node.kind === 'BinaryExpr');
  if (asked?.kind !== 'BinaryExpr' || !comparisons.has(asked.op) || isNoNumber(asked.y)) return [];
  const inner = path.findLastIndex((node) => node.kind === 'FuncLit' || node.kind === 'FuncDecl');
  return path.slice(inner + 1).filter((node) => node.kind === 'ForStmt');
}

const comparisons: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=']);

function isNoNumber(node: Node): boolean {
  if (node.kind === 'BasicLit') return node.tok === 'STRING';
  return node.kind === 'Ident' && ['nil', 'true', 'false'].includes(node.name);
}

/** Whether a loop starts a goroutine, or gives away a function, that knows one of the names. */
function starts({ site }: TraceStep, loop: Node, names: readonly string[]): boolean {
  const known = new RegExp(`\\b(?:${names.join('|')})\\b`);
  let found = false;
  walk(loop, (node) => {
    const given = node.kind === 'GoStmt' ? node : node.kind === 'FuncLit' ? node.body : undefined;
    found ||= given !== undefined && known.test(site.file?.text.slice(given.range.start, given.range.end) ?? '');
    return !found;
  });
  return found;
}
