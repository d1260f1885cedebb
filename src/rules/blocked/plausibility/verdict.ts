/**
 * How plausible a leak is: which assumptions its witness rests on, and what it is worth then.
 *
 * An error rests on nothing but time: scheduling, timeouts, cancellation, the failure of an I/O call. The readers of this
 * folder each know one kind of assumption; `assumption.ts` says what a kind takes from a leak. What is silenced is counted with
 * the assumption that silences it, and the search goes on for another path to the same operation.
 */
import type { Leak, Weight } from '../../../concurrency/leak.ts';
import type { GoPackage } from '../../../go/package.ts';
import { rootOf } from '../root-cause.ts';
import { type Story, storyOf } from '../story.ts';
import { twoAnswers } from './answers.ts';
import { type Assumption, WEIGHTS } from './assumption.ts';
import { noCaseHolds } from './cases.ts';
import { unreachedCount, unstartedAnswer } from './counters.ts';
import { fullBuffer, uncountedWork } from './counts.ts';
import { meantToWait, nilByContract } from './deliberate.ts';
import { endedByItself } from './ended.ts';
import { chosenLength } from './lengths.ts';
import { commandGoesOn, meantToLast, outlivesMain } from './lifetimes.ts';
import { panics, sameElement, unknownHistory, unmadeElement } from './luck.ts';
import { nilValue } from './nil-values.ts';
import { keptCallback, outsideActs, outsideLeaves, refusedCallback } from './outside.ts';
import { secondReply } from './replies.ts';
import { secondCall } from './single-calls.ts';
import { testArranges, testCode, testEndsEarly, testFails } from './tests.ts';
import { tokenNotTaken } from './tokens.ts';
import { lateTurn } from './turns.ts';
import { noWorker } from './workers.ts';

export interface Verdict {
  readonly severity: Weight;
  /** What the witness rests on; of a silent leak the last one is what silences it. */
  readonly assumptions: readonly Assumption[];
}

type Reader = (pkg: GoPackage, story: Story) => Assumption | undefined;

/** Cheap ones first: what silences a leak ends the reading. */
const READERS: readonly Reader[] = [
  (_, story) => outlivesMain(story),
  outsideLeaves,
  testArranges,
  testEndsEarly,
  testFails,
  testCode,
  unknownHistory,
  meantToWait,
  nilByContract,
  unmadeElement,
  (_, story) => sameElement(story),
  (_, story) => twoAnswers(story),
  (_, story) => endedByItself(story),
  outsideActs,
  (_, story) => refusedCallback(story),
  keptCallback,
  fullBuffer,
  uncountedWork,
  (_, story) => tokenNotTaken(story),
  (_, story) => noWorker(story),
  (_, story) => noCaseHolds(story),
  nilValue,
  lateTurn,
  secondReply,
  secondCall,
  (_, story) => unreachedCount(story),
  (_, story) => unstartedAnswer(story),
  (_, story) => chosenLength(story),
  (_, story) => panics(story),
  meantToLast,
  commandGoesOn,
];

/** What a story is worth. The process of a command ends soon: what rests on more than its going on is not worth a word. */
export function verdictOf(pkg: GoPackage, story: Story): Verdict {
  const assumptions: Assumption[] = [];
  for (const read of READERS) {
    const assumption = read(pkg, story);
    if (!assumption) continue;
    assumptions.push(assumption);
    if (WEIGHTS[assumption.kind] === 'silent') return { severity: 'silent', assumptions };
  }
  const tooMuch = assumptions.length > 1 && assumptions.some(({ kind }) => kind === 'command-goes-on');
  return { severity: tooMuch ? 'silent' : assumptions.length === 0 ? 'error' : 'warning', assumptions };
}

type Weigher = (leak: Leak) => Weight;

const weighers = new WeakMap<GoPackage, Weigher>();

/**
 * What a leak of a package is worth; one of which nothing lies in the source says nothing. One function per package, as
 * searches are kept by it.
 */
export function weigher(pkg: GoPackage): Weigher {
  const known = weighers.get(pkg) ?? ((leak: Leak) => weightOf(pkg, leak));
  weighers.set(pkg, known);
  return known;
}

function weightOf(pkg: GoPackage, leak: Leak): Weight {
  const root = rootOf(leak);
  const story = root && storyOf(pkg, leak, root);
  return story ? verdictOf(pkg, story).severity : 'silent';
}

/** The condition under which the message holds, as a clause behind `if`. */
export function conditionOf({ assumptions }: Verdict): string | undefined {
  return assumptions.find(({ told }) => told)?.text;
}
