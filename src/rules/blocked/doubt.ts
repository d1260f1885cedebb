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
import type { StuckProcess } from '../../concurrency/leak.ts';
import type { Node } from '../../go/ast.ts';
import { walk } from '../../go/walk.ts';
import { contains } from '../../text/offset.ts';
import { nodesAround, operationAt, type SourceSite, sourceSite, sourceText } from './operation.ts';
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
}

/** The doubt about a story; undefined for a path that needs no such luck. */
export function doubtOf(story: Story): Doubt | undefined {
  const loops = [...countedLoops(story), ...measuredLoops(story)];
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
    : `if the loop of line ${loop.place.file.lines.lineAt(loop.loop.range.start)} runs not at all`;
}

function countedLoops({ leak }: Story): readonly Counted[] {
  return leak.trace.flatMap((step) => {
    const place = step.what.kind === 'count' ? sourceSite(step.site, step.callers) : undefined;
    const loop = place && nodesAround(place.file, place.range).findLast(isLoop);
    return place && loop && step.what.kind === 'count' ? [{ value: step.what.value, place, loop }] : [];
  });
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
        found.push({ value: 0, place, loop });
    });
    return found;
  });
}

function isLoop(node: Node): boolean {
  return node.kind === 'ForStmt' || node.kind === 'RangeStmt';
}

/** The loop holds the stuck operation, or the `go` statement of its process. */
function asks({ place, loop }: Counted, { site, root }: Story): boolean {
  const start = root.process.start;
  return (
    (place.file === site.file && contains(loop.range, site.range)) ||
    (start?.file === place.file && contains(loop.range, start.range))
  );
}

/** The text of the loop does what the stuck operation waits for. */
function answers(counted: Counted, story: Story): boolean {
  if (asks(counted, story)) return false;
  const { place, loop } = counted;
  const text = place.file.text.slice(loop.range.start, loop.range.end);
  if (answersWaiter(text, story.root)) return true;
  switch (story.root.kind) {
    // Who is to call Done cannot, because it is stuck itself.
    case 'wait':
      return story.leak.stuck.some((other) => answersWaiter(text, other));
    case 'panic-send-closed':
    case 'panic-close-closed':
      return isWaitedFor(text, story);
    default:
      return false;
  }
}

function answersWaiter(text: string, stuck: StuckProcess): boolean {
  const site = sourceSite(stuck.site, stuck.callers);
  const name = site ? operationAt(site).name : '';
  switch (stuck.kind) {
    case 'send':
      return receivesFrom(text, name);
    case 'recv':
    case 'range':
      return sendsOn(text, name);
    case 'select':
      return site !== undefined && (stuck.arms ?? []).some((arm) => answersArm(text, { ...arm, file: site.file }));
    default:
      return false;
  }
}

function receivesFrom(text: string, channel: string): boolean {
  const name = lastName(channel);
  return name !== undefined && new RegExp(`(<-\\s*|range\\s+)[\\w.]*\\b${name}\\b`).test(text);
}

function sendsOn(text: string, channel: string): boolean {
  const name = lastName(channel);
  return name !== undefined && new RegExp(`\\b${name}\\s*<-|close\\([\\w.]*\\b${name}\\)`).test(text);
}

function lastName(source: string): string | undefined {
  return /\w+$/.exec(source)?.[0];
}

function answersArm(text: string, arm: SourceSite): boolean {
  const { kind, name } = operationAt(arm);
  return kind === 'send' ? receivesFrom(text, name) : kind === 'receive' && sendsOn(text, name);
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

/** What the loop runs over, or its condition. */
function operandOf({ place, loop }: Counted): string {
  if (loop.kind === 'RangeStmt') return sourceText(place.file, loop.x.range, 40);
  if (loop.kind !== 'ForStmt' || !loop.cond) return 'for';
  const { cond } = loop;
  return sourceText(place.file, cond.kind === 'BinaryExpr' ? cond.y.range : cond.range, 40);
}
