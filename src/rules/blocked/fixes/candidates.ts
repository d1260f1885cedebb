/**
 * Candidate repairs by kind of stuck operation, smallest first. They are only proposals: each is applied and analysed again
 * by `verifyFix`, with the explorer that found the leak, before anybody sees it.
 */
import type { FixRefusal, SuggestedFix } from '../../../analysis/diagnostic.ts';
import type { Pass } from '../../../analysis/rule.ts';
import type { BlockedRule } from '../classify.ts';
import type { BlockedFinding } from '../finding.ts';
import type { Story } from '../story.ts';
import { bufferFixes } from './buffer.ts';
import { closeFixes } from './close.ts';
import { drainFixes } from './drain.ts';
import { lockFixes } from './lock.ts';
import { makeFixes } from './make.ts';
import { receiveFixes } from './receive.ts';
import { returnFixes } from './return-after-send.ts';
import { selectFixes } from './select.ts';
import { waitGroupFixes } from './wait-group.ts';
import { watchFixes } from './watch.ts';

/** What one kind of repair proposes for a story, or why it does not apply. */
export type Proposer = (story: Story, pass: Pass) => readonly SuggestedFix[] | FixRefusal;

const PROPOSERS: Readonly<Record<BlockedRule, readonly Proposer[]>> = {
  'unreceived-send': [bufferFixes, selectFixes],
  'double-send': [returnFixes],
  'unsent-receive': [closeFixes, selectFixes, receiveFixes, watchFixes],
  'unclosed-range': [closeFixes],
  'nil-channel': [makeFixes, drainFixes],
  'stopped-loop-send': [selectFixes],
  'waitgroup-imbalance': [waitGroupFixes],
  'unsignalled-cond': [],
  'held-lock': [lockFixes],
  'send-after-close': [],
};

/** Whether anything can be proposed for a rule at all. */
export function hasFixes(rule: BlockedRule): boolean {
  return PROPOSERS[rule].length > 0;
}

/** All candidates for a finding; without any, the reasons of those that do not apply. */
export function candidatesFor({ rule, story }: BlockedFinding, pass: Pass): readonly SuggestedFix[] | FixRefusal {
  const found: SuggestedFix[] = [];
  const reasons: string[] = [];
  for (const propose of PROPOSERS[rule]) {
    const proposed = propose(story, pass);
    if ('kind' in proposed) reasons.push(proposed.reason);
    else found.push(...proposed);
  }
  if (found.length > 0) return [...found].sort((a, b) => sizeOf(a) - sizeOf(b));
  return { kind: 'refused', reason: reasons.join('; ') || 'only the author can decide which side is wrong here' };
}

function sizeOf(fix: SuggestedFix): number {
  return fix.files
    .flatMap((file) => file.edits)
    .reduce((sum, edit) => sum + 10 + edit.newText.length + (edit.range.end - edit.range.start), 0);
}
