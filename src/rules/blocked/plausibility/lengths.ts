/**
 * Lengths that a search chooses. An unknown length counts as 0, 1 or many, and two unknown lengths have nothing to do with each
 * other; a maintainer may know better. A leak rests on a choice when
 *
 * 1. nobody answers because a loop over something unknown ran not at all
 *    (a panic on a closed channel: its closer waited for no goroutine, because none was started), or
 * 2. nobody answers any more because a loop that answers ran less often than the loop that asks, over something else.
 *
 * A wait by the function itself, of which only an empty input is to blame, is another kind: such functions are not called with
 * an empty input.
 */
import type { StuckProcess } from '../../../concurrency/leak.ts';
import { receivedFrom } from '../../../concurrency/open/stops.ts';
import type { Expr, File, Node, SelectStmt } from '../../../go/ast.ts';
import { walk } from '../../../go/walk.ts';
import { contains, type Range } from '../../../text/offset.ts';
import { assignedTo, nodesAround, operationAt, type SourceSite, sourceSite, sourceText } from '../operation.ts';
import type { Story } from '../story.ts';
import { answersIn, comparesNumbers, lastNameOf, mentions, startsGoroutines, type Wait } from './answering.ts';
import type { Assumption } from './assumption.ts';

/** A loop on the path whose number of rounds was chosen. */
interface Counted {
  readonly value: number;
  /** It counts in other steps than one. */
  readonly computed?: true;
  readonly place: SourceSite;
  readonly loop: Node;
  /** Calls in the same file that led to the loop: what they hand over may run in it. */
  readonly calls: readonly Node[];
}

/** The choice of lengths that a leak rests on. */
export function chosenLength(story: Story): Assumption | undefined {
  const counted = countedLoops(story);
  const loops = [
    ...counted,
    ...computedLoops(story),
    ...emptiedLoops(story),
    ...loopsOverTheSame(story, counted),
    ...measuredLoops(story),
  ].filter((one) => one.value === 0 || !isLeftInside(one, story));
  const answering = loops.filter((one) => answers(one, story));
  const empty = answering.find((one) => one.value === 0);
  const asking = loops.find((one) => one.value > 0 && asks(one, story));
  if (empty && asking && operandOf(empty) !== operandOf(asking)) return unequal(asking, empty);
  if (empty) {
    const kind = story.root.process.start === undefined && waits(story) ? 'empty-input' : 'empty-length';
    return { kind, text: emptyWords(empty), place: empty.place, told: true };
  }
  const short =
    asking &&
    answering.find((one) => (one.computed || one.value < asking.value) && operandOf(one) !== operandOf(asking));
  return short && asking ? unequal(asking, short) : undefined;
}

function unequal(more: Counted, fewer: Counted): Assumption {
  const text = `\`${operandOf(more)}\` has more elements than \`${operandOf(fewer)}\``;
  if (more.computed || fewer.computed) return { kind: 'unequal-counts', text, place: fewer.place };
  return { kind: 'unequal-lengths', text, place: fewer.place, told: true };
}

function waits({ root }: Story): boolean {
  return root.kind === 'recv' || root.kind === 'range' || root.kind === 'select' || root.kind === 'wait';
}

/** Who ranges without a second variable may range over a number. */
function emptyWords(loop: Counted): string {
  return loop.loop.kind === 'RangeStmt'
    ? `\`${operandOf(loop)}\` is ${loop.loop.value ? 'empty' : 'empty or 0'}`
    : `the loop on line ${loop.place.file.lines.lineAt(loop.loop.range.start)} never runs`;
}

