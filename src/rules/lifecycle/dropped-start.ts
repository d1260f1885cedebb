/**
 * A local value that runs a goroutine, in a function that returns without ending it.
 *
 *  1. The function starts a method in a goroutine, or calls a constructor or a method that always starts one, in this
 *     package or in another one of the repository. The goroutine has a loop that only a method of the type ends.
 *  2. The value is a resource like any other (`resource/paths.ts`): a return is reached with it, before anybody else has
 *     got it and without a call of what ends it. A value that stands in a field of another new value goes with that one.
 *     Returns of an error count; others only where the function ends the goroutine on another way.
 *  3. Or the value is given to a function that returns an error before it has kept it.
 *  4. Programs are left out: when their functions return, the process ends.
 */
import type { Pass } from '../../analysis/rule.ts';
import { isGivenCommand } from '../../concurrency/open/commands.ts';
import type { FuncDecl, Node, ReturnStmt } from '../../go/ast.ts';
import type { Binding, GoPackage, TypeInfo } from '../../go/package.ts';
import { errorReturns, returnsOf } from '../ownership/error-returns.ts';
import { decides, droppingExits, type Held } from '../ownership/handing.ts';
import type { Loop } from '../ownership/loop.ts';
import type { Goroutine } from '../ownership/owner.ts';
import { walkOwn } from '../ownership/reach.ts';
import { isProcessEntry } from '../ownership/repetition.ts';
import { isReleasedSomewhere } from '../resource/conditions.ts';
import { heldExits } from '../resource/paths.ts';
import { type StartedValue, startedValues } from './started-values.ts';

export interface DroppedStart {
  readonly kind: 'dropped';
  /** The `go` statement, or the call of the constructor. */
  readonly started: Node;
  /** How the function writes the value that has the stop method: `s.dispatch`. */
  readonly value: string;
  readonly type: TypeInfo;
  readonly stop: FuncDecl;
  /** The package of the type. */
  readonly home: GoPackage;
  readonly goroutine: Goroutine;
  readonly loop: Loop;
  readonly exit: ReturnStmt;
  /** The exit tells of an error. */
  readonly fails: boolean;
  /** This one and all later ones of the function. */
  readonly exits: readonly ReturnStmt[];
  /** In the function that was given the value: the return before it has kept it. */
  readonly within?: ReturnStmt;
}

export function droppedStarts(pass: Pass): readonly DroppedStart[] {
  const { pkg } = pass;
  if (pkg.name === 'main') return [];
  return startedValues(pass).flatMap((started): readonly DroppedStart[] => {
    const { inside } = started;
    if (isProcessEntry(pkg, inside) || isGivenCommand(pkg, inside)) return [];
    return judge(pkg, started);
  });
}

function judge(pkg: GoPackage, started: StartedValue): readonly DroppedStart[] {
  const { running, home, acquisition, inside, written } = started;
  const { type, stop, goroutine, loop } = running;
  const at = acquisition.statement.kind === 'GoStmt' ? acquisition.statement : acquisition.call;
  const base = { kind: 'dropped', started: at, value: written, type, stop, home, goroutine, loop } as const;
  const failures = new Set(errorReturns(pkg, inside));
  const [exit, ...others] = droppedAt(pkg, started, failures);
  if (exit) return [{ ...base, exit, fails: failures.has(exit), exits: [exit, ...others] }];
  const [handed] = returnsOf(pkg, inside).flatMap((each): readonly DroppedStart[] => {
    const within = droppedWithin(pkg, started, each);
    return within ? [{ ...base, exit: each, fails: true, exits: [each], within }] : [];
  });
  return handed ? [handed] : [];
}

function droppedAt(
  pkg: GoPackage,
  { acquisition, inside }: StartedValue,
  failures: ReadonlySet<ReturnStmt>,
): readonly ReturnStmt[] {
  const uses = pkg.usesOf(acquisition.binding);
  const exits = heldExits(pkg, acquisition).flatMap(({ node }) => (node.kind === 'ReturnStmt' ? [node] : []));
  const asked = exits.filter((exit) => !uses.some((use) => decides(pkg, use, exit)));
  const failing = asked.filter((exit) => failures.has(exit));
  if (failing.length > 0 || !isReleasedSomewhere(pkg, acquisition) || defersLiteral(inside)) return failing;
  return asked;
}

/** A deferred literal may do what no path of the function shows. */
function defersLiteral({ body }: FuncDecl): boolean {
  let defers = false;
  if (body)
    walkOwn(body, (node) => {
      defers ||= node.kind === 'DeferStmt' && node.call.kind === 'CallExpr' && node.call.fun.kind === 'FuncLit';
      return !defers;
    });
  return defers;
}

/** `return f(v)`, where `f` returns an error before it has kept its parameter. */
function droppedWithin(pkg: GoPackage, started: StartedValue, exit: ReturnStmt): ReturnStmt | undefined {
  const { running, acquisition, inside, isWhole } = started;
  const { type, signals } = running;
  const [call] = exit.results;
  const from = acquisition.statement.range.end;
  if (call?.kind !== 'CallExpr' || exit.range.start < from || !isWhole) return undefined;
  const held: Held = { binding: acquisition.binding, type, signals, inside, from };
  const at = call.args.findIndex((arg) => arg.kind === 'Ident' && pkg.bindingOf(arg) === held.binding);
  const callee = pkg.calleeOf(call);
  if (at < 0 || callee.kind !== 'func' || callee.home || !isDroppedBefore(pkg, held, exit)) return undefined;
  const param = callee.decl.type.params.flatMap(({ names }) => names)[at];
  const binding: Binding | undefined = param && pkg.bindingOf(param);
  return (
    binding && droppingExits(pkg, { ...held, binding, inside: callee.decl, from: 0 }, errorReturns(pkg, callee.decl))[0]
  );
}

/** Nobody has the value right before a return; what stands in the return does not count. */
function isDroppedBefore(pkg: GoPackage, held: Held, exit: ReturnStmt): boolean {
  const before: ReturnStmt = { ...exit, range: { start: exit.range.start, end: exit.range.start } };
  return droppingExits(pkg, { ...held, from: 0 }, [before]).length > 0;
}
