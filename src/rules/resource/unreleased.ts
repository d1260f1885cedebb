/**
 * Local values that must be released and are not on some exit.
 *
 *  1. `x, release := make()` with a call of the table, in a function of the package; an assignment with `=` is not judged.
 *  2. The release is dropped (`_`), or a `return` is reached that no reference to it precedes. Like `go vet`, any
 *     reference at all counts as the release, also handing it on. A reference in one of several branches counts for
 *     what follows them.
 *     A release that is dropped for a child of a context derived here is that of the parent.
 *  3. Of a value with a release method, only calls of its methods and receives from its channel keep it in sight; any
 *     other use hands it on.
 */
import type { Pass, SharedKey } from '../../analysis/rule.ts';
import type { AssignStmt, CallExpr, Expr, FuncDecl, FuncLit, Ident, ReturnStmt } from '../../go/ast.ts';
import type { Binding, GoPackage } from '../../go/package.ts';
import { isTestFile } from '../../go/test-code.ts';
import { walk } from '../../go/walk.ts';
import { exitsOf, isEndless } from '../ownership/loop.ts';
import { missedExits } from '../ownership/missed-exit.ts';
import { walkOwn } from '../ownership/reach.ts';
import { isProcessEntry } from '../ownership/repetition.ts';
import { type ReleaseFact, releaseFacts } from './release-facts.ts';

export interface Unreleased {
  readonly fact: ReleaseFact;
  readonly call: CallExpr;
  /** `context.WithCancel`, as written at pkg.go.dev without the folders of the path. */
  readonly name: string;
  readonly assignment: AssignStmt;
  /** The variable that releases, `_` when dropped. */
  readonly target: Ident;
  readonly inside: FuncDecl | FuncLit;
  /** The exit that is reached without the release; absent when nothing ever releases. */
  readonly exit?: ReturnStmt;
}

/** All of them in a package, in file and source order. */
export const unreleasedKey: SharedKey<readonly Unreleased[]> = { name: 'unreleased values', compute: findAll };

function findAll(pass: Pass): readonly Unreleased[] {
  const found: Unreleased[] = [];
  for (const func of pass.pkg.funcDecls) {
    if (!pass.files.includes(func.file) || isTestFile(func.file.path) || !mayMake(func)) continue;
    const body = func.body;
    if (!body || isProcessEntry(pass.pkg, func)) continue;
    walk(body, (node) => {
      const one = node.kind === 'AssignStmt' ? judge(pass.pkg, node) : undefined;
      if (one) found.push(one);
    });
  }
  return found;
}

/** A cheap look at the text before anything is lowered. */
function mayMake(func: FuncDecl): boolean {
  const body = func.bodyRange ? func.file.text.slice(func.bodyRange.start, func.bodyRange.end) : '';
  return /\bcontext\.With|\bsignal\.NotifyContext|\biter\.Pull|\btime\.NewTicker/.test(body);
}

function judge(pkg: GoPackage, assignment: AssignStmt): Unreleased | undefined {
  const call = assignment.rhs.length === 1 ? assignment.rhs[0] : undefined;
  if (call?.kind !== 'CallExpr') return undefined;
  const callee = pkg.calleeOf(call);
  const path = callee.kind === 'external' ? `${callee.path}.${callee.name}` : '';
  const fact = releaseFacts.get(path);
  const target = fact && assignment.lhs[fact.result];
  const { func, inner } = pkg.enclosing(assignment);
  const inside = inner ?? func;
  if (!fact || target?.kind !== 'Ident' || !inside?.body) return undefined;
  const base = { fact, call, name: path.replace(/^.*\//, ''), assignment, target, inside };
  if (target.name === '_')
    return isKept(pkg, assignment, fact) && !hasReleasedParent(pkg, call, inside) ? base : undefined;
  if (assignment.tok !== ':=') return undefined;
  const binding = pkg.bindingOf(target);
  if (!binding || binding.ident !== target) return undefined;
  return fact.method === undefined ? judgeFunction(pkg, base, binding) : judgeMethod(pkg, base, binding, fact.method);
}

/** With the release dropped: the other result is used, and not a context that is only asked for something. */
function isKept(pkg: GoPackage, assignment: AssignStmt, fact: ReleaseFact): boolean {
  const other = assignment.lhs[fact.result === 0 ? 1 : 0];
  return other?.kind === 'Ident' && other.name !== '_' && pkg.bindingOf(other) !== undefined;
}

/** The parent is itself derived in this function, and judged there: when it ends, so does the child. */
function hasReleasedParent(pkg: GoPackage, call: CallExpr, inside: FuncDecl | FuncLit): boolean {
  const parent = call.args[0];
  if (parent?.kind !== 'Ident' || !inside.body) return false;
  let derived = false;
  walkOwn(inside.body, (node) => {
    if (derived || node.kind !== 'AssignStmt' || node.range.start >= call.range.start) return !derived;
    const value = node.rhs[0];
    const made = value?.kind === 'CallExpr' ? pkg.calleeOf(value) : undefined;
    const named = node.lhs.some((each) => each.kind === 'Ident' && each.name === parent.name);
    if (named && made?.kind === 'external' && releaseFacts.has(`${made.path}.${made.name}`)) derived = true;
    return !derived;
  });
  return derived;
}

function judgeFunction(pkg: GoPackage, base: Unreleased, binding: Binding): Unreleased | undefined {
  const exits = missedExits(pkg, { ...base, after: base.assignment }, pkg.usesOf(binding));
  const exit = exits.find((one) => !isEndOfIterator(pkg, base, one));
  return exit && { ...base, exit };
}

/** A ticker that is never stopped, in a function that can end. */
function judgeMethod(pkg: GoPackage, base: Unreleased, binding: Binding, method: string): Unreleased | undefined {
  const uses = pkg.usesOf(binding);
  for (const use of uses) {
    const parent = pkg.parentOf(use);
    if (parent?.kind !== 'SelectorExpr' || parent.x !== use || parent.sel.name === method) return undefined;
    if (isHandedOn(pkg, parent)) return undefined;
  }
  return neverEnds(pkg, base.inside) ? undefined : base;
}

/** `t.C` as an argument, a value or a result: somebody else may go on using it. */
function isHandedOn(pkg: GoPackage, selector: Expr): boolean {
  const parent = pkg.parentOf(selector);
  if (parent?.kind === 'UnaryExpr') return parent.op !== '<-';
  if (parent?.kind === 'RangeStmt') return parent.x !== selector;
  return parent?.kind !== 'CallExpr' || parent.fun !== selector;
}

function neverEnds(pkg: GoPackage, inside: FuncDecl | FuncLit): boolean {
  const last = inside.body?.list.at(-1);
  if (last?.kind === 'ForStmt') return isEndless(pkg, last) && exitsOf(pkg, last).length === 0;
  return last?.kind === 'RangeStmt' && exitsOf(pkg, last).length === 0;
}

/** `if !ok { return }`: the iterator is drained, and then there is nothing to stop. */
function isEndOfIterator(pkg: GoPackage, { fact }: Unreleased, exit: ReturnStmt): boolean {
  if (fact.rule !== 'unstopped-iterator') return false;
  for (let at = pkg.parentOf(exit); at; at = pkg.parentOf(at)) {
    if (at.kind === 'IfStmt' && at.cond.kind === 'UnaryExpr' && at.cond.op === '!') return true;
    if (at.kind === 'FuncLit' || at.kind === 'FuncDecl') return false;
  }
  return false;
}
