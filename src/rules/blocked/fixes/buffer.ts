/**
 * Room for every send: `make(chan T)` becomes `make(chan T, n)`. Refused when somebody measures the channel, or when the
 * send is a rendezvous: an empty struct after which the sender goes on.
 */
import { fixOf, refuse } from '../../../analysis/code-edits.ts';
import type { FixRefusal, SuggestedFix } from '../../../analysis/diagnostic.ts';
import type { Pass } from '../../../analysis/rule.ts';
import type { CallExpr, Expr, File, Node } from '../../../go/ast.ts';
import type { GoPackage } from '../../../go/package.ts';
import { walk } from '../../../go/walk.ts';
import { range } from '../../../text/offset.ts';
import { nodesAround, type SourceSite, sourceSite } from '../operation.ts';
import type { Story } from '../story.ts';
import {
  type ChannelUse,
  functionAround,
  holderOf,
  isBuiltin,
  loopAround,
  statementAround,
  usesOfChannel,
} from './scope.ts';

export function bufferFixes(story: Story, { pkg }: Pass): readonly SuggestedFix[] | FixRefusal {
  const made = story.root.madeAt && sourceSite(story.root.madeAt, []);
  const call = made && makeCall(made);
  const target = story.operation.target;
  if (!made || !call || !target) return refuse('the channel is not created in this package');
  const holder = holderOf(pkg, target);
  const uses = holder ? usesOfChannel(pkg, holder) : [];
  const reason = refusal(story, pkg, uses);
  if (reason) return refuse(reason);
  const sends = uses.filter((use) => use.kind === 'send');
  const measures = isBuiltin(pkg, made.file, 'len', call.range.start);
  return capacities(
    pkg,
    made.file,
    call,
    sends.length > 0 ? sends : [{ kind: 'send', node: story.operation.node ?? call, file: story.site.file }],
    story.leak.outsider,
  )
    .filter((capacity) => measures || !capacity.startsWith('len('))
    .map((capacity) => fixOf(made.file, messageFor(story.operation.name, capacity), [capacityEdit(call, capacity)]));
}

function makeCall(made: SourceSite): CallExpr | undefined {
  const call = nodesAround(made.file, made.range).findLast((node) => node.kind === 'CallExpr');
  return call?.kind === 'CallExpr' &&
    call.fun.kind === 'Ident' &&
    call.fun.name === 'make' &&
    call.args[0]?.kind === 'ChanType'
    ? call
    : undefined;
}

function refusal(story: Story, pkg: GoPackage, uses: readonly ChannelUse[]): string | undefined {
  const { name, target } = story.operation;
  if (uses.some((use) => use.kind === 'measure'))
    return `\`len\` or \`cap\` of \`${name}\` is read, so its capacity matters`;
  const type = target && pkg.underlying(pkg.typeOf(target));
  const elem = type?.kind === 'chan' ? pkg.underlying(type.elem) : undefined;
  const around = statementAround(story.site.file, story.site.range);
  const goesOn = around !== undefined && around.at < around.list.length - 1;
  return elem?.kind === 'struct' && elem.fields.length === 0 && goesOn
    ? `the send on \`${name}\` waits for its receiver on purpose`
    : undefined;
}

function capacityEdit(call: CallExpr, capacity: string) {
  const [type, old] = call.args;
  if (old) return { range: old.range, newText: capacity };
  const end = type?.range.end ?? call.range.end;
  return { range: range(end, end), newText: `, ${capacity}` };
}

function messageFor(name: string, capacity: string): string {
  return capacity === '1'
    ? `Buffer \`${name}\` so that the last send cannot block`
    : `Give \`${name}\` a buffer of \`${capacity}\``;
}

/**
 * Capacities worth trying, smallest first: one, the number of sends, the count of the loop that sends or starts senders.
 * Without any reader, a loop needs room for all of its rounds, and one that starts senders for each: these are more than a
 * search follows.
 */
function capacities(
  pkg: GoPackage,
  file: File,
  call: CallExpr,
  sends: readonly ChannelUse[],
  unread: boolean,
): readonly string[] {
  const loops = sends.map((send) => loopsAround(send.file, send.node, call));
  const counts = loops.flatMap((around) => around.map((loop) => countOf(pkg, file, loop, call)));
  const few = sends.length > 1 ? ['1', String(sends.length)] : ['1'];
  const many = sends.some((send) => isStartedInLoop(send.file, send.node, call));
  const constant = many || (unread && loops.some((around) => around.length > 0)) ? [] : few;
  const old = call.args[1];
  const known = old ? pkg.constantOf(old) : undefined;
  return [...new Set([...constant, ...counts.filter((count) => count !== undefined)])].filter(
    (capacity) => !(typeof known === 'number' && Number(capacity) <= known),
  );
}

/** Loops around a send or around the `go` statement that starts it, inside the function that makes the channel. */
function loopsAround(file: File, node: Node, call: CallExpr): readonly Node[] {
  const inner = loopAround(file, node.range);
  return [inner, loopAroundStart(file, node)].filter(
    (loop): loop is Node => loop !== undefined && !isAround(loop, call),
  );
}

function isStartedInLoop(file: File, node: Node, call: CallExpr): boolean {
  const loop = loopAroundStart(file, node);
  return loop !== undefined && !isAround(loop, call);
}

/** The loop around the literal in which a send stands. */
function loopAroundStart(file: File, node: Node): Node | undefined {
  const func = functionAround(file, node.range);
  return func?.node.kind === 'FuncLit' ? loopAround(file, func.node.range) : undefined;
}

function isAround(loop: Node, call: CallExpr): boolean {
  return loop.range.start <= call.range.start && loop.range.end >= call.range.start;
}

/** `len(xs)` for a loop over a name that means the same at the `make`, `n` for `i < n` and `range n`. */
function countOf(pkg: GoPackage, file: File, loop: Node, call: CallExpr): string | undefined {
  const bound =
    loop.kind === 'RangeStmt'
      ? loop.x
      : loop.kind === 'ForStmt' && loop.cond?.kind === 'BinaryExpr' && loop.cond.op === '<'
        ? loop.cond.y
        : undefined;
  if (!bound || !isStable(pkg, bound, call)) return undefined;
  const text = file.text.slice(bound.range.start, bound.range.end);
  if (loop.kind !== 'RangeStmt') return text;
  const type = pkg.underlying(pkg.typeOf(bound));
  if (type.kind === 'slice' || type.kind === 'array' || type.kind === 'map') return `len(${text})`;
  return type.kind === 'basic' && /^u?int/.test(type.name) ? text : undefined;
}

/** A literal, or names and fields that are declared before the channel is made. */
function isStable(pkg: GoPackage, expr: Expr, call: CallExpr): boolean {
  let stable = true;
  walk(expr, (node) => {
    if (node.kind === 'CallExpr' && !(node.fun.kind === 'Ident' && node.fun.name === 'len')) stable = false;
    if (node.kind === 'IndexExpr' || node.kind === 'UnaryExpr') stable = false;
    if (node.kind !== 'Ident') return;
    const binding = pkg.bindingOf(node);
    if (binding && !binding.global && binding.kind !== 'field' && (binding.ident?.range.start ?? 0) > call.range.start)
      stable = false;
  });
  return stable;
}
