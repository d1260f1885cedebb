/** How often the loops on a path ran, as far as the path or what it makes shows. */
import type { Expr, File, Node } from '../../../go/ast.ts';
import { walk } from '../../../go/walk.ts';
import { contains, type Range } from '../../../text/offset.ts';
import { nodesAround, type SourceSite, sourceSite, sourceText } from '../operation.ts';
import type { Story } from '../story.ts';
import { comparesNumbers } from './answering.ts';

/** A loop on the path whose number of rounds was chosen. */
export interface Counted {
  readonly value: number;
  /** It counts in other steps than one. */
  readonly computed?: true;
  readonly place: SourceSite;
  readonly loop: Node;
  /** Calls in the same file that led to the loop: what they hand over may run in it. */
  readonly calls: readonly Node[];
}

export function countedLoops({ leak }: Story): readonly Counted[] {
  return leak.trace.flatMap((step) => {
    const place = step.what.kind === 'count' ? sourceSite(step.site, step.callers) : undefined;
    const loop = place && loopWithHead(place);
    if (!place || !loop || step.what.kind !== 'count') return [];
    const calls = step.callers.flatMap((site) =>
      site.file === place.file ? (callAt(place.file, site.range) ?? []) : [],
    );
    return [{ value: step.what.value, place, loop, calls, ...(stepsOddly(loop) ? { computed: true } : {}) }];
  });
}

/** Loops that count in other steps than one, or by hand: how often their condition was found to hold. */
export function computedLoops({ leak }: Story): readonly Counted[] {
  const rounds = new Map<Node, Counted & { value: number }>();
  for (const { site, callers, what } of leak.trace) {
    const place = what.kind === 'branch' ? sourceSite(site, callers) : undefined;
    const loop = place && loopWithHead(place);
    if (!place || loop?.kind !== 'ForStmt' || !stepsOddly(loop) || !loop.cond || !comparesNumbers(loop.cond)) continue;
    const known = rounds.get(loop) ?? { value: 0, computed: true, place, loop, calls: [] };
    if (what.kind === 'branch' && what.taken) known.value += 1;
    rounds.set(loop, known);
  }
  return [...rounds.values()];
}

/** Loops that count by hand how often they receive (`for left > 0 { <-done; left-- }`): the number was known, and is over. */
export function emptiedLoops({ leak, root }: Story): readonly Counted[] {
  const rounds = new Map<Node, Counted & { value: number }>();
  for (const { site, callers, what } of leak.trace) {
    if (what.kind !== 'recv' || root.object === undefined || what.object !== root.object) continue;
    const place = sourceSite(site, callers);
    const loop = place && nodesAround(place.file, place.range).findLast((node) => node.kind === 'ForStmt');
    if (!place || loop?.kind !== 'ForStmt' || !stepsOddly(loop) || !loop.cond || !comparesNumbers(loop.cond)) continue;
    const known = rounds.get(loop) ?? { value: 0, computed: true, place, loop, calls: [] };
    known.value += 1;
    rounds.set(loop, known);
  }
  return [...rounds.values()];
}

/** Whether a loop counts in other steps than one, or by hand. */
function stepsOddly(loop: Node): boolean {
  return loop.kind === 'ForStmt' && loop.post?.kind !== 'IncDecStmt';
}

/** The loop in whose head a number was chosen: what is chosen in its body says nothing of its rounds. */
function loopWithHead({ file, range: span }: SourceSite): Node | undefined {
  return nodesAround(file, span).findLast(
    (node) => (node.kind === 'ForStmt' || node.kind === 'RangeStmt') && !contains(node.body.range, span),
  );
}

function callAt(file: File, span: Range): Node | undefined {
  return nodesAround(file, span).findLast((node) => node.kind === 'CallExpr');
}

/** A length is chosen once: further loops on the way over what was chosen to be empty. */
export function loopsOverTheSame({ leak, site }: Story, counted: readonly Counted[]): readonly Counted[] {
  const empty = counted.filter(({ value, loop }) => value === 0 && loop.kind === 'RangeStmt');
  if (empty.length === 0) return [];
  const operands = new Set(empty.map(operandOf));
  const known = new Set(counted.map(({ loop }) => loop));
  const places = [site, ...leak.trace.flatMap((step) => sourceSite(step.site, step.callers) ?? [])];
  const decls = new Map(
    places.flatMap((place) =>
      nodesAround(place.file, place.range)
        .slice(0, 1)
        .map((decl) => [decl, place]),
    ),
  );
  const found: Counted[] = [];
  for (const [decl, place] of decls) {
    walk(decl, (loop) => {
      if (loop.kind !== 'RangeStmt' || known.has(loop)) return;
      const other: Counted = { value: 0, place, loop, calls: [] };
      if (operands.has(operandOf(other))) found.push(other);
    });
  }
  return found;
}

/**
 * Loops over what a channel was made with room for, whose number was chosen there: `make(chan T, len(xs))`,
 * `make(chan T, n)`. Of those that run, the one that asks counts.
 */
export function measuredLoops(story: Story): readonly Counted[] {
  return story.leak.trace.flatMap((step) => {
    const place = step.what.kind === 'make' ? sourceSite(step.site, step.callers) : undefined;
    const value = step.what.kind === 'make' ? step.what.capacity : undefined;
    const path = place ? nodesAround(place.file, place.range) : [];
    const room = place && roomIn(path);
    const [decl] = path;
    if (!place || value === undefined || room === undefined || !decl) return [];
    const found: Counted[] = [];
    walk(decl, (loop) => {
      const counted: Counted = { value, place, loop, calls: [] };
      const isMeasured = loop.kind === 'RangeStmt' || (loop.kind === 'ForStmt' && loop.cond?.kind === 'BinaryExpr');
      if (!isMeasured || operandOf(counted) !== sourceText(place.file, room.range, 40)) return;
      if (value === 0 || asks(counted, story)) found.push(counted);
    });
    return found;
  });
}

/** What a `make` is measured with: `xs` in `make(chan T, len(xs))`, `n` in `make(chan T, n)`. */
function roomIn(path: readonly Node[]): Expr | undefined {
  const made = path.findLast((node) => node.kind === 'CallExpr');
  const room = made?.kind === 'CallExpr' ? made.args[1] : undefined;
  const isLength = room?.kind === 'CallExpr' && room.fun.kind === 'Ident' && room.fun.name === 'len';
  return isLength ? room.args[0] : room;
}

/** The loop holds the stuck operation, or the `go` statement of its process. */
export function asks({ place, loop }: Counted, { site, root }: Story): boolean {
  const start = root.process.start;
  return (
    (place.file === site.file && contains(loop.range, site.range)) ||
    (start?.file === place.file && contains(loop.range, start.range))
  );
}

/** What the loop runs over, or its condition. */
export function operandOf({ place, loop }: Counted): string {
  if (loop.kind === 'RangeStmt') return sourceText(place.file, loop.x.range, 40);
  if (loop.kind !== 'ForStmt' || !loop.cond) return 'for';
  const { cond } = loop;
  return sourceText(place.file, cond.kind === 'BinaryExpr' ? cond.y.range : cond.range, 40);
}
