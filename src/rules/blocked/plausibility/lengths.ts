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
import type { Node } from '../../../go/ast.ts';
import { contains } from '../../../text/offset.ts';
import { operationAt, sourceSite } from '../operation.ts';
import type { Story } from '../story.ts';
import { answersIn, lastNameOf, mentions, startsGoroutines, type Wait } from './answering.ts';
import type { Assumption } from './assumption.ts';
import { emptyLoopHandsHolder } from './holders.ts';
import { partnersOf, waitsOf } from './missed.ts';
import {
  asks,
  type Counted,
  computedLoops,
  countedLoops,
  emptiedLoops,
  loopsOverTheSame,
  measuredLoops,
  operandOf,
} from './rounds.ts';

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

/** The function was left from inside the loop: how often the loop would have run plays no part. */
function isLeftInside({ place, loop }: Counted, { departure }: Story): boolean {
  return (
    departure?.site !== undefined && departure.site.file === place.file && contains(loop.range, departure.site.range)
  );
}

/** The loop does what the stuck operation waits for, or hands the channel to somebody who may. */
function answers(counted: Counted, story: Story): boolean {
  if (asks(counted, story)) return false;
  const nodes = [counted.loop, ...counted.calls];
  const answered = (waits: readonly Wait[]): boolean =>
    waits.some((wait) => nodes.some((node) => answersIn(node, wait, story.operation.node)));
  if (answered(partnersOf(story))) return true;
  if (counted.value === 0 && emptyLoopHandsHolder(counted.loop, counted.place, story)) return true;
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

/** The loop starts goroutines that somebody waited for, maybe before the close: of none it is over at once. */
function isWaitedFor(loop: Node, { leak }: Story): boolean {
  if (!startsGoroutines(loop)) return false;
  return leak.trace.some((step) => {
    const place = step.what.kind === 'wait' ? sourceSite(step.site, step.callers) : undefined;
    const group = place && lastNameOf(operationAt(place).target);
    return group !== undefined && mentions(loop, [group]);
  });
}
