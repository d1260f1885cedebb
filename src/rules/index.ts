/** The only list of rules. Order plays no part in results; it is the order of tables. */
import type { AnyRule } from '../analysis/rule.ts';
import { blockedRules } from './blocked/rules.ts';
import { sendAfterClose } from './blocked/send-after-close.ts';
import { lifecycleRules } from './lifecycle/index.ts';
import { resourceRules } from './resource/release-rules.ts';

/** Every rule, by group and id. */
export const rules: readonly AnyRule[] = [...blockedRules, sendAfterClose, ...lifecycleRules, ...resourceRules];

/** The rule of an id; undefined when there is none. */
export function ruleById(id: string): AnyRule | undefined {
  return rules.find((rule) => rule.meta.id === id);
}
