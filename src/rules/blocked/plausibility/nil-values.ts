/**
 * Paths on which a value is nil although its author knows that it is not: a method called on nil, a result that came
 * without an error, an argument that was used before. Go has no types for this, but everybody writes so.
 */
import type { Leak, TraceStep } from '../../../concurrency/leak.ts';
import { isEndlessContext } from '../../../concurrency/open/stops.ts';
import type { AssignStmt, CallExpr, FuncDecl, Ident, Node } from '../../../go/ast.ts';
import type { GoPackage } from '../../../go/package.ts';
import { isTestFile } from '../../../go/test-code.ts';
import { walk } from '../../../go/walk.ts';
import { contains } from '../../../text/offset.ts';
import { nodesAround, sourceSite } from '../operation.ts';
import type { Story } from '../story.ts';
import { arrivals, assignmentsOf, assigns } from './arrivals.ts';
import type { Assumption } from './assumption.ts';
import { unsetPlace } from './unset.ts';

/** A condition that found a variable to be nil. */
interface NilCheck {
  readonly value: Ident;
  readonly decl: FuncDecl;
  readonly step: TraceStep;
}

/** The value that a path takes to be nil, or an error that it takes to come. */
export function nilValue(pkg: GoPackage, { leak }: Story): Assumption | undefined {
  for (const step of leak.trace) {
    const unset = unsetPlace(pkg, leak, step);
    if (unset) return unset;
    const check = nilCheckOf(step);
    const needed = isNeededError(pkg, step);
    const known =
      check !== undefined &&
      (isReceiver(check) ||
        isArranged(pkg, leak, check) ||
        cameWithError(pkg, check) ||
        isPassedOn(pkg, leak, check) ||
        isUsedArgument(pkg, check));
    if (!needed && !known) continue;
    const place = sourceSite(step.site, step.callers);
    const text = check ? `\`${check.value.name}\` is nil` : 'a call fails whose error is not checked';
    return { kind: 'nil-value', text, ...(place ? { place } : {}) };
  }
  return undefined;
}

/** A comparison with nil that decided a branch, and whether it found nil. */
function comparisonOf({
  site,
  what,
}: TraceStep): { readonly decl: FuncDecl; readonly value: Ident; readonly isNil: boolean } | undefined {
  if (what.kind !== 'branch' || !site.file) return undefined;
  const path = nodesAround(site.file, site.range);
  const [decl] = path;
  const asked = path.findLast((node) => node.kind === 'BinaryExpr');
  if (decl?.kind !== 'FuncDecl' || asked?.kind !== 'BinaryExpr' || asked.x.kind !== 'Ident') return undefined;
  if (asked.y.kind !== 'Ident' || asked.y.name !== 'nil' || (asked.op !== '==' && asked.op !== '!=')) return undefined;
  return { decl, value: asked.x, isNil: (asked.op === '==') === what.taken };
}

function nilCheckOf(step: TraceStep): NilCheck | undefined {
  const found = comparisonOf(step);
  return found?.isNil === true ? { value: found.value, decl: found.decl, step } : undefined;
}

/**
 * `_ = f(context.Background())`: who writes so knows that nothing ends the context, and that `f` fails only when it ends;
 * here a call that was given this context failed.
 */
function isNeededError(pkg: GoPackage, step: TraceStep): boolean {
  const found = comparisonOf(step);
  const [caller] = step.callers;
  if (!found || found.isNil || !caller?.file) return false;
  const path = nodesAround(caller.file, caller.range);
  const dropped = path.findLast((node) => node.kind === 'AssignStmt');
  const call = path.findLast((node): node is CallExpr => node.kind === 'CallExpr');
  if (dropped?.kind !== 'AssignStmt' || dropped.lhs.length !== 1 || !assigns(dropped, '_') || dropped.rhs[0] !== call)
    return false;
  const endless = new Set(paramsOf(found.decl).filter((_, at) => isEndlessContext(pkg, call?.args[at])));
  const failed = lastAssignment(pkg, found.decl, found.value)?.rhs[0];
  return failed?.kind === 'CallExpr' && failed.args.some((arg) => arg.kind === 'Ident' && endless.has(arg.name));
}

