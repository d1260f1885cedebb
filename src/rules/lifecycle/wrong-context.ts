/**
 * A goroutine whose loop waits for the wrong context.
 *
 *  1. A function derives a context from the one that it is given, and defers its cancel function. It starts a goroutine
 *     whose loop only the end of the given context ends, and which takes part in what the derived one is for: it uses it
 *     in other places, or another goroutine of the function is given it. The function can return while the given context
 *     lives on, nobody waits for the goroutine, and then it stays.
 *  2. Or a method that is given a context starts a goroutine, directly with `context.Background()`, whose loop only the
 *     end of that ends: it never does. Only where it is started for each request or round, or where the type has a stop
 *     method, which cannot end it.
 *
 * Programs are left out: what their functions start ends with the process.
 */
import { fixOf, refuse } from '../../analysis/code-edits.ts';
import type { FixRefusal, Report, SuggestedFix } from '../../analysis/diagnostic.ts';
import type { Pass } from '../../analysis/rule.ts';
import { isEndlessContext } from '../../concurrency/open/stops.ts';
import type { Expr, FuncDecl, GoStmt, Ident, Node } from '../../go/ast.ts';
import type { Binding, GoPackage } from '../../go/package.ts';
import { isNamed } from '../../go/types.ts';
import { walk } from '../../go/walk.ts';
import { channelOf, receivedFrom } from '../ownership/channel.ts';
import { armReceive, exitsOf, isEndless, type Loop } from '../ownership/loop.ts';
import { type Goroutine, goroutinesKey } from '../ownership/owner.ts';
import { isInside } from '../ownership/precedence.ts';
import { type Func, walkOwn } from '../ownership/reach.ts';
import { stopMethods } from '../ownership/stop-method.ts';
import { type Derived, derivedBy } from './ignored-cancel.ts';
import { inReviewedFile, nameOf, related } from './wording.ts';

export interface WrongContext {
  readonly kind: 'wrong-context';
  readonly goroutine: Goroutine;
  readonly loop: Loop;
  /** Each place that names the context that the loop waits for, and what it should name. */
  readonly waited: readonly Expr[];
  readonly better: string;
  /** The derived context that the function cancels; absent when the context never ends at all. */
  readonly derived?: Derived;
}

export function wrongContexts(pass: Pass): readonly WrongContext[] {
  const { pkg } = pass;
  if (pkg.name === 'main') return [];
  return pass.shared(goroutinesKey).flatMap((goroutine) => {
    const { start } = goroutine;
    const { node, func, inner } = start;
    if (node.kind !== 'GoStmt' || !func || inner || !inReviewedFile(pass, start.file)) return [];
    const found = parentOfDerived(pkg, goroutine, node, func) ?? endless(pkg, goroutine, node, func);
    return found ? [found] : [];
  });
}

// ---- The given context in place of the derived one -----------------------------------------------------------------

function parentOfDerived(pkg: GoPackage, goroutine: Goroutine, go: GoStmt, func: FuncDecl): WrongContext | undefined {
  const literal = go.call.kind === 'CallExpr' && go.call.fun.kind === 'FuncLit' ? go.call.fun : undefined;
  if (!func.body || !literal) return undefined;
  for (const derived of derivedBefore(pkg, func, go)) {
    const parent = derived.parent?.kind === 'Ident' ? pkg.bindingOf(derived.parent) : undefined;
    const own = pkg.bindingOf(derived.context);
    if (!parent || !own || parent === own || parent.kind !== 'param' || isAssigned(func, parent)) continue;
    const ended = loopEndedBy(pkg, literal, parent);
    if (!ended || goroutine.waiter || !isInvolved(pkg, func, go, own) || !returnsEarly(pkg, func, go, parent)) continue;
    return { kind: 'wrong-context', goroutine, ...ended, better: own.name, derived };
  }
  return undefined;
}

/** `run, cancel := context.WithCancel(ctx)` with `defer cancel()`, before the goroutine is started. */
function derivedBefore(pkg: GoPackage, { body }: FuncDecl, go: GoStmt): readonly Derived[] {
  const derived: Derived[] = [];
  const deferred = new Set<Binding>();
  if (body)
    walkOwn(body, (node) => {
      const one = node.kind === 'AssignStmt' && node.range.start < go.range.start ? derivedBy(pkg, node) : undefined;
      if (one) derived.push(one);
      const called = node.kind === 'DeferStmt' && node.call.kind === 'CallExpr' ? node.call.fun : undefined;
      const binding = called?.kind === 'Ident' ? pkg.bindingOf(called) : undefined;
      if (binding) deferred.add(binding);
      return true;
    });
  return derived.filter(({ cancel }) => {
    const binding = pkg.bindingOf(cancel);
    return binding !== undefined && deferred.has(binding);
  });
}

/** The goroutine uses the derived context, or another goroutine of the function does. */
function isInvolved(pkg: GoPackage, { body }: FuncDecl, go: GoStmt, own: Binding): boolean {
  const uses = pkg.usesOf(own);
  if (uses.some((use) => isInside(use, go))) return true;
  let involved = false;
  if (body)
    walkOwn(body, (node) => {
      if (node.kind === 'GoStmt' && node !== go) involved ||= uses.some((use) => isInside(use, node));
      return !involved;
    });
  return involved;
}

