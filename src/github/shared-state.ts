/** What all processes of the App have to know together, and how a process that is alone knows it. */
import { type InstallationBudget, ownBudget } from './budget.ts';
import { type FeedbackLog, memoryFeedback } from './feedback-log.ts';
import { type HeadMemory, headMemory } from './own-runs.ts';

/** Whether this process is the one that does what the name says; no other one may for `ms` from then on. */
export type Claim = (name: string, ms: number) => Promise<boolean>;

export interface SharedState {
  /** What an installation may still ask of GitHub. */
  budgetOf(installation: number): InstallationBudget;
  readonly heads: HeadMemory;
  readonly claim: Claim;
  readonly feedback: FeedbackLog;
}

/** What a process that has no others beside it keeps over its end; in memory by default. */
export type KeptState = Pick<SharedState, 'heads' | 'feedback'>;

export function ownState(kept: KeptState = { heads: headMemory(), feedback: memoryFeedback() }): SharedState {
  const budgets = new Map<number, InstallationBudget>();
  return {
    budgetOf(installation) {
      const budget = budgets.get(installation) ?? ownBudget();
      budgets.set(installation, budget);
      return budget;
    },
    claim: async () => true,
    ...kept,
  };
}
