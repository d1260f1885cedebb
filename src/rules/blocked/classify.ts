/** Which rule of the group speaks for a leak. */
import type { BrokenContract, StuckKind } from '../../concurrency/leak.ts';
import { heldLock } from './root-cause.ts';
import type { Story } from './story.ts';

export type BlockedRule =
  | 'unreceived-send'
  | 'double-send'
  | 'unsent-receive'
  | 'unclosed-range'
  | 'nil-channel'
  | 'stopped-loop-send'
  | 'waitgroup-imbalance'
  | 'unsignalled-cond'
  | 'held-lock'
  | 'send-after-close';

const BY_KIND: Readonly<Record<StuckKind, BlockedRule>> = {
  send: 'unreceived-send',
  recv: 'unsent-receive',
  range: 'unclosed-range',
  select: 'unsent-receive',
  'nil-send': 'nil-channel',
  'nil-recv': 'nil-channel',
  wait: 'waitgroup-imbalance',
  'panic-negative-waitgroup': 'waitgroup-imbalance',
  cond: 'unsignalled-cond',
  lock: 'held-lock',
  rlock: 'held-lock',
  once: 'held-lock',
  'panic-send-closed': 'send-after-close',
  'panic-close-closed': 'send-after-close',
};

/** Decides by the kind of the root's operation, then by the shape of the path. */
export function ruleOf(story: Story): BlockedRule {
  const { kind } = story.root;
  const { contract } = story.leak;
  if (heldLock(story.leak)) return 'held-lock';
  if (story.root.ticking) return 'unsent-receive';
  if (
    (story.stoppedLoop || (contract && isOfLoop(contract))) &&
    (kind === 'send' || kind === 'recv' || kind === 'select')
  )
    return 'stopped-loop-send';
  if (kind === 'send' && story.earlierSend) return 'double-send';
  if (kind === 'select' && hasSendArm(story)) return 'unreceived-send';
  return BY_KIND[kind];
}

/** The contract is about a service loop that has ended. */
function isOfLoop({ answers, forgets, failed, replaced }: BrokenContract): boolean {
  return !answers && !forgets && !replaced && failed === undefined;
}

function hasSendArm({ operation }: Story): boolean {
  const { node } = operation;
  return node?.kind === 'SelectStmt' && node.clauses.some((clause) => clause.comm?.kind === 'SendStmt');
}
