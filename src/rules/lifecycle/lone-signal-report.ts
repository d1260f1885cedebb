/** What is said of a stop method that sends one value for several loops, and how it is repaired. */
import { fixOf, refuse, replaceNode } from '../../analysis/code-edits.ts';
import type { FixRefusal, Report, SuggestedFix } from '../../analysis/diagnostic.ts';
import type { Pass } from '../../analysis/rule.ts';
import type { GoPackage } from '../../go/package.ts';
import { textOf } from '../ownership/waiting.ts';
import type { LoneSignal } from './lone-signal.ts';
import { related } from './wording.ts';

export function describeSignal({ send, receivers, goroutines }: LoneSignal, pass: Pass): Report {
  const { pkg } = pass;
  const file = pkg.fileOf(send);
  const channel = textOf(pkg, send.chan);
  const names = receivers.map((use) => `\`${use.func?.name.name ?? 'a goroutine'}\``);
  const method = pkg.enclosing(send).func?.name.name ?? 'the method';
  return {
    location: pass.at(file, send),
    message: `\`${method}\` sends one value on \`${channel}\`, but ${listed(names)} ${names.length === 2 ? 'both' : 'all'} wait for it, so ${names.length === 2 ? 'one of them leaks' : 'all but one leak'}.`,
    advice: `Close \`${channel}\` instead: a close reaches every receiver.`,
    related: receivers.map((use) => related(pass, use.node, 'this loop waits for the value')),
    causes: [
      ...receivers.map((use) => pass.at(use.file, use.node)),
      ...goroutines.map(({ start }) => pass.at(start.file, start.node)),
    ],
  };
}

function listed(names: readonly string[]): string {
  return names.length === 2 ? names.join(' and ') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** A close reaches every receiver. A second call of the method would panic where it blocked forever before. */
export function signalFix(pkg: GoPackage, { send }: LoneSignal): readonly SuggestedFix[] | FixRefusal {
  if (pkg.parentOf(send)?.kind !== 'BlockStmt') return refuse('the send is an arm of a select');
  const channel = textOf(pkg, send.chan);
  const edit = replaceNode(pkg.fileOf(send), send, [`close(${channel})`]);
  return [fixOf(pkg.fileOf(send), `Close \`${channel}\` instead of sending on it`, [edit])];
}
