/** A `return` behind the first of two sends. */
import { fixOf, insertAfter, refuse } from '../../../analysis/code-edits.ts';
import type { FixRefusal, SuggestedFix } from '../../../analysis/diagnostic.ts';
import type { Story } from '../story.ts';
import { functionAround, statementAround } from './scope.ts';

export function returnFixes({ earlierSend }: Story): readonly SuggestedFix[] | FixRefusal {
  if (!earlierSend) return refuse('the first send is not in this function');
  const { file, range } = earlierSend;
  const func = functionAround(file, range);
  const around = statementAround(file, range);
  if (!func || !around) return refuse('the first send is not in a block');
  if (func.type.results.length > 0) return refuse('the function returns values');
  if (around.at < around.list.length - 1) return refuse('statements follow the first send in its branch');
  return [fixOf(file, 'Return after the first send', [insertAfter(file, around.stmt, ['return'])])];
}
