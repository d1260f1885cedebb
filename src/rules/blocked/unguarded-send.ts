/**
 * A send that waits for its receiver alone, although the other sends on the same channel also wait for a stop.
 *
 *  1. A private channel field has a send in a `select` beside an arm that waits for a stop: a context, or a channel that
 *     the package closes or was given as one. Its author knows that the receiver may be gone.
 *  2. Each receiver stands in an endless loop that another arm leaves (see `ownership/hold.ts`).
 *  3. Another send on the field stands outside of any `select`, in a function that can name the same stop.
 *
 * Silent where the order is the function's own: it makes the channel, closes the stop, or is where the receiver stands.
 */
import { fixOf, refuse, replaceNode } from '../../analysis/code-edits.ts';
import type { FixRefusal, Location, Report, SuggestedFix } from '../../analysis/diagnostic.ts';
import type { Pass, Rule, SharedKey } from '../../analysis/rule.ts';
import type { CommClause, Expr, FuncDecl, Node, SendStmt } from '../../go/ast.ts';
import type { FieldInfo, FieldUse, GoPackage, GoroutineStart } from '../../go/package.ts';
import { inReviewedFile, oneLine, related } from '../lifecycle/wording.ts';
import { channelField, channelOf, receivedFrom } from '../ownership/channel.ts';
import { isGivenStop } from '../ownership/given-stop.ts';
import { departingReceivers, isAlternative } from '../ownership/hold.ts';
import { textOf } from '../ownership/waiting.ts';
import { givingUp } from './fixes/way-out.ts';
import { blockedFindings } from './leaks.ts';

export interface UnguardedSend {
  readonly send: SendStmt;
  readonly inside: FuncDecl;
  /** The stop as the function of the send writes it: `s.done`, `s.ctx.Done()`. */
  readonly stop: Stop;
  readonly guarded: readonly SendStmt[];
  /** How a guarded send of the same function leaves it when the stop is ready. */
  readonly leaving?: string;
  readonly receivers: readonly FieldUse[];
}

/** A stop in the words of the function that sends. */
export interface Stop {
  readonly text: string;
  /** The context's expression when the stop is one. */
  readonly context?: string;
}

/** A send in an arm of a `select`; spares a look at all fields of packages that have none. */
const SEND_ARM = /\bcase\s+[\w.[\]()]+\s*<-/;

/** What others need not tell again. */
export const unguardedKey: SharedKey<readonly UnguardedSend[]> = { name: 'unguarded sends', compute: unguardedSends };

function unguardedSends(pass: Pass): readonly UnguardedSend[] {
  const { pkg } = pass;
  if (!pkg.files.some(({ text }) => SEND_ARM.test(text))) return [];
  const found: UnguardedSend[] = [];
  for (const { fields } of pkg.types.values()) {
    for (const field of fields.values())
      if (pkg.underlying(field.type).kind === 'chan' && isSentInArm(pkg, field)) found.push(...ofField(pass, field));
  }
  return found.filter(({ send }) => !isTold(pass, send));
}

function isSentInArm(pkg: GoPackage, field: FieldInfo): boolean {
  const arm = new RegExp(`\\bcase\\s+[\\w.]*\\b${field.name}\\s*<-`);
  return pkg.files.some(({ text }) => arm.test(text));
}

function ofField(pass: Pass, field: FieldInfo): readonly UnguardedSend[] {
  const { pkg } = pass;
  const sends = field.uses.filter((use) => use.kind === 'send' && use.node.kind === 'SendStmt');
  const guards = sends.flatMap((use) => guardOf(pkg, use.node as SendStmt) ?? []);
  if (guards.length === 0) return [];
  return sends.flatMap((use) => {
    const send = use.node as SendStmt;
    const { func: inside } = use;
    if (!inside || isAlternative(pkg, send) || !inReviewedFile(pass, use.file)) return [];
    const receivers = departingReceivers(pkg, send);
    if (receivers.length === 0 || receivers.some(({ func }) => func === inside)) return [];
    const stop = guards.map((guard) => stopBeside(pkg, guard, send)).find((each) => each !== undefined);
    if (!stop || decidesTheOrder(pkg, inside, field, guards)) return [];
    const leaving = leavingOf(pkg, guards, send);
    const guarded = guards.map((guard) => guard.send);
    return [{ send, inside, stop, guarded, receivers, ...(leaving === undefined ? {} : { leaving }) }];
  });
}

