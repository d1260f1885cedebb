/**
 * A cancel function that does not end the goroutine that was started with it.
 *
 *  1. A function derives a context, starts a goroutine and returns the cancel function.
 *  2. The goroutine first waits for other contexts only, those that the function was given, and then cancels. When the
 *     caller cancels, the goroutine goes on waiting for as long as those contexts live.
 *  3. Or the function returns the context that it derives from one it was given, and the goroutine alone may cancel it, once a
 *     channel that the function was given is ready: when the context ends by itself, the goroutine goes on waiting.
 *  4. Or each round of a loop derives a context, starts such a goroutine, which does nothing else, and cancels by itself:
 *     then each round leaves a goroutine behind until what it waits for happens.
 */
import { fixOf, indentAt, insertAfterLine, refuse, replaceNode } from '../../analysis/code-edits.ts';
import type { FixRefusal, Report, SuggestedFix } from '../../analysis/diagnostic.ts';
import type { Pass } from '../../analysis/rule.ts';
import type { AssignStmt, Expr, FuncDecl, GoStmt, Ident, Stmt } from '../../go/ast.ts';
import type { Binding, GoPackage } from '../../go/package.ts';
import { walk } from '../../go/walk.ts';
import { offset } from '../../text/offset.ts';
import { channelOf, receivedFrom } from '../ownership/channel.ts';
import { armReceive, hasDefault, loopsAround } from '../ownership/loop.ts';
import { isInside } from '../ownership/precedence.ts';
import { walkOwn } from '../ownership/reach.ts';
import { textOf } from '../ownership/waiting.ts';
import { inReviewedFile, oneLine, related } from './wording.ts';

export interface IgnoredCancel {
  readonly kind: 'ignored-cancel';
  readonly func: FuncDecl;
  readonly go: GoStmt;
  /** The statement in which the goroutine waits. */
  readonly wait: Stmt;
  readonly context: Ident;
  readonly cancel: Ident;
  /** What the goroutine waits for. */
  readonly waited: readonly Expr[];
  /** What hangs on it: the cancel function or the context that is returned, or each round of a loop. */
  readonly by: 'cancel' | 'context' | 'rounds';
}

/** The context and the cancel function in `ctx, cancel := context.WithCancel(parent)`. */
export interface Derived {
  readonly context: Ident;
  readonly cancel: Ident;
  readonly parent: Expr | undefined;
}

const deriving: ReadonlySet<string> = new Set([
  'WithCancel',
  'WithCancelCause',
  'WithTimeout',
  'WithTimeoutCause',
  'WithDeadline',
  'WithDeadlineCause',
]);

/** Not in programs: who waits for a signal there waits until the process ends. */
export function ignoredCancels(pass: Pass): readonly IgnoredCancel[] {
  if (pass.pkg.name === 'main') return [];
  return pass.pkg.funcDecls.flatMap((func) => (inReviewedFile(pass, func.file) ? ignoredIn(pass.pkg, func) : []));
}

function ignoredIn(pkg: GoPackage, func: FuncDecl): readonly IgnoredCancel[] {
  const text = func.bodyRange ? func.file.text.slice(func.bodyRange.start, func.bodyRange.end) : '';
  if (!/\bcontext\.With/.test(text) || !/\bgo func\b/.test(text) || !func.body) return [];
  const derived: Derived[] = [];
  const starts: GoStmt[] = [];
  const returned: Ident[] = [];
  walkOwn(func.body, (node) => {
    const one = node.kind === 'AssignStmt' ? derivedBy(pkg, node) : undefined;
    if (one) derived.push(one);
    if (node.kind === 'GoStmt') starts.push(node);
    if (node.kind === 'ReturnStmt') returned.push(...node.results.filter((each) => each.kind === 'Ident'));
  });
  return derived.flatMap((one) => {
    const cancel = pkg.bindingOf(one.cancel);
    if (!cancel) return [];
    const isReturned = ({ name }: Ident): boolean => returned.some((each) => each.name === name);
    return starts.flatMap((go) => {
      const found = ignoredAt(pkg, func, go, one);
      if (!found) return [];
      if (isReturned(one.cancel)) return { ...found, by: 'cancel' };
      if (isReturned(one.context) && isLeftByContext(pkg, one, found)) return { ...found, by: 'context' };
      return isLeftByRounds(pkg, go, cancel) ? { ...found, by: 'rounds' } : [];
    });
  });
}

/** The context ends with its parent, which the goroutine does not wait for; nobody else can cancel it. */
function isLeftByContext(pkg: GoPackage, { cancel, parent }: Derived, { go, waited }: Found): boolean {
  const from = parent?.kind === 'Ident' ? pkg.bindingOf(parent) : undefined;
  const binding = pkg.bindingOf(cancel);
  const isAlone = binding !== undefined && pkg.usesOf(binding).every((use) => use === cancel || isInside(use, go));
  return from?.kind === 'param' && isAlone && waited.every((each) => channelOf(pkg, each).kind === 'variable');
}

/** The loop around the goroutine makes the context, and cancels it in other places; the goroutine only waits and cancels. */
function isLeftByRounds(pkg: GoPackage, go: GoStmt, cancel: Binding): boolean {
  const [loop] = loopsAround(pkg, go);
  const lit = go.call.kind === 'CallExpr' && go.call.fun.kind === 'FuncLit' ? go.call.fun : undefined;
  if (!loop || !lit || lit.body?.list.length !== 2 || !cancel.ident || !isInside(cancel.ident, loop)) return false;
  return pkg.usesOf(cancel).some((use) => {
    const call = pkg.parentOf(use);
    return !isInside(use, go) && call?.kind === 'CallExpr' && call.fun === use;
  });
}

