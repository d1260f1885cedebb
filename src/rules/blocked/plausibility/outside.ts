/** What unseen code did on the path, or does not do: it knows what it does. */
import { putAway } from '../../../concurrency/machine/sent-jobs.ts';
import { escapes } from '../../../concurrency/open/escaping.ts';
import { entryFunc } from '../../../concurrency/open/place.ts';
import { outsiderEvidence } from '../../../concurrency/open/policy.ts';
import { appendsToQueue } from '../../../concurrency/open/queues.ts';
import type { Expr } from '../../../go/ast.ts';
import type { GoPackage } from '../../../go/package.ts';
import { contains } from '../../../text/offset.ts';
import { nodesAround, operationAt, sourceSite } from '../operation.ts';
import type { Story } from '../story.ts';
import { lastNameOf } from './answering.ts';
import type { Assumption } from './assumption.ts';

/** The function left since the call to which it gave the callback had failed: what failed keeps no callback. */
export function refusedCallback({ root, departure, site }: Story): Assumption | undefined {
  if (!root.callback || !departure?.site) return undefined;
  const path = nodesAround(departure.site.file, departure.site.range);
  const failed = path.findLastIndex((node) => node.kind === 'IfStmt');
  const [choice, block] = [path[failed], path[failed - 1]];
  if (choice?.kind !== 'IfStmt' || choice.cond.kind !== 'BinaryExpr' || choice.cond.op !== '!=') return undefined;
  const asked = choice.cond.x.kind === 'Ident' ? choice.cond.x.name : undefined;
  const before = block?.kind === 'BlockStmt' ? block.list[block.list.indexOf(choice) - 1] : undefined;
  const from = choice.init ?? before;
  if (from?.kind !== 'AssignStmt' || !from.lhs.some((target) => target.kind === 'Ident' && target.name === asked))
    return undefined;
  const [call] = from.rhs;
  if (call?.kind !== 'CallExpr') return undefined;
  const runs = (arg: Expr) => [site, ...root.callers].some((place) => contains(arg.range, place.range));
  if (!call.args.some((arg) => arg.kind === 'FuncLit' && runs(arg))) return undefined;
  return {
    kind: 'refused-callback',
    text: `\`${root.callback.callee}\` keeps the function that it was given even though it failed`,
    place: departure.site,
  };
}

/** The function is kept in a list of callbacks, which are called as long as they stay in it. */
export function keptCallback(pkg: GoPackage, { root }: Story): Assumption | undefined {
  const { start } = root.process;
  if (root.callback?.callee !== putAway || start === undefined || appendsToQueue(pkg, start)) return undefined;
  return { kind: 'kept-callback', text: 'the function is called after it was removed from its list' };
}

/**
 * Code outside took the value that is missed, or put in the one that is in the way; or, where the field is nil now, did what
 * made somebody clear it.
 */
export function outsideActs(pkg: GoPackage, { leak, root, operation, field }: Story): Assumption | undefined {
  const isNil = root.kind === 'nil-send' || root.kind === 'nil-recv';
  if (isNil ? field === undefined : root.object === undefined || leak.outsider) return undefined;
  const met = root.kind === 'send' || isNil ? 'recv' : 'send';
  const name = lastNameOf(operation.target);
  const acted = leak.trace.some(({ what, site, callers }) => {
    if (!('fromOutside' in what) || what.fromOutside !== true) return false;
    if (!isNil) return what.kind === met && what.object === root.object;
    const place = sourceSite(what.kind === 'select' && what.arm !== 'default' ? what.arm : site, callers);
    return place !== undefined && lastNameOf(operationAt(place).target) === name;
  });
  if (!acted || (root.kind === 'send' && isSentByCallback(pkg, operation.target))) return undefined;
  const verb = met === 'recv' ? 'receives from' : 'sends on';
  return { kind: 'outside-acts', text: `unseen code ${verb} \`${operation.name}\` once and never again` };
}

/** What came from outside was sent by a literal of the function, which unseen code calls: `ForEach(xs, func() { ch <- x })`. */
function isSentByCallback(pkg: GoPackage, channel: Expr | undefined): boolean {
  const binding = channel?.kind === 'Ident' ? pkg.bindingOf(channel) : undefined;
  return (
    binding !== undefined &&
    !binding.global &&
    pkg.usesOf(binding).some((use) => {
      const { inner } = pkg.enclosing(use);
      return inner !== undefined && pkg.parentOf(use)?.kind === 'SendStmt' && escapes(pkg, inner);
    })
  );
}

/** Code outside leaves the channel or context: a question when the package shows that it may, else its contract. */
export function outsideLeaves(pkg: GoPackage, { leak, root, operation }: Story): Assumption | undefined {
  if (!leak.outsider) return undefined;
  const text = `unseen code abandons \`${operation.name || operation.text}\``;
  if (leak.contract || root.callback) return { kind: 'outside-leaves', text };
  const entry = entryFunc(leak.entry.site);
  const isShown = entry === undefined || outsiderEvidence(pkg, entry, leak);
  return { kind: isShown ? 'outside-leaves' : 'outside-reads-on', text };
}
