/** What is said of a send that nobody fetches after a stop, and the `select` that repairs it. */
import { refuse } from '../../analysis/code-edits.ts';
import type { FixRefusal, Report, SuggestedFix } from '../../analysis/diagnostic.ts';
import type { Rule } from '../../analysis/rule.ts';
import type { GoPackage } from '../../go/package.ts';
import { oneLine, related } from '../lifecycle/wording.ts';
import { armReceive } from '../ownership/loop.ts';
import { textOf } from '../ownership/waiting.ts';
import { stopUnawareKey } from './stop-unaware-send.ts';
import { type Unfetched, unfetchedSends } from './unfetched.ts';
import { isTold, selectOnStop, unguardedKey } from './unguarded-send.ts';

export const unfetched: Omit<Rule<Unfetched>, 'meta'> = {
  detect(pass) {
    const found = unfetchedSends(pass).filter(({ send }) => !isTold(pass, send));
    if (found.length === 0) return found;
    const told = new Set([...pass.shared(unguardedKey), ...pass.shared(stopUnawareKey)].map(({ send }) => send));
    return found.filter(({ send }) => !told.has(send));
  },
  describe({ send, stop, receivers }, pass): Report {
    const { pkg } = pass;
    const [receiver] = receivers;
    const method = receiver && pkg.enclosing(receiver.node).func?.name.name;
    const wait = oneLine(stop.text);
    return {
      location: pass.at(pkg.fileOf(send), send),
      message: `If nobody calls \`${method ?? 'the method'}\` after \`${wait}\` is ready, \`${oneLine(textOf(pkg, send))}\` blocks forever: the value is received only there, and the goroutine, which checks \`${wait}\` elsewhere, does not select on it alongside the send.`,
      advice: `Select on \`${wait}\` alongside the send.`,
      severity: 'warning',
      causes: receivers.map((use) => pass.at(use.file, use.node)),
      related: [
        ...receivers.slice(0, 2).map(({ node }) => related(pass, node, 'the receiver')),
        related(pass, stop.at, 'the goroutine checks the stop here'),
      ],
    };
  },
  fix(finding, { pkg }): readonly SuggestedFix[] | FixRefusal {
    if (standsIn(pkg, finding))
      return refuse('the send already selects on the stop, and it is not known whether the value may be dropped');
    const { text } = finding.stop;
    const context = /^(.*)\.Done\(\)$/.exec(text)?.[1];
    return selectOnStop(pkg, { ...finding, stop: { text, ...(context === undefined ? {} : { context }) } });
  },
};

/** Whether the send stands in an arm that the stop opens. */
function standsIn(pkg: GoPackage, { send, stop }: Unfetched): boolean {
  for (let at = pkg.parentOf(send); at && at.kind !== 'FuncLit'; at = pkg.parentOf(at)) {
    const from = at.kind === 'CommClause' ? armReceive(at) : undefined;
    if (from && textOf(pkg, from) === stop.text) return true;
  }
  return false;
}
