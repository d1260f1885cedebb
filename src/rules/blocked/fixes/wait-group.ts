/**
 * Repairs of a WaitGroup: `defer wg.Done()` first thing in the goroutine, `Wait` behind the loop, `Add(1)` before the `go`
 * statement, a pointer instead of a copy. `wg.Go` is none: where it could stand, nothing is wrong.
 */
import { fixOf, fixOfFiles, insertAfter, insertBefore, refuse, removeLines } from '../../../analysis/code-edits.ts';
import type { FixRefusal, SuggestedFix } from '../../../analysis/diagnostic.ts';
import type { Pass } from '../../../analysis/rule.ts';
import type { BlockStmt, CallExpr, Expr, Field, File, FuncDecl, FuncLit, Node } from '../../../go/ast.ts';
import type { GoPackage, GoroutineStart } from '../../../go/package.ts';
import { walk } from '../../../go/walk.ts';
import { contains, range } from '../../../text/offset.ts';
import type { TextEdit } from '../../../text/text-edit.ts';
import { sourceText } from '../operation.ts';
import type { Story } from '../story.ts';
import {
  type ChannelHolder,
  functionAround,
  holderOf,
  lineOf,
  loopAround,
  meansTheSameAt,
  names,
  statementAround,
} from './scope.ts';

export function waitGroupFixes(story: Story, { pkg }: Pass): readonly SuggestedFix[] | FixRefusal {
  const { root, operation } = story;
  if (root.kind !== 'wait') return refuse('only the author can decide which `Done` is one too many');
  const group = operation.target && groupOf(pkg, operation.target);
  if (!group) return refuse('the WaitGroup has no name of its own');
  const counted = countedStarts(pkg, group);
  const moved = waitAfterLoop(pkg, story);
  const fixes = [
    ...moved,
    ...doneBeforeReturn(pkg, group, story),
    ...counted.flatMap((start) => deferDone(pkg, group, start)),
    ...(moved.length > 0 ? [] : addBeforeGo(pkg, group, counted)),
    ...byPointer(pkg, story),
  ];
  return fixes.length > 0
    ? fixes
    : refuse(
        'the goroutines that should call `Done` are not started right after their `Add`, so it is not clear which one lacks it',
      );
}

/** The `return` that leaves the counter raised lowers it again. */
function doneBeforeReturn(pkg: GoPackage, group: Group, { keeper }: Story): readonly SuggestedFix[] {
  const around = keeper && statementAround(keeper.file, keeper.range);
  const func = keeper && functionAround(keeper.file, keeper.range);
  const [raised] = func ? callsOn(pkg, group, func.body, 'Add') : [];
  const by = raised?.call.args[0];
  if (!keeper || around?.stmt.kind !== 'ReturnStmt' || !raised || !by || pkg.constantOf(by) !== 1) return [];
  if (!meansTheSameAt(pkg, keeper.file, raised.on, around.stmt.range.start)) return [];
  const done = `${sourceText(keeper.file, raised.on.range)}.Done()`;
  return [fixOf(keeper.file, `Call \`${done}\` before this return`, [insertBefore(keeper.file, around.stmt, [done])])];
}

/** `Wait` inside the loop that starts the goroutines moves behind it. */
function waitAfterLoop(pkg: GoPackage, { site, operation }: Story): readonly SuggestedFix[] {
  const loop = loopAround(site.file, site.range);
  const around = statementAround(site.file, site.range);
  if (!loop || around?.stmt.kind !== 'ExprStmt' || !operation.target) return [];
  if (!meansTheSameAt(pkg, site.file, operation.target, loop.range.end)) return [];
  return [
    fixOf(site.file, `Wait after the loop`, [
      removeLines(site.file, around.stmt),
      insertAfter(site.file, loop, [lineOf(site.file, around.stmt)]),
    ]),
  ];
}

/** A WaitGroup by the variable or field that holds it. */
type Group = ChannelHolder;

function groupOf(pkg: GoPackage, expr: Expr): Group | undefined {
  return holderOf(pkg, expr.kind === 'UnaryExpr' && expr.op === '&' ? expr.x : expr);
}

/** A goroutine whose code is seen, and how the group is called there. */
interface CountedStart {
  readonly start: GoroutineStart;
  /** The group where the goroutine is started, as source. */
  readonly outside: string;
  /** The group inside the goroutine, as source. */
  readonly name: string;
  readonly file: File;
  readonly body: BlockStmt;
}

/** Goroutines started by functions that raise the counter. */
function countedStarts(pkg: GoPackage, group: Group): readonly CountedStart[] {
  return pkg.goroutineStarts.flatMap((start) => {
    const func = functionAround(start.file, start.node.range);
    const raised = func && callsOn(pkg, group, func.body, 'Add')[0];
    const inside = start.kind === 'go' && raised ? insideOf(pkg, start, raised) : undefined;
    return inside ? [inside] : [];
  });
}

