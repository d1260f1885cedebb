/**
 * A stop that is offered and not given: `select { case s.quit <- struct{}{}: default: }` reaches the loop only while the loop
 * waits for it. When it is at work, nobody takes the signal, and the goroutine stays.
 *
 *  1. The channel is a private field without a buffer that nobody closes.
 *  2. Every send on it stands in a `select` with a `default`, outside of loops that would send again.
 *  3. A goroutine that the package starts leaves an endless loop when it receives from it, and calls something in that loop.
 */
import { fixOf, refuse } from '../../analysis/code-edits.ts';
import type { FixRefusal, Report, SuggestedFix } from '../../analysis/diagnostic.ts';
import type { Pass } from '../../analysis/rule.ts';
import type { CallExpr, ForStmt, Node, SelectStmt } from '../../go/ast.ts';
import type { FieldUse, GoPackage } from '../../go/package.ts';
import { walk } from '../../go/walk.ts';
import { type ChannelField, channelField } from '../ownership/channel.ts';
import { loopsAround } from '../ownership/loop.ts';
import { type Goroutine, goroutinesKey } from '../ownership/owner.ts';
import { textOf } from '../ownership/waiting.ts';
import { leavesLoop, runs } from './lone-signal.ts';
import { nameOf, oneLine, related } from './wording.ts';

export interface LostSignal {
  readonly kind: 'lost-signal';
  readonly send: FieldUse;
  readonly receive: FieldUse;
  readonly goroutine: Goroutine;
  /** What the loop may be doing when the signal comes. */
  readonly busy: CallExpr;
  readonly channel: ChannelField;
}

export function lostSignals(pass: Pass): readonly LostSignal[] {
  return [...pass.pkg.types.values()].flatMap((type) =>
    [...type.fields.values()].flatMap((field): readonly LostSignal[] => {
      if (pass.pkg.underlying(field.type).kind !== 'chan' || field.uses.every(({ kind }) => kind !== 'send')) return [];
      const found = lostSignal(pass, channelField(pass.pkg, field));
      return found ? [found] : [];
    }),
  );
}

function lostSignal(pass: Pass, channel: ChannelField): LostSignal | undefined {
  const { pkg } = pass;
  const { sends, closes, receives, capacities } = channel;
  const [send] = sends;
  if (!channel.private || closes.length > 0 || !send || capacities.some((capacity) => capacity !== 0)) return undefined;
  if (!sends.every((one) => isOffered(pkg, one))) return undefined;
  for (const receive of receives) {
    const func = receive.inner ?? receive.func;
    const goroutine = func && pass.shared(goroutinesKey).find((each) => runs(pkg, each, func));
    const loop = loopsAround(pkg, receive.node).at(-1);
    const busy = loop?.kind === 'ForStmt' && leavesLoop(pkg, receive) ? workOf(pkg, loop, receive) : undefined;
    if (goroutine && busy) return { kind: 'lost-signal', send, receive, goroutine, busy, channel };
  }
  return undefined;
}

/** An arm beside a `default` that gives up: the loop around, if there is one, does not come back to it. */
function isOffered(pkg: GoPackage, { node }: FieldUse): boolean {
  const select = selectAround(pkg, node);
  const other = select?.clauses.find(({ comm }) => comm === undefined);
  if (!select || !other) return false;
  const around = pkg.parentOf(select);
  const list = around?.kind === 'BlockStmt' ? around.list : around?.kind === 'CommClause' ? around.body : [];
  const returns = [...other.body, ...list.slice(list.indexOf(select) + 1)].some(({ kind }) => kind === 'ReturnStmt');
  return returns || loopsAround(pkg, node).length === 0;
}

function selectAround(pkg: GoPackage, node: Node): SelectStmt | undefined {
  for (let at: Node | undefined = node; at && at.kind !== 'BlockStmt'; at = pkg.parentOf(at))
    if (at.kind === 'SelectStmt') return at;
  return undefined;
}

/** A call in the loop that is not part of the wait for the signal. */
function workOf(pkg: GoPackage, loop: ForStmt, receive: FieldUse): CallExpr | undefined {
  let found: CallExpr | undefined;
  walk(loop.body, (node) => {
    if (found || node.kind === 'FuncLit' || (node.kind === 'CommClause' && holds(node, receive.node))) return false;
    if (node.kind !== 'CallExpr') return true;
    const isWait = pkg.parentOf(node)?.kind === 'UnaryExpr';
    if (!isWait && pkg.calleeOf(node).kind !== 'builtin') found = node;
    return !found;
  });
  return found;
}

function holds(outer: Node, inner: Node): boolean {
  return outer.range.start <= inner.range.start && inner.range.end <= outer.range.end;
}

export function describeLostSignal({ send, receive, goroutine, busy, channel }: LostSignal, pass: Pass): Report {
  const { pkg } = pass;
  const method = send.func?.name.name ?? 'The function';
  const name = `\`${channel.field.name}\``;
  const line = pkg.fileOf(busy).lines.lineAt(busy.range.start);
  return {
    location: pass.at(send.file, selectAround(pkg, send.node) ?? send.node),
    message: `\`${method}\` moves on when nobody receives its value from ${name}: while ${nameOf(pkg, goroutine)} is busy on line ${line} (\`${oneLine(textOf(pkg, busy.fun))}\`), the stop is lost and the goroutine leaks.`,
    advice: `Give ${name} a buffer for one value, or close it.`,
    related: [
      related(pass, receive.node, 'the loop ends only here'),
      related(pass, goroutine.start.node, 'the goroutine starts here'),
    ],
    causes: [pass.at(receive.file, receive.node), pass.at(goroutine.start.file, goroutine.start.node)],
  };
}

/** With room for one value the offer is kept until the loop comes back; a second one changes nothing. */
export function lostSignalFix({ channel }: LostSignal, pkg: GoPackage): readonly SuggestedFix[] | FixRefusal {
  const makes = channel.field.uses.flatMap(({ kind, value }) =>
    (kind === 'init' || kind === 'assign') && value?.kind === 'CallExpr' ? [value] : [],
  );
  const [make] = makes;
  const [type, size] = make?.args ?? [];
  if (!make || makes.length > 1 || !type) return refuse('the channel is made in several places');
  const at = size ? size.range : { start: type.range.end, end: type.range.end };
  const edit = { range: at, newText: size ? '1' : ', 1' };
  return [fixOf(pkg.fileOf(make), `Give \`${channel.field.name}\` a buffer for the signal`, [edit])];
}
