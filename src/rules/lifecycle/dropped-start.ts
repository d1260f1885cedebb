/**
 * A local value that runs a goroutine, in a function that returns an error without ending it.
 *
 *  1. The function starts a method in a goroutine, or calls a constructor or a method of the package that always starts
 *     one. The goroutine has a loop that only a method of the type ends.
 *  2. An error is returned before anybody else has got the value, and the method was not called; or the value is given
 *     to a function that returns an error before it has kept it.
 *  3. Programs are left out: when their functions return an error, the process ends.
 */
import type { Pass } from '../../analysis/rule.ts';
import type { AssignStmt, CallExpr, Expr, FuncDecl, Ident, Node, ReturnStmt } from '../../go/ast.ts';
import type { Binding, GoPackage, TypeInfo } from '../../go/package.ts';
import { errorReturns, returnsOf } from '../ownership/error-returns.ts';
import { droppingExits, type Held } from '../ownership/handing.ts';
import { implementationsOf } from '../ownership/implementations.ts';
import type { Loop } from '../ownership/loop.ts';
import { type Goroutine, goroutinesKey } from '../ownership/owner.ts';
import { isInside } from '../ownership/precedence.ts';
import { type Running, receiverType, runningOf, startingOf } from '../ownership/running.ts';
import { inReviewedFile } from './wording.ts';

export interface DroppedStart {
  readonly kind: 'dropped';
  /** The `go` statement, or the call of the constructor. */
  readonly started: Node;
  readonly value: Binding;
  readonly type: TypeInfo;
  readonly stop: FuncDecl;
  readonly goroutine: Goroutine;
  readonly loop: Loop;
  readonly exit: ReturnStmt;
  /** This one and all later ones of the function. */
  readonly exits: readonly ReturnStmt[];
  /** In the function that was given the value: the return before it has kept it. */
  readonly within?: ReturnStmt;
}

export function droppedStarts(pass: Pass): readonly DroppedStart[] {
  if (pass.pkg.name === 'main') return [];
  return [...startedHere(pass), ...startedByConstructors(pass), ...startedByMethods(pass)];
}

/** `go v.run()` of a local `v`. */
function startedHere(pass: Pass): readonly DroppedStart[] {
  const { pkg } = pass;
  return pass.shared(goroutinesKey).flatMap((goroutine): readonly DroppedStart[] => {
    const { start } = goroutine;
    if (start.kind !== 'go' || !inReviewedFile(pass, start.file) || start.inner || !start.func) return [];
    const root = rootOf(start.call.fun);
    const value = root && pkg.bindingOf(root);
    const type = start.callee.kind === 'method' ? receiverType(pkg, start.callee.decl) : undefined;
    const running = type && runningOf(pkg, type, goroutine);
    if (!running || value?.kind !== 'var' || value.global || value.func !== start.func) return [];
    return judge(pkg, running, { value, started: start.node, inside: start.func, after: start.node });
  });
}

/** `v, err := NewThing()`, where NewThing starts a goroutine in any case. */
function startedByConstructors(pass: Pass): readonly DroppedStart[] {
  const { pkg } = pass;
  return [...startingOf(pkg).constructors].flatMap(([maker, running]) =>
    pkg.callersOf(maker).flatMap((call): readonly DroppedStart[] => {
      const assignment = pkg.parentOf(call);
      const { func, inner } = pkg.enclosing(call);
      if (assignment?.kind !== 'AssignStmt' || assignment.tok !== ':=' || !func || inner) return [];
      if (!inReviewedFile(pass, func.file) || assignment.rhs.length !== 1) return [];
      const [target] = assignment.lhs;
      const value = target?.kind === 'Ident' ? pkg.bindingOf(target) : undefined;
      if (!value || value.ident !== target) return [];
      return judge(pkg, running, { value, started: call, inside: func, after: assignment });
    }),
  );
}

/** `v.start()` or `v.worker.start()` of a local `v` that is new here, where the method starts a goroutine in any case. */
function startedByMethods(pass: Pass): readonly DroppedStart[] {
  const { pkg } = pass;
  return [...startingOf(pkg).methods].flatMap(([method, running]) =>
    callsByName(pkg, method).flatMap((call): readonly DroppedStart[] => {
      const statement = pkg.parentOf(call);
      const { func, inner } = pkg.enclosing(call);
      const root = rootOf(call.fun);
      const value = root && pkg.bindingOf(root);
      if (statement?.kind !== 'ExprStmt' || !func || inner || !inReviewedFile(pass, func.file)) return [];
      if (value?.kind !== 'var' || value.func !== func || !isNew(pkg, value)) return [];
      return judge(pkg, running, { value, started: call, inside: func, after: statement });
    }),
  );
}

