/**
 * How convincing a path is. An unknown length counts as 0, 1 or many, and two unknown lengths have nothing to do with each
 * other; a maintainer may know better. So a leak is told with its condition, as a warning, when
 *
 * 1. nobody answers because a loop over something unknown ran not at all
 *    (a panic on a closed channel: its closer waited for no goroutine, because none was started), or
 * 2. nobody answers any more because a loop that answers ran less often than the loop that asks, over something else.
 *
 * A wait by the function itself, of which only an empty input is to blame, is not told at all: such functions are not
 * called with an empty input.
 */
import type { StuckKind, StuckProcess } from '../../concurrency/leak.ts';
import { receivedFrom } from '../../concurrency/open/stops.ts';
import type { Expr, File, Node, SelectStmt } from '../../go/ast.ts';
import { walk } from '../../go/walk.ts';
import { contains, type Range } from '../../text/offset.ts';
import { assignedName, nodesAround, operationAt, type SourceSite, sourceSite, sourceText } from './operation.ts';
import type { Story } from './story.ts';

/** What must be so for the leak: a clause that begins with `if`; `silent` when it is too far-fetched to be told. */
export interface Doubt {
  readonly condition: string;
  readonly silent: boolean;
}

/** A loop on the path whose number of rounds was chosen. */
interface Counted {
  readonly value: number;
  readonly place: SourceSite;
  readonly loop: Node;
  /** Calls in the same file that led to the loop: what they hand over may run in it. */
  readonly calls: readonly Node[];
}

/** The doubt about a story; undefined for a path that needs no such luck. */
export function doubtOf(story: Story): Doubt | undefined {
  const counted = countedLoops(story);
  const loops = [...counted, ...loopsOverTheSame(story, counted), ...measuredLoops(story)];
  const answering = loops.filter((one) => answers(one, story));
  const empty = answering.find((one) => one.value === 0);
  const asking = loops.find((one) => one.value > 0 && asks(one, story));
  if (empty && asking && operandOf(empty) !== operandOf(asking))
    return { condition: `if \`${operandOf(asking)}\` has more elements than \`${operandOf(empty)}\``, silent: false };
  if (empty) return { condition: emptyWords(empty), silent: story.root.process.start === undefined && waits(story) };
  const short = asking && answering.find((one) => one.value < asking.value && operandOf(one) !== operandOf(asking));
  return short && asking
    ? { condition: `if \`${operandOf(asking)}\` has more elements than \`${operandOf(short)}\``, silent: false }
    : undefined;
}

function waits({ root }: Story): boolean {
  return root.kind === 'recv' || root.kind === 'range' || root.kind === 'select' || root.kind === 'wait';
}

/** Who ranges without a second variable may range over a number. */
function emptyWords(loop: Counted): string {
  return loop.loop.kind === 'RangeStmt'
    ? `if \`${operandOf(loop)}\` is ${loop.loop.value ? 'empty' : 'empty or 0'}`
    : `if the loop on line ${loop.place.file.lines.lineAt(loop.loop.range.start)} never runs`;
}

