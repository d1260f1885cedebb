/**
 * A channel that outlives its use.
 *
 *  1. A response channel kept in a map: a function makes a channel, stores it under a key in a map field, waits for the
 *     answer, and deletes the entry on some path but not on every one. The entry and the channel stay, and a late
 *     answer finds a channel from which nobody receives.
 *  2. A private channel field over which a goroutine ranges although nothing closes it, when such goroutines are
 *     started again and again (`start-without-stop` speaks of types that have a stop method).
 */
import type { FixRefusal, Report, SuggestedFix } from '../../analysis/diagnostic.ts';
import { anyRule, type Pass, type Rule } from '../../analysis/rule.ts';
import type { AssignStmt, BlockStmt, CallExpr, CommClause, IndexExpr, Node, ReturnStmt } from '../../go/ast.ts';
import type { Binding, GoPackage } from '../../go/package.ts';
import { walk } from '../../go/walk.ts';
import { makeCapacity } from '../ownership/channel.ts';
import { type Goroutine, goroutinesKey } from '../ownership/owner.ts';
import { bodyOf, type Func, walkOwn } from '../ownership/reach.ts';
import { isInside } from '../ownership/registration.ts';
import { initialValue, type ServiceLoop } from '../ownership/service-loop.ts';
import { textOf } from '../ownership/waiting.ts';
import { entryFix } from './entry-fix.ts';
import { unstoppedStarts } from './unstopped-start.ts';
import { inReviewedFile, nameOf, oneLine, related } from './wording.ts';

export interface KeptEntry {
  readonly kind: 'entry';
  readonly store: AssignStmt;
  readonly target: IndexExpr;
  readonly channel: Binding;
  readonly inside: Func;
  readonly deletes: readonly CallExpr[];
  readonly exit: ReturnStmt;
}

interface UnclosedRange {
  readonly kind: 'range';
  readonly goroutine: Goroutine;
  readonly loop: ServiceLoop;
  readonly channel: string;
}

function detect(pass: Pass): readonly (KeptEntry | UnclosedRange)[] {
  return [...keptEntries(pass), ...unclosedRanges(pass)];
}

function keptEntries(pass: Pass): readonly KeptEntry[] {
  const found: KeptEntry[] = [];
  for (const func of pass.pkg.funcDecls) {
    if (!inReviewedFile(pass, func.file) || !mayKeepEntry(func.file.text, func.bodyRange)) continue;
    const body = func.body;
    if (!body) continue;
    walkOwn(body, (node) => {
      const entry = node.kind === 'AssignStmt' ? keptEntry(pass.pkg, node, func) : undefined;
      if (entry) found.push(entry);
    });
  }
  return found;
}

/** A cheap look at the text before anything is lowered. */
function mayKeepEntry(text: string, span: BlockStmt['range'] | undefined): boolean {
  const body = span ? text.slice(span.start, span.end) : '';
  return body.includes('delete(') && body.includes('chan ') && body.includes('] =');
}

function keptEntry(pkg: GoPackage, store: AssignStmt, inside: Func): KeptEntry | undefined {
  const target = store.lhs[0];
  const value = store.rhs[0];
  if (store.tok !== '=' || target?.kind !== 'IndexExpr' || value?.kind !== 'Ident' || !pkg.fieldOf(target.x))
    return undefined;
  const channel = pkg.bindingOf(value);
  const made = channel && initialValue(channel);
  const body = bodyOf(inside);
  if (!channel || !body || !made || !makeCapacity(pkg, made)) return undefined;
  const deletes = deletesOf(pkg, body, target);
  if (deletes.length === 0 || deletes.some((call) => !isOwn(pkg, call, inside) || isDeferred(pkg, call)))
    return undefined;
  const exit = firstReceive(pkg, channel) && missedExit(pkg, body, channel, store, deletes);
  return exit && { kind: 'entry', store, target, channel, inside, deletes, exit };
}

/** `delete(m, k)` with the same map and key as the stored element. */
function deletesOf(pkg: GoPackage, body: BlockStmt, target: IndexExpr): readonly CallExpr[] {
  const map = textOf(pkg, target.x);
  const calls: CallExpr[] = [];
  walk(body, (node) => {
    if (node.kind !== 'CallExpr' || node.args.length !== 2 || !node.args[0]) return;
    const callee = pkg.calleeOf(node);
    if (callee.kind === 'builtin' && callee.name === 'delete' && textOf(pkg, node.args[0]) === map) calls.push(node);
  });
  return calls;
}

function isOwn(pkg: GoPackage, node: Node, inside: Func): boolean {
  const { func, inner } = pkg.enclosing(node);
  return (inner ?? func) === inside;
}

function isDeferred(pkg: GoPackage, node: Node): boolean {
  return pkg.parentOf(node)?.kind === 'DeferStmt';
}

function firstReceive(pkg: GoPackage, channel: Binding): Node | undefined {
  return pkg.usesOf(channel).find((use) => pkg.parentOf(use)?.kind === 'UnaryExpr');
}

/**
 * A return after the store that no delete precedes. Not one in the select arm that has the answer: who answers may have
 * taken the entry out.
 */