function countedLoops({ leak }: Story): readonly Counted[] {
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
function computedLoops({ leak }: Story): readonly Counted[] {
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
function emptiedLoops({ leak, root }: Story): readonly Counted[] {
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

/** The function was left from inside the loop: how often the loop would have run plays no part. */
function isLeftInside({ place, loop }: Counted, { departure }: Story): boolean {
  return (
    departure?.site !== undefined && departure.site.file === place.file && contains(loop.range, departure.site.range)
  );
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
function loopsOverTheSame({ leak, site }: Story, counted: readonly Counted[]): readonly Counted[] {
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
function measuredLoops(story: Story): readonly Counted[] {
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
function asks({ place, loop }: Counted, { site, root }: Story): boolean {
  const start = root.process.start;
  return (
    (place.file === site.file && contains(loop.range, site.range)) ||
    (start?.file === place.file && contains(loop.range, start.range))
  );
}

/** The loop does what the stuck operation waits for, or hands the channel to somebody who may. */
function answers(counted: Counted, story: Story): boolean {
  if (asks(counted, story)) return false;
  const nodes = [counted.loop, ...counted.calls];
  const answered = (waits: readonly Wait[]): boolean =>
    waits.some((wait) => nodes.some((node) => answersIn(node, wait, story.operation.node)));
  if (answered(partnersOf(story))) return true;
  switch (story.root.kind) {
    // Who is to call Done cannot, because it is stuck itself.
    case 'wait':
      return answered(story.leak.stuck.flatMap((other) => waitsOf(other)));
    case 'panic-send-closed':
    case 'panic-close-closed':
      return nodes.some((node) => isWaitedFor(node, story));
    default:
      return false;
  }
}

/** What is waited for by all who are stuck. */
export function missedBy(story: Story): readonly Wait[] {
  return [...partnersOf(story), ...story.leak.stuck.filter((one) => one !== story.root).flatMap(waitsOf)];
}

/** What is waited for: the channel, as it is called here and where it was made; of a select, the channel of each arm. */
function partnersOf({ operation, root }: Story): readonly Wait[] {
  const made = root.madeAt && sourceSite(root.madeAt, []);
  const names = [lastNameOf(operation.target), made && lastNameOf(assignedTo(made))];
  const waits = names.flatMap((name): readonly Wait[] => (name === undefined ? [] : [{ name, kind: root.kind }]));
  return operation.node?.kind === 'SelectStmt' ? [...waits, ...armsOf(operation.node)] : waits;
}

/** What another stuck process waits for. */
function waitsOf({ kind, site, callers }: StuckProcess): readonly Wait[] {
  const place = sourceSite(site, callers);
  const operation = place && operationAt(place);
  if (!operation) return [];
  const name = lastNameOf(operation.target);
  const arms = operation.node?.kind === 'SelectStmt' ? armsOf(operation.node) : [];
  return name === undefined ? arms : [{ name, kind }, ...arms];
}

function armsOf({ clauses }: SelectStmt): readonly Wait[] {
  return clauses.flatMap(({ comm }): readonly Wait[] => {
    const [chan, kind] =
      comm?.kind === 'SendStmt' ? [comm.chan, 'send' as const] : [comm && receivedFrom(comm), 'recv' as const];
    const name = lastNameOf(chan);
    return name === undefined ? [] : [{ name, kind }];
  });
}

/** The loop starts goroutines that somebody waited for, maybe before the close: of none it is over at once. */
function isWaitedFor(loop: Node, { leak }: Story): boolean {
  if (!startsGoroutines(loop)) return false;
  return leak.trace.some((step) => {
    const place = step.what.kind === 'wait' ? sourceSite(step.site, step.callers) : undefined;
    const group = place && lastNameOf(operationAt(place).target);
    return group !== undefined && mentions(loop, [group]);
  });
}

/** What the loop runs over, or its condition. */
function operandOf({ place, loop }: Counted): string {
  if (loop.kind === 'RangeStmt') return sourceText(place.file, loop.x.range, 40);
  if (loop.kind !== 'ForStmt' || !loop.cond) return 'for';
  const { cond } = loop;
  return sourceText(place.file, cond.kind === 'BinaryExpr' ? cond.y.range : cond.range, 40);
}