function leavingOf(pkg: GoPackage, guards: readonly Guard[], send: SendStmt): string | undefined {
  const { func, inner } = pkg.enclosing(send);
  for (const guard of guards) {
    const around = pkg.enclosing(guard.send);
    if (around.func === func && around.inner === inner && guard.leaving !== undefined) return guard.leaving;
  }
  return undefined;
}

/** A send in a `select`, and what it waits for beside. */
interface Guard {
  readonly send: SendStmt;
  readonly stops: readonly Expr[];
  /** The `return` of the arm that waits for the stop, when it does nothing else. */
  readonly leaving?: string;
}

function guardOf(pkg: GoPackage, send: SendStmt): Guard | undefined {
  const clause = pkg.parentOf(send);
  const select = clause?.kind === 'CommClause' && clause.comm === send ? pkg.parentOf(clause) : undefined;
  if (select?.kind !== 'SelectStmt') return undefined;
  const arms = select.clauses.flatMap((arm) => {
    const stop = stopOf(pkg, arm);
    return stop ? [{ stop, arm }] : [];
  });
  const [only] = arms[0]?.arm.body ?? [];
  const leaving = only?.kind === 'ReturnStmt' ? { leaving: textOf(pkg, only) } : {};
  return arms.length > 0 ? { send, stops: arms.map(({ stop }) => stop), ...leaving } : undefined;
}

function stopOf(pkg: GoPackage, { comm }: CommClause): Expr | undefined {
  const value = comm?.kind === 'ExprStmt' ? comm.x : comm?.kind === 'AssignStmt' ? comm.rhs[0] : undefined;
  const from = value && receivedFrom(value);
  return from && isStop(pkg, from) ? from : undefined;
}

function isStop(pkg: GoPackage, chan: Expr): boolean {
  const ref = channelOf(pkg, chan);
  if (ref.kind === 'done') return ref.call.fun.kind === 'SelectorExpr' && pkg.fieldOf(ref.call.fun.x) !== undefined;
  return ref.kind === 'field' && (channelField(pkg, ref.field).closes.length > 0 || isGivenStop(pkg, ref.field));
}

/** The stop of a guard, written for the value whose channel the send uses: both are fields of one type. */
function stopBeside(pkg: GoPackage, { send, stops }: Guard, plain: SendStmt): Stop | undefined {
  const owner = ownerOf(plain.chan);
  const like = ownerOf(send.chan);
  if (!owner || !like) return undefined;
  const base = textOf(pkg, owner);
  for (const stop of stops) {
    const done = stop.kind === 'CallExpr' && stop.fun.kind === 'SelectorExpr' ? stop.fun.x : undefined;
    const place = ownerOf(done ?? stop);
    if (!place || textOf(pkg, place) !== textOf(pkg, like)) continue;
    const name = (done ?? stop) as Extract<Expr, { kind: 'SelectorExpr' }>;
    const text = `${base}.${name.sel.name}`;
    return done ? { text: `${text}.Done()`, context: text } : { text };
  }
  return undefined;
}

/** `s` of `s.queue`. */
function ownerOf(expr: Expr): Expr | undefined {
  return expr.kind === 'SelectorExpr' ? expr.x : undefined;
}

/** Who makes the channel or closes the stop knows whether the receiver is there. */
function decidesTheOrder(pkg: GoPackage, inside: FuncDecl, field: FieldInfo, guards: readonly Guard[]): boolean {
  const made = field.uses.some((use) => (use.kind === 'assign' || use.kind === 'init') && use.func === inside);
  return made || guards.some(({ stops }) => stops.some((stop) => closesIn(pkg, stop, inside)));
}

function closesIn(pkg: GoPackage, stop: Expr, inside: FuncDecl): boolean {
  return pkg.fieldOf(stop)?.uses.some((use) => use.kind === 'close' && use.func === inside) === true;
}

