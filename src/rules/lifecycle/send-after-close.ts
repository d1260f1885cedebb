/**
 * A callback that may send on a channel which is already closed: the send panics.
 *
 *  1. A function makes a channel, and registers a callback that sends on it with something of the package that keeps
 *     callbacks (see `ownership/registration.ts`).
 *  2. The function, or a goroutine that it starts, closes the channel.
 *  3. The registration is not undone before the close: it is never undone, or undone by a `defer` that runs later than
 *     the close (an earlier `defer` than that of the close, or any `defer` when the close is not deferred).
 *  4. Or the channel is kept in a map, and looked up under a lock that is released before the send (`entry-sends.ts`).
 */
import type { FixRefusal, Report, SuggestedFix, WitnessStep } from '../../analysis/diagnostic.ts';
import { type AnyRule, anyRule, type Pass, type Rule } from '../../analysis/rule.ts';
import type { CallExpr, FuncLit, Ident, Node, SendStmt } from '../../go/ast.ts';
import type { Binding, GoPackage } from '../../go/package.ts';
import { walk } from '../../go/walk.ts';
import { makeCapacity } from '../ownership/channel.ts';
import { capturedVariables, isInside, type Registration, registrations, resultOf } from '../ownership/registration.ts';
import { initialValue } from '../ownership/service-loop.ts';
import { describeEntrySend, type EntrySend, entrySendFix, entrySends } from './entry-sends.ts';
import { lateSendFix } from './late-send-fix.ts';
import { inReviewedFile, related } from './wording.ts';

export interface LateSend {
  readonly channel: Binding;
  readonly close: CallExpr;
  readonly sends: readonly SendStmt[];
  readonly registrations: readonly Registration[];
}

function detect(pass: Pass): readonly LateSend[] {
  const found = new Map<CallExpr, LateSend>();
  for (const registration of registrations(pass.pkg)) {
    if (registration.kept.kind !== 'FuncLit' || !inReviewedFile(pass, pass.pkg.fileOf(registration.call))) continue;
    for (const late of lateSends(pass.pkg, registration, registration.kept)) {
      const known = found.get(late.close);
      found.set(late.close, known ? together(known, late) : late);
    }
  }
  return [...found.values()];
}

function together(one: LateSend, other: LateSend): LateSend {
  return {
    ...one,
    sends: [...one.sends, ...other.sends],
    registrations: [...one.registrations, ...other.registrations],
  };
}

function lateSends(pkg: GoPackage, registration: Registration, callback: FuncLit): readonly LateSend[] {
  const found: LateSend[] = [];
  for (const channel of capturedVariables(pkg, callback)) {
    const value = initialValue(channel);
    const sends = sendsOn(pkg, callback, channel);
    if (channel.func !== registration.inside || !value || !makeCapacity(pkg, value) || sends.length === 0) continue;
    for (const close of closesOf(pkg, channel)) {
      if (!isInside(close, callback) && !undoneBefore(pkg, registration, close))
        found.push({ channel, close, sends, registrations: [registration] });
    }
  }
  return found;
}

/** Sends of the callback itself; one that sits under a condition on a flag or in a deferred function is not judged. */
function sendsOn(pkg: GoPackage, callback: FuncLit, channel: Binding): readonly SendStmt[] {
  const sends: SendStmt[] = [];
  walk(callback.body, (node) => {
    if (node.kind === 'SendStmt' && node.chan.kind === 'Ident' && pkg.bindingOf(node.chan) === channel)
      sends.push(node);
    return node.kind !== 'FuncLit';
  });
  return sends;
}

function closesOf(pkg: GoPackage, channel: Binding): readonly CallExpr[] {
  return pkg.usesOf(channel).flatMap((use) => {
    const call = pkg.parentOf(use);
    if (call?.kind !== 'CallExpr') return [];
    const callee = pkg.calleeOf(call);
    return callee.kind === 'builtin' && callee.name === 'close' ? [call] : [];
  });
}

/** Whether the registration is surely, or possibly, undone before the close runs. */
function undoneBefore(pkg: GoPackage, registration: Registration, close: CallExpr): boolean {
  const { func, inner } = pkg.enclosing(close);
  const deferredAt = deferOf(pkg, close, registration.inside);
  const closesOnReturn = deferredAt !== undefined;
  const undos = undoPlaces(pkg, registration);
  if (undos === 'unknown') return true;
  return undos.some((undo) => {
    const undoDefer = deferOf(pkg, undo, registration.inside);
    if (undoDefer && deferredAt)
      return undoDefer === deferredAt
        ? undo.range.start < close.range.start
        : undoDefer.range.start > deferredAt.range.start;
    if (undoDefer) return false;
    return (
      closesOnReturn ||
      ((inner ?? func) === registration.inside && undo.range.start < close.range.start) ||
      (inner !== undefined && isInside(undo, inner) && undo.range.start < close.range.start)
    );
  });
}

