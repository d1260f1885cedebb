/** A question that is asked twice, and of which the path takes two answers. */
import type { Expr } from '../../../go/ast.ts';
import { finalName } from '../../../go/model.ts';
import { nodesAround, type SourceSite, sourceSite, sourceText } from '../operation.ts';
import type { Story } from '../story.ts';
import type { Assumption } from './assumption.ts';

/** Names of calls that read a setting: of a command line, a configuration, a set of options. */
const reads = /^((Must)?Get\w*|Bool|Int|String|Duration|IsSet|Changed|Lookup)$/;

/** A setting has one value as long as the function runs: `cmd.Flags().GetBool("all")` was false before, and is true now. */
export function twoAnswers({ leak: { trace } }: Story): Assumption | undefined {
  const answers = new Map<string, boolean>();
  for (const { what, site, callers, process } of trace) {
    const place = what.kind === 'branch' ? sourceSite(site, callers) : undefined;
    const asked = place && questionAt(place);
    if (!place || asked === undefined || what.kind !== 'branch') continue;
    const key = `${process.id} ${callers.length} ${asked}`;
    const before = answers.get(key);
    if (before !== undefined && before !== what.taken)
      return { kind: 'two-answers', text: `\`${asked}\` is answered with yes and with no`, place };
    answers.set(key, what.taken);
  }
  return undefined;
}

/** The text of the call, when it does nothing but read a setting by its name. */
function questionAt({ file, range }: SourceSite): string | undefined {
  const call = nodesAround(file, range).findLast(
    (node) => node.range.start === range.start && node.kind === 'CallExpr',
  );
  if (call?.kind !== 'CallExpr' || call.range.end !== range.end || call.args.length === 0) return undefined;
  if (!reads.test(finalName(call.fun) ?? '') || !call.args.every(isName)) return undefined;
  return sourceText(file, range, 60);
}

function isName(expr: Expr): boolean {
  return expr.kind === 'Ident' || expr.kind === 'BasicLit' || (expr.kind === 'SelectorExpr' && isName(expr.x));
}
