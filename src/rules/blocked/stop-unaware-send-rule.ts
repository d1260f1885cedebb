/** What is said of a send that does not wait for the stop of its receiver, and the `select` that repairs it. */
import { refuse } from '../../analysis/code-edits.ts';
import type { FixRefusal, Report, SuggestedFix } from '../../analysis/diagnostic.ts';
import type { Rule } from '../../analysis/rule.ts';
import type { GoPackage } from '../../go/package.ts';
import { oneLine, related } from '../lifecycle/wording.ts';
import { textOf } from '../ownership/waiting.ts';
import { type StopUnawareSend, stopUnawareKey } from './stop-unaware-send.ts';
import { isTold, type Stop, selectOnStop, servingLoop, unguardedKey } from './unguarded-send.ts';

export const stopUnaware: Omit<Rule<StopUnawareSend>, 'meta'> = {
  detect(pass) {
    const found = pass.shared(stopUnawareKey).filter(({ send }) => !isTold(pass, send));
    if (found.length === 0) return found;
    const unguarded = new Set(pass.shared(unguardedKey).map(({ send }) => send));
    return found.filter(({ send }) => !unguarded.has(send));
  },
  describe(finding, pass): Report {
    const { pkg } = pass;
    const { send, receivers, shown } = finding;
    const file = pkg.fileOf(send);
    const stop = stopOf(pkg, finding)?.text ?? finding.stop.name;
    return {
      location: pass.at(file, send),
      message: `If ${reason(pkg, finding, stop)}, \`${oneLine(textOf(pkg, send))}\` blocks forever: ${gone(pkg, finding)} by then, and the send does not select on \`${stop}\`${contrast(finding)}.`,
      advice: `Select on \`${stop}\` alongside the send.`,
      severity: 'warning',
      causes: receivers.map((use) => pass.at(use.file, use.node)),
      ...servingLoop(receivers, pass),
      related: [
        ...receivers.slice(0, 2).map(({ node }) => related(pass, node, 'the receiver')),
        related(pass, shown, seen(finding)),
      ],
    };
  },
  fix(finding, { pkg }): readonly SuggestedFix[] | FixRefusal {
    const stop = stopOf(pkg, finding);
    return stop ? selectOnStop(pkg, { ...finding, stop }) : refuse('the stop channel has no name at the send');
  },
};

function reason(pkg: GoPackage, { stop: field, evidence }: StopUnawareSend, stop: string): string {
  if (evidence === 'announced') return `the loop that closes \`${stop}\` ends first`;
  return pkg.underlying(field.type).kind === 'chan' ? `\`${stop}\` is closed first` : `\`${stop}\` is ready first`;
}

function gone(pkg: GoPackage, { evidence, receivers }: StopUnawareSend): string {
  const asked = evidence === 'asked' && receivers[0] && pkg.enclosing(receivers[0].node).func;
  return asked ? `nobody has a reason to call \`${asked.name.name}\`` : 'the loop that receives has ended';
}

function contrast({ evidence }: StopUnawareSend): string {
  if (evidence === 'siblings') return ', as other sends to this loop do';
  return evidence === 'polled' ? ', which the function checks elsewhere' : '';
}

function seen({ evidence }: StopUnawareSend): string {
  if (evidence === 'siblings') return 'a send to the same loop that also waits for its end';
  if (evidence === 'asked') return 'the receiver also waits for the stop';
  return evidence === 'polled' ? 'the function checks the stop here' : 'something waits here for the loop to end';
}

/** The stop as the function of the send can write it: a field beside the channel. */
function stopOf(pkg: GoPackage, { send, stop }: StopUnawareSend): Stop | undefined {
  const { chan } = send;
  if (chan.kind !== 'SelectorExpr' || pkg.fieldOf(chan)?.owner !== stop.owner) return undefined;
  const name = `${textOf(pkg, chan.x)}.${stop.name}`;
  return pkg.underlying(stop.type).kind === 'chan' ? { text: name } : { text: `${name}.Done()`, context: name };
}