function missedExit(
  pkg: GoPackage,
  body: BlockStmt,
  channel: Binding,
  store: Node,
  deletes: readonly CallExpr[],
): ReturnStmt | undefined {
  const answered = pkg.usesOf(channel).flatMap((use) => armAround(pkg, use) ?? []);
  let missed: ReturnStmt | undefined;
  walkOwn(body, (node) => {
    if (missed || node.kind !== 'ReturnStmt' || node.range.start < store.range.end) return;
    if (answered.some((arm) => isInside(node, arm)) || deletes.some((call) => precedes(pkg, call, node))) return;
    missed = node;
  });
  return missed;
}

/** The select arm whose operation a node belongs to. */
function armAround(pkg: GoPackage, node: Node): CommClause | undefined {
  for (let at = pkg.parentOf(node); at && at.kind !== 'BlockStmt'; at = pkg.parentOf(at)) {
    if (at.kind === 'CommClause') return at;
  }
  return undefined;
}

function precedes(pkg: GoPackage, call: Node, exit: Node): boolean {
  if (call.range.start > exit.range.start) return false;
  for (let at = pkg.parentOf(call); at; at = pkg.parentOf(at)) {
    if (at.kind === 'BlockStmt' || at.kind === 'CommClause' || at.kind === 'CaseClause') return isInside(exit, at);
  }
  return false;
}

function unclosedRanges(pass: Pass): readonly UnclosedRange[] {
  const spoken = new Set(unstoppedStarts(pass).map((one) => one.goroutine));
  return pass.shared(goroutinesKey).flatMap((goroutine) => {
    const often = goroutine.repetition.kind;
    if (spoken.has(goroutine) || often === 'process' || often === 'once' || !inReviewedFile(pass, goroutine.start.file))
      return [];
    if (sharesChannel(pass.pkg, goroutine)) return [];
    const loop = goroutine.loops.find((each) => each.end.kind === 'unclosed' && !each.end.shared);
    return loop?.end.kind === 'unclosed' ? [{ kind: 'range', goroutine, loop, channel: loop.end.channel }] : [];
  });
}

/** The loop that starts the goroutines starts several for one value: a pool of workers. */
function sharesChannel(pkg: GoPackage, { start, repetition }: Goroutine): boolean {
  if (repetition.kind !== 'loop' || repetition.at !== start.node) return false;
  const { fun } = start.call;
  const value = fun.kind === 'SelectorExpr' && fun.x.kind === 'Ident' ? pkg.bindingOf(fun.x) : undefined;
  return fun.kind !== 'FuncLit' && !(value?.ident && isInside(value.ident, repetition.loop));
}

const rule: Rule<KeptEntry | UnclosedRange> = {
  meta: {
    id: 'unclosed-channel',
    group: 'lifecycle',
    summary: 'A channel is ranged over and never closed, or a response channel in a map is not deleted on every path.',
    severity: 'warning',
    since: '0.1.0',
    knownProblems: [
      { kind: 'miss', text: 'A map entry that the function never deletes itself is not reported.' },
      { kind: 'false-alarm', text: 'A periodic clean-up of old entries elsewhere is not seen.' },
    ],
  },
  detect,
  describe(finding, pass): Report {
    return finding.kind === 'entry' ? describeEntry(finding, pass) : describeRange(finding, pass);
  },
  fix(finding, pass): readonly SuggestedFix[] | FixRefusal {
    if (finding.kind === 'range')
      return { kind: 'refused', reason: 'which sender may close the channel is not decided here' };
    return entryFix(pass.pkg, finding);
  },
};

function describeEntry({ store, target, channel, deletes, exit }: KeptEntry, pass: Pass): Report {
  const { pkg } = pass;
  const file = pkg.fileOf(store);
  return {
    location: pass.at(file, store),
    message: `\`${oneLine(textOf(pkg, target))}\` keeps \`${channel.name}\` after the return on line ${file.lines.lineAt(exit.range.start)}, because only other paths delete the entry.`,
    advice: 'Delete the entry on every path: defer the delete right after the entry is stored.',
    related: [
      related(pass, exit, 'this exit leaves the entry in the map'),
      ...deletes.slice(0, 2).map((call) => related(pass, call, 'this path deletes it')),
    ],
    causes: [pass.at(file, exit)],
    identity: `entry ${oneLine(textOf(pkg, target))}`,
  };
}

function describeRange({ goroutine, loop, channel }: UnclosedRange, pass: Pass): Report {
  const { pkg } = pass;
  const location = pass.at(goroutine.start.file, goroutine.start.node);
  const name = nameOf(pkg, goroutine);
  return {
    location,
    message: `${name.startsWith('the') ? `T${name.slice(1)}` : name} ranges over \`${oneLine(channel)}\`, which nothing in the package closes, so each one leaks.`,
    advice: 'Close the channel after its last send, by its only sender.',
    related: [related(pass, loop.loop, 'the loop that ends with the close only')],
    causes: [pass.at(pkg.fileOf(loop.loop), loop.loop)],
    subject: location,
  };
}

export const unclosedChannel = anyRule(rule);