export function derivedBy(pkg: GoPackage, { lhs, rhs }: AssignStmt): Derived | undefined {
  const [context, cancel, call] = [lhs[0], lhs[1], rhs[0]];
  if (context?.kind !== 'Ident' || cancel?.kind !== 'Ident' || call?.kind !== 'CallExpr') return undefined;
  const callee = pkg.calleeOf(call);
  const derives = callee.kind === 'external' && callee.path === 'context' && deriving.has(callee.name);
  return derives ? { context, cancel, parent: call.args[0] } : undefined;
}

type Found = Omit<IgnoredCancel, 'by'>;

function ignoredAt(pkg: GoPackage, func: FuncDecl, go: GoStmt, derived: Derived): Found | undefined {
  const lit = go.call.kind === 'CallExpr' && go.call.fun.kind === 'FuncLit' ? go.call.fun : undefined;
  const wait = lit?.body?.list.find((stmt) => stmt.kind !== 'DeferStmt');
  const waited = wait && waitedFor(wait);
  const cancel = pkg.bindingOf(derived.cancel);
  const cancels = cancel && pkg.usesOf(cancel).some((use) => isInside(use, go));
  if (!wait || !waited || waited.length === 0 || !cancels) return undefined;
  if (!waited.every((from) => isGiven(pkg, func, from, derived))) return undefined;
  const { context } = derived;
  return { kind: 'ignored-cancel', func, go, wait, context, cancel: derived.cancel, waited };
}

/** The channels of a receive, or of a select that only receives. */
function waitedFor(stmt: Stmt): readonly Expr[] | undefined {
  if (stmt.kind === 'ExprStmt') {
    const from = receivedFrom(stmt.x);
    return from && [from];
  }
  if (stmt.kind !== 'SelectStmt' || hasDefault(stmt)) return undefined;
  const from = stmt.clauses.map(armReceive);
  return from.some((each) => each === undefined) ? undefined : from.filter((each) => each !== undefined);
}

/** A parameter that the function does not assign, or `p.Done()` of one, and not of the context that it derives. */
function isGiven(pkg: GoPackage, func: FuncDecl, from: Expr, derived: Derived): boolean {
  const ref = channelOf(pkg, from);
  const context =
    ref.kind === 'done' && ref.call.fun.kind === 'SelectorExpr'
      ? ref.call.fun.x
      : ref.kind === 'variable'
        ? from
        : undefined;
  const binding = context?.kind === 'Ident' ? pkg.bindingOf(context) : undefined;
  if (!func.body || (binding?.kind !== 'param' && binding?.kind !== 'receiver')) return false;
  if (binding === pkg.bindingOf(derived.context)) return false;
  let assigned = false;
  walk(func.body, (node) => {
    if (node.kind === 'AssignStmt')
      assigned ||= node.lhs.some((each) => each.kind === 'Ident' && each.name === binding.name);
    return !assigned;
  });
  return !assigned;
}

export function describeIgnoredCancel(
  { func, go, wait, context, cancel, waited, by }: IgnoredCancel,
  pass: Pass,
): Report {
  const { pkg } = pass;
  const names = waited.map((from) => `\`${oneLine(textOf(pkg, from))}\``).join(' and ');
  const name = `\`${cancel.name}\``;
  const messages = {
    rounds: `${name} does not end the goroutine, which each iteration of the loop starts: it only waits for ${names}.`,
    cancel: `${name}, which \`${func.name.name}\` returns, does not end the goroutine: it only waits for ${names}, and lives until then.`,
    context: `The end of \`${context.name}\`, which \`${func.name.name}\` returns, does not end the goroutine: it only waits for ${names}, and lives until then.`,
  };
  return {
    location: pass.at(func.file, go),
    message: messages[by],
    advice:
      by === 'context'
        ? `Let the goroutine also wait for the end of \`${context.name}\`.`
        : `Make the goroutine also wait for the context that ${name} cancels.`,
    related: [related(pass, wait, 'the goroutine waits here'), related(pass, cancel, `${name} is created here`)],
    causes: [pass.at(func.file, wait), pass.at(func.file, cancel)],
  };
}

/** One more arm that waits for the derived context, and then goes on as after the others. */
export function ignoredCancelFix(
  pkg: GoPackage,
  { wait, context }: IgnoredCancel,
): readonly SuggestedFix[] | FixRefusal {
  if (context.name === '_') return refuse('the context has no name');
  const file = pkg.fileOf(wait);
  if (wait.kind === 'ExprStmt') {
    const lines = ['select {', `case ${textOf(pkg, wait.x)}:`, `case <-${context.name}.Done():`, '}'];
    return [fixOf(file, `Also wait for \`${context.name}\``, [replaceNode(file, wait, lines)])];
  }
  if (wait.kind !== 'SelectStmt') return refuse('the goroutine does not wait in a select');
  const head = offset(wait.range.start + 'select'.length);
  const arm = [`case <-${context.name}.Done():`];
  const edit = insertAfterLine(file, head, indentAt(file, wait.range.start), arm);
  return [fixOf(file, `Also wait for \`${context.name}\``, [edit])];
}