/** Calls of a method, also through an interface of which the package has no other implementation. */
function callsByName(pkg: GoPackage, method: FuncDecl): readonly CallExpr[] {
  const { name } = method.name;
  const dynamic = pkg.selectorsNamed(name, new RegExp(`\\.${name}\\(`)).flatMap((selector) => {
    const call = pkg.parentOf(selector);
    if (call?.kind !== 'CallExpr' || call.fun !== selector || pkg.calleeOf(call).kind !== 'dynamic') return [];
    const [only, ...others] = implementationsOf(pkg, call);
    return only === method && others.length === 0 ? [call] : [];
  });
  return [...pkg.callersOf(method), ...dynamic];
}

/** Made here: by a literal, or by a function of the package. */
function isNew(pkg: GoPackage, { decl, ident }: Binding): boolean {
  if (decl?.kind !== 'AssignStmt' || decl.tok !== ':=' || !ident) return false;
  const value = decl.rhs[decl.rhs.length === decl.lhs.length ? decl.lhs.indexOf(ident) : 0];
  const made = value?.kind === 'UnaryExpr' && value.op === '&' ? value.x : value;
  if (made?.kind === 'CompositeLit') return true;
  const callee = made?.kind === 'CallExpr' ? pkg.calleeOf(made) : undefined;
  return callee?.kind === 'func' || (callee?.kind === 'builtin' && callee.name === 'new');
}

interface Place {
  readonly value: Binding;
  readonly started: Node;
  readonly inside: FuncDecl;
  /** The statement after which the goroutine runs. */
  readonly after: Node;
}

function judge(pkg: GoPackage, running: Running, { value, started, inside, after }: Place): readonly DroppedStart[] {
  const { type, signals, stop, goroutine, loop } = running;
  const base = { kind: 'dropped', started, value, type, stop, goroutine, loop } as const;
  const held: Held = { binding: value, type, signals, inside, from: after.range.end };
  const exits = errorReturns(pkg, inside).filter((exit) => !isFailureOf(pkg, after, exit));
  const handed = returnsOf(pkg, inside).flatMap((exit): readonly DroppedStart[] => {
    const within = droppedWithin(pkg, held, exit);
    return within ? [{ ...base, exit, exits: [exit], within }] : [];
  });
  const [exit, ...others] = droppingExits(pkg, held, exits);
  return exit ? [{ ...base, exit, exits: [exit, ...others] }] : handed.slice(0, 1);
}

/** `return f(v)`, where `f` returns an error before it has kept its parameter. */
function droppedWithin(pkg: GoPackage, held: Held, exit: ReturnStmt): ReturnStmt | undefined {
  const [call] = exit.results;
  if (call?.kind !== 'CallExpr' || exit.range.start < held.from) return undefined;
  const at = call.args.findIndex((arg) => arg.kind === 'Ident' && pkg.bindingOf(arg) === held.binding);
  const callee = pkg.calleeOf(call);
  if (at < 0 || callee.kind !== 'func' || droppingExits(pkg, { ...held, from: 0 }, [exitWithoutUse(exit)]).length === 0)
    return undefined;
  const param = callee.decl.type.params.flatMap(({ names }) => names)[at];
  const binding = param && pkg.bindingOf(param);
  return (
    binding && droppingExits(pkg, { ...held, binding, inside: callee.decl, from: 0 }, errorReturns(pkg, callee.decl))[0]
  );
}

/** The place right before a return, so that what stands in it does not count. */
function exitWithoutUse(exit: ReturnStmt): ReturnStmt {
  return { ...exit, range: { start: exit.range.start, end: exit.range.start } };
}

/** `if err != nil { return err }` right after the constructor: then there is no value. */
function isFailureOf(pkg: GoPackage, made: Node, exit: ReturnStmt): boolean {
  const block = pkg.parentOf(made);
  if (made.kind !== 'AssignStmt' || block?.kind !== 'BlockStmt') return false;
  const next = block.list[block.list.indexOf(made satisfies AssignStmt) + 1];
  return next?.kind === 'IfStmt' && next.init === undefined && isInside(exit, next) && made.lhs.length > 1;
}

/** `v` of `v.a.run`. */
function rootOf(expr: Expr): Ident | undefined {
  let x = expr;
  while (x.kind === 'SelectorExpr') x = x.x;
  return x.kind === 'Ident' && x !== expr ? x : undefined;
}