function countedLoops({ leak }: Story): readonly Counted[] {
  return leak.trace.flatMap((step) => {
    const place = step.what.kind === 'count' ? sourceSite(step.site, step.callers) : undefined;
    const loop = place && loopWithHead(place);
    if (!place || !loop || step.what.kind !== 'count') return [];
    const calls = step.callers.flatMap((site) =>
      site.file === place.file ? (callAt(place.file, site.range) ?? []) : [],
    );
    return [{ value: step.what.value, place, loop, calls }];
  });
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

/** Loops over something that was chosen to be empty when a channel was made with room for as many: `make(chan T, len(xs))`. */
function measuredLoops({ leak }: Story): readonly Counted[] {
  return leak.trace.flatMap((step) => {
    const place =
      step.what.kind === 'make' && step.what.capacity === 0 ? sourceSite(step.site, step.callers) : undefined;
    const path = place ? nodesAround(place.file, place.range) : [];
    const made = path.findLast((node) => node.kind === 'CallExpr');
    const room = place && made?.kind === 'CallExpr' && made.args[1] ? sourceText(place.file, made.args[1].range) : '';
    const operand = /^len\((.+)\)$/.exec(room)?.[1];
    const [decl] = path;
    if (!place || operand === undefined || !decl) return [];
    const found: Counted[] = [];
    walk(decl, (loop) => {
      if (loop.kind === 'RangeStmt' && sourceText(place.file, loop.x.range, 40) === operand)
        found.push({ value: 0, place, loop, calls: [] });
    });
    return found;
  });
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
  const texts = [counted.loop, ...counted.calls].map(({ range }) => textOf(counted.place, range));
  const { node } = story.operation;
  const isLeft = node?.kind === 'RangeStmt' && /\b(break|return)\b/.test(textOf(story.site, node.body.range));
  const answered = (waits: readonly Wait[]): boolean =>
    waits.some(({ name, kind }) => texts.some((text) => answersIn(text, name, kind, isLeft)));
  if (answered(partnersOf(story))) return true;
  switch (story.root.kind) {
    // Who is to call Done cannot, because it is stuck itself.
    case 'wait':
      return answered(story.leak.stuck.flatMap((other) => waitsOf(other)));
    case 'panic-send-closed':
    case 'panic-close-closed':
      return texts.some((text) => isWaitedFor(text, story));
    default:
      return false;
  }
}

/** `isLeft`: the range ends by itself when it has got enough. */
function answersIn(text: string, name: string, kind: StuckKind, isLeft: boolean): boolean {
  const handed = `[(,]\\s*[\\w.]*\\b${name}\\s*[,)]`;
  switch (kind) {
    case 'send':
      return new RegExp(`(<-\\s*|range\\s+)[\\w.]*\\b${name}\\b|${handed}`).test(text);
    case 'recv':
      return new RegExp(`\\b${name}\\s*<-|close\\([\\w.]*\\b${name}\\)|${handed}`).test(text);
    case 'range':
      if (isLeft) return answersIn(text, name, 'recv', false);
      return new RegExp(`close\\([\\w.]*\\b${name}\\)|${handed}`).test(text);
    case 'wait':
      return new RegExp(`\\b${name}\\.(Done|Go)\\(|${handed}`).test(text);
    default:
      return false;
  }
}

interface Wait {
  readonly name: string;
  readonly kind: StuckKind;
}

/** What is waited for: the channel, as it is called here and where it was made; of a select, the channel of each arm. */
function partnersOf({ operation, root }: Story): readonly Wait[] {
  const made = root.madeAt && sourceSite(root.madeAt, []);
  const names = [operation.name, (made && assignedName(made)) ?? ''];
  const waits = names.map((name): Wait => ({ name, kind: root.kind }));
  if (operation.node?.kind === 'SelectStmt') waits.push(...armsOf(operation.node));
  return waits.flatMap(lastNamed);
}

/** What another stuck process waits for. */
function waitsOf({ kind, site, callers }: StuckProcess): readonly Wait[] {
  const place = sourceSite(site, callers);
  const operation = place && operationAt(place);
  if (!operation) return [];
  const arms = operation.node?.kind === 'SelectStmt' ? armsOf(operation.node) : [];
  return [{ name: operation.name, kind }, ...arms].flatMap(lastNamed);
}

function lastNamed({ name, kind }: Wait): readonly Wait[] {
  const last = lastName(name);
  return last === undefined ? [] : [{ name: last, kind }];
}

function lastName(source: string): string | undefined {
  return /\w+$/.exec(source)?.[0];
}

function armsOf({ clauses }: SelectStmt): readonly Wait[] {
  return clauses.flatMap(({ comm }): readonly Wait[] => {
    if (comm?.kind === 'SendStmt') return [{ name: nameOf(comm.chan), kind: 'send' }];
    const from = comm && receivedFrom(comm);
    return from ? [{ name: nameOf(from), kind: 'recv' }] : [];
  });
}

function nameOf(expr: Expr): string {
  if (expr.kind === 'Ident') return expr.name;
  return expr.kind === 'SelectorExpr' ? expr.sel.name : '';
}

/** The loop starts goroutines that somebody waited for, maybe before the close: of none it is over at once. */
function isWaitedFor(text: string, { leak }: Story): boolean {
  if (!/\bgo\b|\.Go\(/.test(text)) return false;
  return leak.trace.some((step) => {
    const place = step.what.kind === 'wait' ? sourceSite(step.site, step.callers) : undefined;
    const group = place && lastName(operationAt(place).name);
    return group !== undefined && new RegExp(`\\b${group}\\b`).test(text);
  });
}

function textOf({ file }: SourceSite, { start, end }: Range): string {
  return file.text.slice(start, end);
}

/** What the loop runs over, or its condition. */
function operandOf({ place, loop }: Counted): string {
  if (loop.kind === 'RangeStmt') return sourceText(place.file, loop.x.range, 40);
  if (loop.kind !== 'ForStmt' || !loop.cond) return 'for';
  const { cond } = loop;
  return sourceText(place.file, cond.kind === 'BinaryExpr' ? cond.y.range : cond.range, 40);
}