/** The `defer` statement of `inside` that runs a node, directly or in a literal. */
function deferOf(pkg: GoPackage, node: Node, inside: Node): Node | undefined {
  for (let at: Node | undefined = node; at && at !== inside; at = pkg.parentOf(at)) {
    if (at.kind === 'DeferStmt') return at;
    if (at.kind === 'GoStmt') return undefined;
  }
  return undefined;
}

/** Calls that undo the registration; `unknown` when the undo goes where it is not seen. */
function undoPlaces(pkg: GoPackage, registration: Registration): readonly Node[] | 'unknown' {
  const { variable, dropped, escapes } = resultOf(pkg, registration.call);
  if (escapes) return 'unknown';
  if (dropped || !variable) return counterpartCalls(registration);
  const uses = pkg.usesOf(variable);
  return uses.every((use) => isCalled(pkg, use)) ? uses : 'unknown';
}

function isCalled(pkg: GoPackage, use: Ident): boolean {
  const parent = pkg.parentOf(use);
  if (parent?.kind === 'SelectorExpr') return true;
  return parent?.kind === 'CallExpr' && parent.fun === use;
}

function counterpartCalls({ inside, call }: Registration): readonly Node[] {
  const calls: Node[] = [];
  if (!inside.body) return calls;
  walk(inside.body, (node) => {
    if (
      node.kind === 'CallExpr' &&
      node !== call &&
      node.fun.kind === 'SelectorExpr' &&
      /^(unsub|unregister|deregister|remove|detach|unwatch|off$)/i.test(node.fun.sel.name)
    )
      calls.push(node);
  });
  return calls;
}

/** The path on which the callback sends after the close. */
function latePath(
  keeper: string,
  channel: string,
  close: LateSend['close'],
  sends: LateSend['sends'],
  registrations: LateSend['registrations'],
  { pkg, at }: Pass,
): readonly WitnessStep[] {
  const file = pkg.fileOf(close);
  const process = pkg.enclosing(close).func?.name.name ?? 'the function';
  return [
    ...registrations.slice(0, 1).map(({ call }) => ({
      process,
      text: `gives a callback to \`${keeper}\`, which keeps it`,
      location: at(pkg.fileOf(call), call),
    })),
    { process, text: `closes \`${channel}\` and leaves the callback registered`, location: at(file, close) },
    ...sends.slice(0, 1).map((send) => ({
      process: 'the callback',
      text: `is called afterwards, sends on \`${channel}\` and panics`,
      location: at(pkg.fileOf(send), send),
    })),
  ];
}

const rule: Rule<LateSend> = {
  meta: {
    id: 'send-after-close',
    group: 'blocked',
    summary: 'A callback that is still registered may send on a channel that has been closed, which panics.',
    severity: 'error',
    since: '0.1.0',
    knownProblems: [{ kind: 'miss', text: 'Callbacks kept by a type outside the repository are not judged.' }],
  },
  detect,
  describe({ channel, close, sends, registrations }, pass): Report {
    const { pkg } = pass;
    const file = pkg.fileOf(close);
    const keeper = registrations[0]?.keeper.name.name ?? 'the registration';
    return {
      location: pass.at(file, close),
      message: `\`${channel.name}\` is closed while a callback that \`${keeper}\` keeps can still send on it, and that send panics.`,
      advice: `Undo the registration before the close, or leave the channel open: receivers that also wait for a context do not need the close.`,
      related: [
        ...registrations.slice(0, 3).map(({ call }) => related(pass, call, 'the callback is registered here')),
        ...sends.slice(0, 3).map((send) => related(pass, send, 'and sends here')),
      ],
      causes: [...sends.map((send) => pass.at(file, send)), ...registrations.map(({ call }) => pass.at(file, call))],
      severity: 'error',
      witness: latePath(keeper, channel.name, close, sends, registrations, pass),
      subject: pass.at(file, close),
    };
  },
  fix(finding, pass): readonly SuggestedFix[] | FixRefusal {
    return lateSendFix(pass.pkg, finding);
  },
};

const entries: Rule<EntrySend> = {
  meta: rule.meta,
  detect: entrySends,
  describe: describeEntrySend,
  fix: (finding, pass) => entrySendFix(finding, pass.pkg),
};

export const sendAfterClose: AnyRule = {
  ...anyRule(rule),
  evaluate: (pass) => [...anyRule(rule).evaluate(pass), ...anyRule(entries).evaluate(pass)],
};
