/** A goroutine that waits on the network with no deadline (see `ownership/network.ts` for what counts). */
import type { FixRefusal, Report, SuggestedFix } from '../../analysis/diagnostic.ts';
import { anyRule, type Pass, type Rule } from '../../analysis/rule.ts';
import type { CallExpr } from '../../go/ast.ts';
import type { UndeadlinedCall } from '../ownership/network.ts';
import type { Goroutine } from '../ownership/owner.ts';
import { goroutinesKey } from '../ownership/owner.ts';
import { deadlineFix } from './deadline-fix.ts';
import { inReviewedFile, nameOf, related } from './wording.ts';

interface Undeadlined {
  readonly call: UndeadlinedCall;
  readonly goroutine: Goroutine;
}

function detect(pass: Pass): readonly Undeadlined[] {
  const found = new Map<CallExpr, Undeadlined>();
  for (const goroutine of pass.shared(goroutinesKey)) {
    if (goroutine.repetition.kind === 'process' || !inReviewedFile(pass, goroutine.start.file)) continue;
    for (const hold of goroutine.holds) {
      if (hold.kind === 'network' && !found.has(hold.call.node))
        found.set(hold.call.node, { call: hold.call, goroutine });
    }
  }
  return [...found.values()];
}

const rule: Rule<Undeadlined> = {
  meta: {
    id: 'missing-deadline',
    group: 'lifecycle',
    summary: 'A goroutine dials, or waits for a peer on the network, without deadline or context.',
    severity: 'warning',
    since: '0.1.0',
    knownProblems: [
      { kind: 'miss', text: 'A client, a dialer or a connection that comes from elsewhere is not judged.' },
      {
        kind: 'false-alarm',
        text: 'A deadline that is set on the default transport of the whole program is not seen.',
      },
    ],
  },
  detect,
  describe({ call, goroutine }, pass): Report {
    const { pkg } = pass;
    const file = pkg.fileOf(call.node);
    const starter = nameOf(pkg, goroutine);
    const wait = call.wait
      ? [related(pass, call.wait, 'this waits for the peer, and no deadline is set on the connection')]
      : [];
    return {
      location: pass.at(file, call.node),
      message:
        call.kind === 'request'
          ? `\`${call.name}\` uses the default client, which has no timeout, so the goroutine waits as long as the server likes.`
          : `\`${call.name}\` makes a connection that never gets a deadline, so the goroutine waits as long as the peer likes.`,
      advice:
        call.kind === 'request'
          ? 'Send the request with a context that ends, or with a client that has a Timeout.'
          : 'Dial with a context or a timeout, and set a deadline before waiting for the peer.',
      related: [...wait, related(pass, goroutine.start.node, `runs in ${starter} that is started here`)],
      causes: [pass.at(goroutine.start.file, goroutine.start.node)],
    };
  },
  fix({ call }, pass): readonly SuggestedFix[] | FixRefusal {
    return deadlineFix(pass.pkg, call);
  },
};

export const missingDeadline = anyRule(rule);
