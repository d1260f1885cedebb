/** The rules of the group `blocked`: facts about each, over one shared detection. */
import { type AnyRule, anyRule, type Rule, type RuleMeta, together } from '../../analysis/rule.ts';
import type { BlockedRule } from './classify.ts';
import { type BlockedFinding, reportOf } from './finding.ts';
import { candidatesFor, hasFixes } from './fixes/candidates.ts';
import { lateAnswer } from './late-answer-rule.ts';
import { findingsFor } from './leaks.ts';
import { stopUnaware } from './stop-unaware-send-rule.ts';
import { unfetched } from './unfetched-rule.ts';
import { unguarded } from './unguarded-send.ts';

type Facts = Pick<RuleMeta, 'summary' | 'knownProblems'> & { readonly id: BlockedRule };

const FACTS: readonly Facts[] = [
  {
    id: 'unreceived-send',
    summary: 'A goroutine blocks forever in a send, because on some path nobody receives.',
    knownProblems: [
      {
        kind: 'miss',
        text: 'A channel passed to code outside the package is assumed to be received from when no context or stop channel is available.',
      },
    ],
  },
  {
    id: 'double-send',
    summary: 'A goroutine blocks in a second send, because the branch of the first one does not return.',
    knownProblems: [],
  },
  {
    id: 'unsent-receive',
    summary: 'A goroutine blocks forever in a receive or select, because on some path nobody sends or closes.',
    knownProblems: [
      {
        kind: 'miss',
        text: 'A receive in the function itself that lacks a sender only for an empty input is not reported.',
      },
    ],
  },
  {
    id: 'unclosed-range',
    summary: 'A goroutine ranges over a channel that nobody closes.',
    knownProblems: [
      {
        kind: 'miss',
        text: 'A range in the function itself that lacks a close only for an empty input is not reported.',
      },
    ],
  },
  {
    id: 'nil-channel',
    summary: 'An operation on a channel that is still nil blocks forever.',
    knownProblems: [
      {
        kind: 'miss',
        text: 'A channel in a field that code outside the package may have set is assumed to be set.',
      },
    ],
  },
  {
    id: 'stopped-loop-send',
    summary: 'A send to (or a wait for the answer of) a service loop that may already have returned blocks forever.',
    knownProblems: [],
  },
  {
    id: 'waitgroup-imbalance',
    summary:
      'On some path the counter of a WaitGroup never reaches zero while a goroutine waits for it, or it falls below zero.',
    knownProblems: [],
  },
  {
    id: 'unsignalled-cond',
    summary: 'A goroutine waits on a condition variable that nobody signals any more.',
    knownProblems: [],
  },
  {
    id: 'held-lock',
    summary:
      'A goroutine blocks forever on a lock that is not released, or blocks while it holds a lock its partner needs.',
    knownProblems: [],
  },
];

/** The rules of the explorer, and what the syntax adds to some of them. */
export const blockedRules: readonly AnyRule[] = FACTS.map((facts) => {
  const rule: Rule<BlockedFinding> = {
    meta: { ...facts, group: 'blocked', severity: 'error', since: '0.1.0' },
    detect: (pass) => findingsFor(facts.id, pass),
    describe: reportOf,
  };
  const explored = anyRule(hasFixes(facts.id) ? { ...rule, fix: candidatesFor } : rule);
  return together(explored, seenBy(facts.id, explored.meta));
});

/** What the syntax adds to what the explorer finds. */
function seenBy(id: BlockedRule, meta: RuleMeta): readonly AnyRule[] {
  if (id === 'unreceived-send') return [anyRule({ ...lateAnswer, meta })];
  if (id !== 'stopped-loop-send') return [];
  return [anyRule({ ...unguarded, meta }), anyRule({ ...stopUnaware, meta }), anyRule({ ...unfetched, meta })];
}