function insideOf(pkg: GoPackage, start: GoroutineStart, raised: GroupCall): CountedStart | undefined {
  const { callee, file } = start;
  const outside = sourceText(file, raised.on.range);
  if (callee.kind === 'lit') {
    const first = callee.lit.body.list[0];
    const visible = first && meansTheSameAt(pkg, file, raised.on, first.range.start);
    return visible ? { start, outside, name: outside, file, body: callee.lit.body } : undefined;
  }
  // `s.wg` is `r.wg` in a method that `s` starts.
  if (callee.kind !== 'method' || raised.on.kind !== 'SelectorExpr') return undefined;
  const receiver = callee.decl.recv?.names[0]?.name;
  if (receiver === undefined || receiver === '_' || !callee.decl.body || pkg.callersOf(callee.decl).length > 1)
    return undefined;
  if (sourceText(file, callee.recv.range) !== sourceText(file, raised.on.x.range)) return undefined;
  const name = `${receiver}.${raised.on.sel.name}`;
  return { start, outside, name, file: callee.decl.file, body: callee.decl.body };
}

interface GroupCall {
  readonly call: CallExpr;
  /** The group as written. */
  readonly on: Expr;
}

/** Calls of a method on the group in a body, those inside literals left out. */
function callsOn(pkg: GoPackage, group: Group, body: Node, method: string): readonly GroupCall[] {
  const found: GroupCall[] = [];
  walk(body, (node) => {
    if (node.kind === 'CallExpr' && node.fun.kind === 'SelectorExpr' && node.fun.sel.name === method) {
      if (names(pkg, group, node.fun.x)) found.push({ call: node, on: node.fun.x });
    }
    return node.kind !== 'FuncLit';
  });
  return found;
}

/** `defer wg.Done()` first, plain calls of `Done` on the same group go. */
function deferDone(pkg: GoPackage, group: Group, { name, file, body }: CountedStart): readonly SuggestedFix[] {
  const [first] = body.list;
  if (!first) return [];
  const edits: TextEdit[] = [];
  let kept = false;
  const done = callsOn(pkg, group, body, 'Done');
  for (const { call } of done) {
    const statement = pkg.parentOf(call);
    if (statement?.kind === 'ExprStmt') edits.push(removeLines(file, statement));
    else kept = true;
  }
  if (kept) return [];
  const message =
    done.length > 0
      ? `Defer \`${name}.Done()\`, so that every path calls it`
      : `Call \`${name}.Done()\` when the goroutine ends`;
  // The removal of the first statement and the insertion before it start at the same place; one edit does both.
  const head = edits.find((edit) => contains(edit.range, first.range));
  const insertion = insertBefore(file, first, [`defer ${name}.Done()`]);
  const rest = edits.filter((edit) => edit !== head);
  return [fixOf(file, message, [head ? { range: head.range, newText: insertion.newText } : insertion, ...rest])];
}

/** The only `Add` of a function, which counts for all its goroutines at once, becomes `Add(1)` before the only `go`. */
function addBeforeGo(pkg: GoPackage, group: Group, counted: readonly CountedStart[]): readonly SuggestedFix[] {
  const [one, second] = counted;
  const func = one && functionAround(one.start.file, one.start.node.range);
  if (!one || second || !func) return [];
  const { file } = one.start;
  const [add, another] = callsOn(pkg, group, func.body, 'Add');
  const statement = add && pkg.parentOf(add.call);
  const before = statementAround(file, one.start.node.range);
  if (!add || another || statement?.kind !== 'ExprStmt' || before?.stmt !== one.start.node) return [];
  if (before.list.includes(statement) || !meansTheSameAt(pkg, file, add.on, before.stmt.range.start)) return [];
  return [
    fixOf(file, `Call \`${one.outside}.Add(1)\` before each \`go\``, [
      removeLines(file, statement),
      insertBefore(file, before.stmt, [`${one.outside}.Add(1)`]),
    ]),
  ];
}

/** A parameter of type `sync.WaitGroup` is a copy: it becomes a pointer, and its callers pass the address. */
function byPointer(pkg: GoPackage, { operation }: Story): readonly SuggestedFix[] {
  const fixes: SuggestedFix[] = [];
  for (const start of pkg.goroutineStarts) {
    const { callee } = start;
    const target =
      callee.kind === 'func' || callee.kind === 'method' ? callee.decl : callee.kind === 'lit' ? callee.lit : undefined;
    if (!target) continue;
    const at = parameters(target).findIndex(({ type }) =>
      /^sync\.WaitGroup$/.test(sourceText(pkg.fileOf(target), type.range)),
    );
    const field = parameters(target)[at];
    if (
      !field ||
      start.call.args[at] === undefined ||
      sourceText(start.file, start.call.args[at].range) !== operation.name
    )
      continue;
    const calls =
      callee.kind === 'lit'
        ? [start.call]
        : pkg.callersOf(callee.kind === 'func' || callee.kind === 'method' ? callee.decl : (target as FuncDecl));
    const parts: (readonly [File, TextEdit])[] = [[pkg.fileOf(target), insertAt(field.type.range.start, '*')]];
    for (const call of calls) {
      const argument = call.args[at];
      if (argument) parts.push([pkg.fileOf(call), insertAt(argument.range.start, '&')]);
    }
    fixes.push(fixOfFiles('Pass a pointer to the WaitGroup instead of a copy', parts));
  }
  return fixes;
}

function parameters(target: FuncDecl | FuncLit): readonly Field[] {
  return target.type.params.flatMap((field) => (field.names.length > 1 ? field.names.map(() => field) : [field]));
}

function insertAt(at: number, newText: string): TextEdit {
  return { range: range(at, at), newText };
}