/** The explorer has a path for it, which says more. */
export function isTold(pass: Pass, send: SendStmt): boolean {
  return pass
    .shared(blockedFindings)
    .some(({ story }) => story.site.file === pass.pkg.fileOf(send) && story.operation.range.start === send.range.start);
}

export const unguarded: Omit<Rule<UnguardedSend>, 'meta'> = {
  detect: (pass) => pass.shared(unguardedKey),
  describe({ send, inside, stop, guarded, receivers }, pass): Report {
    const { pkg } = pass;
    const file = pkg.fileOf(send);
    const starts = startsOf(pkg, inside);
    const [receiver] = receivers;
    const line = receiver?.file.lines.lineAt(receiver.node.range.start);
    return {
      location: pass.at(file, send),
      message: `If \`${stop.text}\` is ready first, \`${oneLine(textOf(pkg, send))}\` blocks forever: the receiver on line ${line ?? '?'} may be gone, and unlike other sends on \`${oneLine(textOf(pkg, send.chan))}\` this one does not select on \`${stop.text}\`.`,
      advice: `Select on \`${stop.text}\` alongside the send, as the other sends do.`,
      severity: 'warning',
      causes: [
        ...receivers.map((use) => pass.at(use.file, use.node)),
        ...starts.map(({ file: place, node }) => pass.at(place, node)),
      ],
      ...servingLoop(receivers, pass),
      related: [
        ...starts.slice(0, 2).map(({ node }) => related(pass, node, 'the goroutine that leaks is started here')),
        ...receivers.slice(0, 2).map(({ node }) => related(pass, node, 'the receiver, whose loop another case leaves')),
        ...guarded.slice(0, 2).map((other) => related(pass, other, 'a send that also waits for the stop')),
      ],
    };
  },
  fix: (finding, { pkg }) => selectOnStop(pkg, finding),
};

/** Where a function is started as a goroutine of its own. */
function startsOf(pkg: GoPackage, func: FuncDecl): readonly GoroutineStart[] {
  return pkg.goroutineStarts.filter(
    ({ kind, callee }) => kind === 'go' && (callee.kind === 'func' || callee.kind === 'method') && callee.decl === func,
  );
}

/** The function of the first receiver as the root cause: all sends to a loop that has ended are stuck for one reason. */
export function servingLoop(
  receivers: readonly Pick<FieldUse, 'node'>[],
  { pkg, at }: Pass,
): { readonly rootCause?: Location } {
  const [receiver] = receivers;
  const loop = receiver && pkg.enclosing(receiver.node).func;
  return loop ? { rootCause: at(loop.file, loop.name) } : {};
}

/** Puts a send into a `select` beside the stop. */
export function selectOnStop(
  pkg: GoPackage,
  finding: Pick<UnguardedSend, 'send' | 'inside' | 'stop' | 'leaving'>,
): readonly SuggestedFix[] | FixRefusal {
  const { send, stop } = finding;
  const way = wayOut(pkg, finding);
  if (way === undefined) return refuse('the function returns values with no obvious default');
  const file = pkg.fileOf(send);
  const lines = [
    'select {',
    `case ${textOf(pkg, send)}:`,
    `case <-${stop.text}:`,
    ...(way === '' ? [] : [`\t${way}`]),
    '}',
  ];
  const message = `Give up when \`${stop.text}\` ${stop.context ? 'fires' : 'is closed'}`;
  return [fixOf(file, message, [replaceNode(file, send, lines)])];
}

/** The statement that leaves the function; empty when the send is its last one. */
function wayOut(
  pkg: GoPackage,
  { send, inside, stop, leaving }: Pick<UnguardedSend, 'send' | 'inside' | 'stop' | 'leaving'>,
): string | undefined {
  if (leaving !== undefined) return leaving;
  const { type, body } = pkg.enclosing(send).inner ?? inside;
  if (type.results.length > 0) return stop.context && givingUp(pkg, type, stop.context);
  return body?.list.at(-1) === (send as Node) ? '' : 'return';
}
