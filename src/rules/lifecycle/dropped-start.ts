/**
 * A local value that runs a goroutine, in a function that returns an error without ending it.
 *
 *  1. The function starts a method in a goroutine, or calls a constructor of the package that always starts one. The
 *     goroutine has a loop that only a method of the type ends.
 *  2. An error is returned before anybody else has got the value, and the method was not called; or the value is given
 *     to a function that returns an error before it has kept it.
 *  3. Programs are left out: when their functions return an error, the process ends.
 */
import type { Report } from '../../analysis/diagnostic.ts';
import type { Pass } from '../../analysis/rule.ts';
import { constructorsOf } from '../../concurrency/contracts/maker.ts';
import type { AssignStmt, Expr, FuncDecl, Ident, Node, ReturnStmt } from '../../go/ast.ts';
import type { Binding, GoPackage, TypeInfo } from '../../go/package.ts';
import { errorReturns, returnsOf } from '../ownership/error-returns.ts';
import { droppingExits, type Held } from '../ownership/handing.ts';
import type { Loop } from '../ownership/loop.ts';
import { type Goroutine, goroutinesKey } from '../ownership/owner.ts';
import { isInside } from '../ownership/precedence.ts';
import { workOf } from '../ownership/reach.ts';
import { stopMethods } from '../ownership/stop-method.ts';
import { loopUntil, type Signals, signalsOf } from '../ownership/stopped-by.ts';
import { textOf } from '../ownership/waiting.ts';
import { inReviewedFile, oneLine, related } from './wording.ts';

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

/** What runs in a goroutine until a method of its type ends it. */
interface Running {
  readonly type: TypeInfo;
  readonly stop: FuncDecl;
  readonly signals: Signals;
  readonly goroutine: Goroutine;
  readonly loop: Loop;
}

export function droppedStarts(pass: Pass): readonly DroppedStart[] {
  if (pass.pkg.name === 'main') return [];
  return [...startedHere(pass), ...startedByConstructors(pass)];
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
  return [...runningByConstructor(pass)].flatMap(([maker, running]) =>
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

function runningByConstructor(pass: Pass): ReadonlyMap<FuncDecl, Running> {
  const { pkg } = pass;
  const found = new Map<FuncDecl, Running>();
  const goroutines = pass
    .shared(goroutinesKey)
    .filter(({ start }) => start.kind === 'go' && start.func && !start.inner);
  if (goroutines.length === 0) return found;
  for (const type of pkg.types.values()) {
    if (stopMethods(type).length === 0) continue;
    for (const maker of constructorsOf(pkg, type)) {
      if (takesContext(pkg, maker)) continue;
      const running = goroutines
        .filter(({ start }) => startsAlways(pkg, maker, start.func, start.node))
        .flatMap((goroutine) => runningOf(pkg, type, goroutine) ?? []);
      if (running[0]) found.set(maker, running[0]);
    }
  }
  return found;
}

/** The goroutine's loop that only a stop method of the type ends. */
function runningOf(pkg: GoPackage, type: TypeInfo, goroutine: Goroutine): Running | undefined {
  const work = workOf(pkg, goroutine.start);
  if (!work) return undefined;
  for (const stop of stopMethods(type)) {
    const found = loopUntil(pkg, work, signalsOf(pkg, stop));
    if (found) return { ...found, type, stop, goroutine };
  }
  return undefined;
}

/** The start is a statement of the constructor, or of a function that is called by one. */
function startsAlways(pkg: GoPackage, maker: FuncDecl, starter: FuncDecl | undefined, node: Node): boolean {
  if (!starter || !isStatementOf(pkg, node, starter)) return false;
  if (starter === maker) return true;
  return pkg.callersOf(starter).some((call) => {
    const stmt = pkg.parentOf(call);
    return stmt !== undefined && isStatementOf(pkg, stmt, maker);
  });
}

function isStatementOf(pkg: GoPackage, node: Node, func: FuncDecl): boolean {
  return func.body !== undefined && pkg.parentOf(node) === func.body;
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

function takesContext(pkg: GoPackage, { type }: FuncDecl): boolean {
  return type.params.some((param) => {
    const of = pkg.typeOfTypeExpr(param.type);
    return of.kind === 'named' && of.name === 'Context';
  });
}

function receiverType(pkg: GoPackage, { recv }: FuncDecl): TypeInfo | undefined {
  return recv && pkg.typeInfoOf(pkg.typeOfTypeExpr(recv.type));
}

/** `v` of `v.a.run`. */
function rootOf(expr: Expr): Ident | undefined {
  let x = expr;
  while (x.kind === 'SelectorExpr') x = x.x;
  return x.kind === 'Ident' && x !== expr ? x : undefined;
}

export function describeDropped(finding: DroppedStart, pass: Pass): Report {
  const { started, value, type, stop, loop, exit, within, goroutine } = finding;
  const { pkg } = pass;
  const name = `\`${stop.name.name}\``;
  const location = pass.at(pkg.fileOf(started), started);
  return {
    location,
    message: `The goroutine of \`${value.name}\` stays when ${failure(pkg, finding)}: nobody calls ${name} of \`${type.name}\`, which alone ends it.`,
    advice: `Call ${name} before the error is returned.`,
    related: [
      ...(within ? [related(pass, within, 'this return leaves it to nobody')] : []),
      related(pass, exit, within ? 'and nobody gets it here' : 'this return leaves it to nobody'),
      related(pass, goroutine.start.node, 'the goroutine starts here'),
      related(pass, loop, `the loop that only ${name} ends`),
    ],
    causes: [pass.at(pkg.fileOf(exit), exit), ...(within ? [pass.at(pkg.fileOf(within), within)] : [])],
  };
}

function failure(pkg: GoPackage, { exit, within }: DroppedStart): string {
  const [call] = exit.results;
  if (within && call?.kind === 'CallExpr') return `\`${oneLine(textOf(pkg, call.fun))}\` fails`;
  return `line ${pkg.fileOf(exit).lines.lineAt(exit.range.start)} returns an error`;
}
