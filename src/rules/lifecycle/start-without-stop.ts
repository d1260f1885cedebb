/**
 * A goroutine that what is there to end it does not end: above all one that none of the stop methods of its type ends.
 *
 *  1. The starter is a method of a type that has a stop method (`Stop`, `Close`, `Shutdown`, ...), or a function
 *     that makes and returns a value of it, or starts one of its methods, or a loop over its ticker (see `stopped-ticker.ts`).
 *  2. The goroutine runs a loop that nothing in the package ends: it has no way out, every way out waits for a private
 *     channel that nobody closes or sends on, or it ranges over a private channel that nobody closes.
 *     Or a stop method sets a flag at which the loop looks only after a receive, and nothing sends then.
 *  3. Nothing else ends it: it is not started for the process, nor in a `sync.Once`.
 *  4. Or a local value whose goroutine a method ends is dropped when an error is returned (see `dropped-start.ts`).
 *  5. Or the stop method sends one value for several loops (see `lone-signal.ts`).
 *  6. Or a cancel function that is returned does not reach the goroutine (`ignored-cancel.ts`), or a return leaves the
 *     channel open that ends it (`left-open.ts`).
 *  7. Or the value that keeps the cancel function is dropped when an error is returned (`dropped-cancel.ts`).
 *  8. Or the stop method offers a value, and goes on when the loop is at work (`lost-signal.ts`).
 *  9. Or the loop waits for another context than the one that is there to end it (`wrong-context.ts`).
 * 10. Or the goroutine asks whether it is to stop only between calls that may never return (`polled-stop.ts`).
 */
import { refuse } from '../../analysis/code-edits.ts';
import type { FixRefusal, Report, SuggestedFix } from '../../analysis/diagnostic.ts';
import { anyRule, type Pass, type Rule } from '../../analysis/rule.ts';
import type { GoPackage } from '../../go/package.ts';
import { type DroppedCancel, describeDroppedCancel, droppedCancelFix, droppedCancels } from './dropped-cancel.ts';
import { type DroppedStart, droppedStarts } from './dropped-start.ts';
import { droppedFix } from './dropped-start-fix.ts';
import { describeDropped } from './dropped-start-report.ts';
import { describeIgnoredCancel, type IgnoredCancel, ignoredCancelFix, ignoredCancels } from './ignored-cancel.ts';
import { channelsLeftOpen, describeLeftOpen, type LeftOpen, leftOpenFix } from './left-open.ts';
import { type LoneSignal, loneSignals } from './lone-signal.ts';
import { describeSignal, signalFix } from './lone-signal-report.ts';
import { loopFix } from './loop-fix.ts';
import { describeLostSignal, type LostSignal, lostSignalFix, lostSignals } from './lost-signal.ts';
import { describePolledStop, type PolledStop, polledStops } from './polled-stop.ts';
import { describeStoppedLoop, type StoppedLoop, stoppedLoops } from './stopped-ticker.ts';
import { describeUnstoppedField, type UnstoppedField, unstoppedFields } from './unstopped-field.ts';
import { unstoppedFieldFix } from './unstopped-field-fix.ts';
import { describeStart, type UnstoppedStart, unstoppedStarts } from './unstopped-start.ts';
import { inReviewedFile } from './wording.ts';
import { describeWrongContext, type WrongContext, wrongContextFix, wrongContexts } from './wrong-context.ts';

type Finding =
  | UnstoppedStart
  | StoppedLoop
  | LoneSignal
  | LostSignal
  | DroppedStart
  | DroppedCancel
  | IgnoredCancel
  | LeftOpen
  | PolledStop
  | UnstoppedField
  | WrongContext;

function unstopped(pass: Pass): readonly Finding[] {
  const starts = unstoppedStarts(pass);
  return [...starts, ...stoppedLoops(pass, new Set(starts.map(({ goroutine }) => goroutine)))];
}

const rule: Rule<Finding> = {
  meta: {
    id: 'start-without-stop',
    group: 'lifecycle',
    summary: 'The stop method, cancel function or done channel for a goroutine does not end it.',
    severity: 'warning',
    since: '0.1.0',
    knownProblems: [
      {
        kind: 'miss',
        text: 'A loop that is left when a call fails counts as ended, although the call may never fail.',
      },
      { kind: 'miss', text: 'A type without a stop method is not reported.' },
    ],
  },
  detect: (pass) => [
    ...unstopped(pass),
    ...droppedStarts(pass),
    ...droppedCancels(pass),
    ...loneSignals(pass).filter((one) => inReviewedFile(pass, pass.pkg.fileOf(one.send))),
    ...lostSignals(pass).filter((one) => inReviewedFile(pass, one.send.file)),
    ...ignoredCancels(pass),
    ...wrongContexts(pass),
    ...unstoppedFields(pass),
    ...channelsLeftOpen(pass),
    ...polledStops(pass),
  ],
  describe: (finding, pass) => describe(finding, pass),
  fix: (finding, pass) => fix(finding, pass.pkg),
};

function describe(finding: Finding, pass: Pass): Report {
  switch (finding.kind) {
    case 'start':
      return describeStart(finding, pass);
    case 'stopped-ticker':
      return describeStoppedLoop(finding, pass);
    case 'dropped':
      return describeDropped(finding, pass);
    case 'dropped-cancel':
      return describeDroppedCancel(finding, pass);
    case 'ignored-cancel':
      return describeIgnoredCancel(finding, pass);
    case 'lost-signal':
      return describeLostSignal(finding, pass);
    case 'left-open':
      return describeLeftOpen(finding, pass);
    case 'polled-stop':
      return describePolledStop(finding, pass);
    case 'unstopped-field':
      return describeUnstoppedField(finding, pass);
    case 'wrong-context':
      return describeWrongContext(finding, pass);
    default:
      return describeSignal(finding, pass);
  }
}

function fix(finding: Finding, pkg: GoPackage): readonly SuggestedFix[] | FixRefusal {
  switch (finding.kind) {
    case 'start':
      if (finding.loop.end.kind === 'flagged') return refuse('a stop that wakes the loop needs a channel of its own');
      return loopFix(pkg, finding.goroutine, finding.loop);
    case 'stopped-ticker':
      return loopFix(pkg, finding.goroutine, finding.loop);
    case 'dropped':
      return droppedFix(pkg, finding);
    case 'dropped-cancel':
      return droppedCancelFix(pkg, finding);
    case 'ignored-cancel':
      return ignoredCancelFix(pkg, finding);
    case 'lost-signal':
      return lostSignalFix(finding, pkg);
    case 'left-open':
      return leftOpenFix(pkg, finding);
    case 'unstopped-field':
      return unstoppedFieldFix(pkg, finding);
    case 'wrong-context':
      return wrongContextFix(pkg, finding);
    case 'polled-stop':
      return refuse(
        'what it waits on should be closed where the stop is requested, and only the author knows where that is',
      );
    default:
      return signalFix(pkg, finding);
  }
}

export const startWithoutStop = anyRule(rule);