/** Some way out of the function after the start does not wait for the end of the given context. */
function returnsEarly(pkg: GoPackage, { body }: FuncDecl, go: GoStmt, parent: Binding): boolean {
  if (!body) return false;
  let [waited, early] = [false, false];
  walkOwn(body, (node) => {
    if (node.range.start < go.range.end) return true;
    if (node.kind === 'CommClause' && isDoneOf(pkg, armReceive(node), parent)) return false;
    if (node.kind === 'ExprStmt' && isDoneOf(pkg, receivedFrom(node.x), parent)) waited = true;
    if (node.kind === 'ReturnStmt' && !waited) early = true;
    return !early;
  });
  return early || (!waited && body.list.at(-1)?.kind !== 'ReturnStmt' && !endsInLoop(body.list.at(-1)));
}

function endsInLoop(last: Node | undefined): boolean {
  return last?.kind === 'ForStmt' || last?.kind === 'RangeStmt' || last?.kind === 'SelectStmt';
}

// ---- A context that never ends -------------------------------------------------------------------------------------

function endless(pkg: GoPackage, goroutine: Goroutine, go: GoStmt, func: FuncDecl): WrongContext | undefined {
  const { func: runs, repetition } = goroutine;
  const given = contextParam(pkg, func);
  if (!given || runs?.kind !== 'FuncDecl' || go.call.kind !== 'CallExpr') return undefined;
  const owner = func.recv && pkg.typeInfoOf(pkg.typeOfTypeExpr(func.recv.type));
  const again = repetition.kind === 'request' || repetition.kind === 'loop';
  if (!again && (!owner || stopMethods(owner).length === 0)) return undefined;
  const names = runs.type.params.flatMap((param) => param.names);
  for (const [index, argument] of go.call.args.entries()) {
    const name = names[index];
    const param = name && pkg.bindingOf(name);
    if (!isEndlessContext(pkg, argument) || !param || isAssigned(runs, param)) continue;
    const ended = loopEndedBy(pkg, runs, param);
    if (ended) return { kind: 'wrong-context', goroutine, loop: ended.loop, waited: [argument], better: given };
  }
  return undefined;
}

function contextParam(pkg: GoPackage, { type }: FuncDecl): string | undefined {
  for (const param of type.params) {
    const name = param.names[0]?.name;
    if (name && name !== '_' && isNamed(pkg.typeOfTypeExpr(param.type), 'context', 'Context')) return name;
  }
  return undefined;
}

// ---- Loops -----------------------------------------------------------------------------------------------------------

/** An endless loop of the function that is left only where the context of the variable has ended. */
function loopEndedBy(
  pkg: GoPackage,
  { body }: Func,
  context: Binding,
): { readonly loop: Loop; readonly waited: readonly Expr[] } | undefined {
  const loops: Loop[] = [];
  if (body)
    walkOwn(body, (node) => {
      if ((node.kind === 'ForStmt' || node.kind === 'RangeStmt') && isEndless(pkg, node)) loops.push(node);
      return true;
    });
  const [loop] = loops;
  if (loops.length !== 1 || !loop) return undefined;
  const received = exitsOf(pkg, loop).map(({ arm }) => arm && armReceive(arm));
  if (received.length === 0 || !received.every((from) => isDoneOf(pkg, from, context))) return undefined;
  return { loop, waited: [...new Set(received.flatMap((from) => doneOf(pkg, from) ?? []))] };
}

function isDoneOf(pkg: GoPackage, from: Expr | undefined, context: Binding): boolean {
  const of = doneOf(pkg, from);
  return of !== undefined && pkg.bindingOf(of) === context;
}

/** `ctx` of `ctx.Done()`. */
function doneOf(pkg: GoPackage, from: Expr | undefined): Ident | undefined {
  const ref = from && channelOf(pkg, from);
  const fun = ref?.kind === 'done' ? ref.call.fun : undefined;
  return fun?.kind === 'SelectorExpr' && fun.x.kind === 'Ident' ? fun.x : undefined;
}

function isAssigned({ body }: Func, { name }: Binding): boolean {
  let assigned = false;
  if (body)
    walk(body, (node) => {
      if (node.kind === 'AssignStmt') assigned ||= node.lhs.some((each) => each.kind === 'Ident' && each.name === name);
      return !assigned;
    });
  return assigned;
}

// ---- Report --------------------------------------------------------------------------------------------------------------

export function describeWrongContext(finding: WrongContext, pass: Pass): Report {
  const { goroutine, loop, better, derived, waited } = finding;
  const { pkg } = pass;
  const { node, file } = goroutine.start;
  const name = nameOf(pkg, goroutine);
  const subject = name.startsWith('the') ? `T${name.slice(1)}` : name;
  const [context] = waited;
  const given = context?.kind === 'Ident' ? `\`${context.name}\`` : 'the given context';
  return {
    location: pass.at(file, node),
    message: derived
      ? `${subject} waits for ${given}, not for \`${better}\`, which the function cancels when it returns: until ${given} ends it stays.`
      : `${subject} is given a context that never ends, so nothing ends its loop, although \`${better}\` is available.`,
    advice: `Let the goroutine wait for \`${better}\`.`,
    related: [
      related(pass, loop, 'the loop that waits for it'),
      ...(derived ? [related(pass, derived.cancel, `\`${derived.context.name}\` is derived here`)] : []),
    ],
    causes: [pass.at(pkg.fileOf(loop), loop), ...(derived ? [pass.at(file, derived.cancel)] : [])],
    subject: pass.at(file, node),
  };
}

export function wrongContextFix(
  pkg: GoPackage,
  { waited, better, goroutine }: WrongContext,
): readonly SuggestedFix[] | FixRefusal {
  const { file } = goroutine.start;
  if (waited.some((one) => pkg.fileOf(one) !== file)) return refuse('the loop is in another file');
  const edits = waited.map((one) => ({ range: one.range, newText: better }));
  return [fixOf(file, `Wait for \`${better}\``, edits)];
}