/** A method that is called on nil says so itself: nobody relies on an answer then. */
function isReceiver({ value, decl }: NilCheck): boolean {
  return decl.recv?.names[0]?.name === value.name;
}

/** A test arranges what is fetched: what its code gets without an error is what the test gave. */
function isArranged(pkg: GoPackage, { entry }: Leak, { value, decl }: NilCheck): boolean {
  return entry.site.file !== undefined && isTestFile(entry.site.file.path) && arrivals(pkg, decl, value).length > 0;
}

/**
 * `value, err = f()` on some ways only: a value that comes without an error is there, and the check asks whether it came
 * at all. A check behind an assignment on every way asks whether `f` found something.
 */
function cameWithError(pkg: GoPackage, { value, decl }: NilCheck): boolean {
  const came = arrivals(pkg, decl, value);
  return came.length > 0 && !came.some((one) => isOnEveryWay(pkg, one, value));
}

/**
 * The value is the result of a function that says `return nil` where it has none; here it returned what a call had given it
 * without an error.
 */
function isPassedOn(pkg: GoPackage, { trace }: Leak, { value, decl, step }: NilCheck): boolean {
  const from = lastAssignment(pkg, decl, value);
  const [call] = from?.rhs ?? [];
  if (!from || call?.kind !== 'CallExpr') return false;
  const at = from.lhs.findIndex((target) => target.kind === 'Ident' && target.name === value.name);
  const left = trace.slice(0, trace.indexOf(step)).findLast(({ what, callers: [caller], process }) => {
    const isHere = process.id === step.process.id && caller?.file === step.site.file;
    return what.kind === 'return' && isHere && caller !== undefined && contains(call.range, caller.range);
  });
  const path = left?.site.file ? nodesAround(left.site.file, left.site.range) : [];
  const [callee] = path;
  const returned = path.findLast((node) => node.kind === 'ReturnStmt');
  const result = returned?.kind === 'ReturnStmt' ? returned.results[at] : undefined;
  return callee?.kind === 'FuncDecl' && result?.kind === 'Ident' && arrivals(pkg, callee, result).length > 0;
}

/** Whether a statement stands in one of the blocks around a later place. */
function isOnEveryWay(pkg: GoPackage, stmt: AssignStmt, later: Node): boolean {
  const parent = pkg.parentOf(stmt);
  return parent !== undefined && contains(parent.range, later.range);
}

function lastAssignment(pkg: GoPackage, decl: FuncDecl, use: Ident): AssignStmt | undefined {
  return assignmentsOf(pkg, decl, use).at(-1);
}

/** A parameter for which the caller gave what it had selected something from before. */
function isUsedArgument(pkg: GoPackage, { value, decl, step }: NilCheck): boolean {
  const at = paramsOf(decl).indexOf(value.name);
  const [caller] = step.callers;
  if (at < 0 || !caller?.file) return false;
  const path = nodesAround(caller.file, caller.range);
  const given = path.findLast((node): node is CallExpr => node.kind === 'CallExpr')?.args[at];
  const [around] = path;
  return given?.kind === 'Ident' && around?.kind === 'FuncDecl' && isSelectedFrom(pkg, around, given);
}

/** Whether something was selected from a variable since it got its value. */
function isSelectedFrom(pkg: GoPackage, around: FuncDecl, use: Ident): boolean {
  const binding = pkg.bindingOf(use);
  const since = lastAssignment(pkg, around, use)?.range.end ?? around.range.start;
  let found = false;
  walk(around, (node) => {
    if (node.range.start >= use.range.start) return false;
    found ||=
      node.kind === 'SelectorExpr' &&
      node.x.kind === 'Ident' &&
      node.range.start >= since &&
      pkg.bindingOf(node.x) === binding;
    return !found;
  });
  return found;
}

function paramsOf({ type }: FuncDecl): readonly string[] {
  return type.params.flatMap(({ names }) => names.map(({ name }) => name));
}
