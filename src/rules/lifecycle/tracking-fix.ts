/** Repairs that give a goroutine an owner, in the names of the type that starts it. */
import { fixOfFiles, linesOf, refuse, replaceNode } from '../../analysis/code-edits.ts';
import type { FixRefusal, SuggestedFix } from '../../analysis/diagnostic.ts';
import type { CallExpr, Expr, File } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import type { TextEdit } from '../../text/text-edit.ts';
import type { Hold } from '../ownership/hold.ts';
import type { Goroutine } from '../ownership/owner.ts';
import { textOf } from '../ownership/waiting.ts';
import { atLeast, contextAt, receiverOf, spawnHelperOf, waitGroupOf } from './equipment.ts';

/**
 * Tracks the goroutine, and lets its send give up when the context ends where there is one at hand. Candidates: the
 * type's own spawn helper, `wg.Go` from Go 1.25, `Add` and a deferred `Done`.
 */
export function trackingFix(pkg: GoPackage, goroutine: Goroutine, hold: Hold): readonly SuggestedFix[] | FixRefusal {
  const { start } = goroutine;
  if (hold.kind === 'first-loop') return refuse('the loop would have to move out of the `Do`');
  const tracking = trackingEdits(pkg, goroutine);
  if (!tracking) return refuse('the type has no WaitGroup that one of its methods waits on');
  const escaping = hold.kind === 'network' || hold.kind === 'client-write' ? undefined : sendEscape(pkg, hold);
  return tracking.map(({ by, edit }) => {
    const own: readonly [File, TextEdit] = [start.file, edit];
    if (!escaping) return fixOfFiles(`Track the goroutine with \`${by}\``, [own]);
    return fixOfFiles(`Track the goroutine with \`${by}\` and give up the send when \`${escaping.context}\` ends`, [
      own,
      escaping.part,
    ]);
  });
}

interface Tracking {
  readonly by: string;
  readonly edit: TextEdit;
}

/** Ways to track a `go` statement, best first; undefined when the type offers none. */
export function trackingEdits(pkg: GoPackage, goroutine: Goroutine): readonly Tracking[] | undefined {
  const { start } = goroutine;
  const receiver = receiverOf(pkg, start.func);
  if (!receiver || start.node.kind !== 'GoStmt') return undefined;
  const bound = bindArguments(pkg, goroutine);
  const helper = spawnHelperOf(pkg, receiver);
  const found: Tracking[] = [];
  const body = bodyLines(start.file, bound);
  const through = (by: string, open: string): Tracking => {
    const lines = ownLiteral(start) ?? methodValue(pkg, goroutine) ?? literal(body);
    return { by, edit: replaceNode(start.file, start.node, [...bound.before, ...between(open, lines, ')')]) };
  };
  if (helper) found.push(through(helper, `${helper}(`));
  const group = waitGroupOf(receiver);
  if (group && atLeast(pkg, 25)) found.push(through(group, `${group}.Go(`));
  if (group) found.push({ by: group, edit: addAndDone(start, bound, body, group) });
  return found.length > 0 ? found : undefined;
}

interface Bound {
  readonly call: CallExpr;
  readonly text: string;
  /** Statements before the start that evaluate arguments as `go` would. */
  readonly before: readonly string[];
}

/**
 * Arguments of `go f(x)` are evaluated at once, those of a call inside a literal later. Variables that the loop binds
 * anew (from Go 1.22) and names are safe to capture; below Go 1.22 loop variables are bound again first.
 */
function bindArguments(pkg: GoPackage, goroutine: Goroutine): Bound {
  const { call, file } = goroutine.start;
  const before: string[] = [];
  if (!atLeast(pkg, 22)) {
    for (const arg of call.args)
      if (arg.kind === 'Ident' && isLoopVariable(pkg, arg)) before.push(`${arg.name} := ${arg.name}`);
  }
  return { call, text: file.text.slice(call.range.start, call.range.end), before };
}

function isLoopVariable(pkg: GoPackage, arg: Expr): boolean {
  const binding = arg.kind === 'Ident' ? pkg.bindingOf(arg) : undefined;
  const decl = binding?.decl;
  if (decl?.kind === 'RangeStmt') return true;
  return decl?.kind === 'AssignStmt' && pkg.parentOf(decl)?.kind === 'ForStmt';
}

/** The statements of the new literal, one tab deep; a literal without arguments keeps its body. */
function bodyLines(file: File, { call, text }: Bound): readonly string[] {
  if (call.fun.kind === 'FuncLit' && call.args.length === 0) return linesOf(file, call.fun).slice(1, -1);
  return text.split('\n').length > 1 ? linesOf(file, call, 1) : [`\t${text}`];
}

/** `s.loop` for `go s.loop()` of a method or function without results: it is a `func()` as it stands. */
function methodValue(pkg: GoPackage, { start }: Goroutine): readonly string[] | undefined {
  const { call, callee } = start;
  const plain = (callee.kind === 'func' || callee.kind === 'method') && callee.decl.type.results.length === 0;
  return plain && call.args.length === 0 ? [textOf(pkg, call.fun)] : undefined;
}

/** A literal that is started without arguments, as it stands. */
function ownLiteral({ call, file }: Goroutine['start']): readonly string[] | undefined {
  return call.fun.kind === 'FuncLit' && call.args.length === 0 ? linesOf(file, call.fun) : undefined;
}

function literal(body: readonly string[]): readonly string[] {
  const only = body.length === 1 ? body[0] : undefined;
  if (only !== undefined && !only.includes('//')) return [`func() { ${only.trim()} }`];
  return ['func() {', ...body, '}'];
}

function between(open: string, lines: readonly string[], close: string): readonly string[] {
  return lines.map((line, at) => `${at === 0 ? open : ''}${line}${at === lines.length - 1 ? close : ''}`);
}

function addAndDone(start: Goroutine['start'], bound: Bound, body: readonly string[], group: string): TextEdit {
  const own = ownLiteral(start);
  const done = `\tdefer ${group}.Done()`;
  const inner =
    own && own.length > 1 ? [`go ${own[0] ?? ''}`, done, ...own.slice(1, -1)] : ['go func() {', done, ...body];
  return replaceNode(start.file, start.node, [...bound.before, `${group}.Add(1)`, ...inner, '}()']);
}

interface Escape {
  readonly context: string;
  readonly part: readonly [File, TextEdit];
}

/** The send as a select that also waits for the context at hand. */
function sendEscape(
  pkg: GoPackage,
  hold: Exclude<Hold, { kind: 'network' | 'first-loop' | 'client-write' }>,
): Escape | undefined {
  const { func, inner } = pkg.enclosing(hold.node);
  const context = contextAt(pkg, func, inner);
  const file = pkg.fileOf(hold.node);
  if (!context) return undefined;
  const lines = ['select {', `case ${textOf(pkg, hold.node)}:`, `case <-${context}.Done():`, '}'];
  return { context, part: [file, replaceNode(file, hold.node, lines)] };
}
