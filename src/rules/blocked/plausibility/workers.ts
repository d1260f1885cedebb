/**
 * Workers that a loop starts until there are enough of them: `for p.size < want { go p.work(tasks); p.size++ }`. How many
 * there are, and how many there have to be, are numbers that belong together; a search takes them as they come, and finds
 * none of them started. Nobody asks for no workers.
 */
import type { Leak, StuckProcess, TraceStep } from '../../../concurrency/leak.ts';
import type { Node } from '../../../go/ast.ts';
import { walk } from '../../../go/walk.ts';
import { assignedTo, nodesAround, sourceSite } from '../operation.ts';
import type { Story } from '../story.ts';
import { comparesNumbers, lastNameOf, mentions } from './answering.ts';
import type { Assumption } from './assumption.ts';

/** Nobody answers because a loop that starts those who would has started too few of them, for what it counts. */
export function noWorker(story: Story): Assumption | undefined {
  if (!hasNoWorker(story)) return undefined;
  return { kind: 'no-worker', text: `too few goroutines are started to work on \`${story.operation.name}\`` };
}

function hasNoWorker({ leak, root, operation }: Story): boolean {
  if (root.object === undefined || leak.stuck.length > 1) return false;
  const made = root.madeAt && sourceSite(root.madeAt, []);
  const names = [lastNameOf(operation.target), made && lastNameOf(assignedTo(made))].flatMap((name) => name ?? []);
  if (names.length === 0 || !othersAreAnswered(leak, root)) return false;
  return leak.trace.some((step) => countingLoops(step).some((loop) => starts(loop, names)));
}

/** Whether each process that was started has taken its share of what is missed now, and ended with it. */
function othersAreAnswered({ trace }: Leak, { process: { id }, object, kind }: StuckProcess): boolean {
  const others = new Set(trace.flatMap(({ what }) => (what.kind === 'go' ? [what.started.id] : [])));
  if (others.size > 0 && kind !== 'send' && kind !== 'recv') return false;
  if (trace.some(({ process }) => process.id !== id && !others.has(process.id))) return false;
  return [...others].every((other) => {
    const steps = trace.filter(({ process }) => process.id === other);
    const taken = steps.findIndex(({ what }) => 'object' in what && what.object === object);
    return taken >= 0 && ['return', 'end'].includes(steps[taken + 1]?.what.kind ?? '');
  });
}

/** The loops around a comparison of numbers. */
function countingLoops({ site, what }: TraceStep): readonly Node[] {
  if (what.kind !== 'branch' || !site.file) return [];
  const path = nodesAround(site.file, site.range);
  const asked = path.findLast((node) => node.kind === 'BinaryExpr');
  if (asked?.kind !== 'BinaryExpr' || !comparesNumbers(asked)) return [];
  const inner = path.findLastIndex((node) => node.kind === 'FuncLit' || node.kind === 'FuncDecl');
  return path.slice(inner + 1).filter((node) => node.kind === 'ForStmt');
}

/** Whether a loop starts a goroutine, or gives away a function, that knows one of the names. */
function starts(loop: Node, names: readonly string[]): boolean {
  let found = false;
  walk(loop, (node) => {
    const given = node.kind === 'GoStmt' ? node : node.kind === 'FuncLit' ? node.body : undefined;
    found ||= given !== undefined && mentions(given, names);
    return !found;
  });
  return found;
}
