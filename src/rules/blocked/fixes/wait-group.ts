/**
 * Repairs of a WaitGroup: `defer wg.Done()` first thing in the goroutine, `Wait` behind the loop, a pointer instead of a
 * copy.
 */
import type { FixRefusal, SuggestedFix } from '../../../analysis/diagnostic.ts';
import type { Pass } from '../../../analysis/rule.ts';
import type { CallExpr, Field, File, FuncDecl, FuncLit, Node } from '../../../go/ast.ts';
import type { GoPackage } from '../../../go/package.ts';
import { walk } from '../../../go/walk.ts';
import { contains, range } from '../../../text/offset.ts';
import type { TextEdit } from '../../../text/text-edit.ts';
import { fixOf, fixOfFiles, insertAfter, insertBefore, refuse, removeLines } from '../../lifecycle/edits.ts';
import { sourceText } from '../operation.ts';
import type { Story } from '../story.ts';
import { functionAround, lineOf, loopAround, statementAround } from './scope.ts';

export function waitGroupFixes(story: Story, { pkg }: Pass): readonly SuggestedFix[] | FixRefusal {
  const { root, operation, site } = story;
  if (root.kind !== 'wait') return refuse('which `Done` is one too many is for its author to decide');
  const func = functionAround(site.file, site.range);
  if (!func) return refuse('the `Wait` does not stand in a function');
  const name = operation.name.replace(/^&/, '');
  const fixes = [
    ...waitAfterLoop(story),
    ...literalsStarted(pkg, func.node, func.body).flatMap((lit) => deferDone(site.file, lit, name)),
    ...byPointer(pkg, story),
  ];
  return fixes.length > 0 ? fixes : refuse('the goroutines that should call `Done` are not literals of this function');
}

/** `Wait` inside the loop that starts the goroutines moves behind it. */
function waitAfterLoop({ site }: Story): readonly SuggestedFix[] {
  const loop = loopAround(site.file, site.range);
  const around = statementAround(site.file, site.range);
  if (!loop || around?.stmt.kind !== 'ExprStmt') return [];
  return [
    fixOf(site.file, `Wait after the loop`, [
      removeLines(site.file, around.stmt),
      insertAfter(site.file, loop, [lineOf(site.file, around.stmt)]),
    ]),
  ];
}

/** Literals that a function starts as goroutines. */
function literalsStarted(pkg: GoPackage, func: FuncDecl | FuncLit, body: Node): readonly FuncLit[] {
  const found: FuncLit[] = [];
  for (const start of pkg.goroutineStarts) {
    if (!contains(body.range, start.node.range) || pkg.fileOf(func) !== start.file) continue;
    if (start.kind === 'go' && start.callee.kind === 'lit') found.push(start.callee.lit);
  }
  return found;
}

/** `defer wg.Done()` first, plain calls of `Done` on the same group go. */
function deferDone(file: File, lit: FuncLit, name: string): readonly SuggestedFix[] {
  const [first] = lit.body.list;
  if (!first) return [];
  const edits: TextEdit[] = [];
  let deferred = false;
  let mentioned = false;
  walk(lit.body, (node) => {
    if (node.kind === 'DeferStmt' && isDone(file, node.call, name)) deferred = true;
    if (node.kind === 'ExprStmt' && isDone(file, node.x, name)) edits.push(removeLines(file, node));
    if (node.kind === 'CallExpr' && node.fun.kind === 'SelectorExpr' && sourceText(file, node.fun.x.range) === name)
      mentioned = true;
    return node.kind !== 'FuncLit';
  });
  if (deferred) return [];
  const message = mentioned
    ? `Defer \`${name}.Done()\`, so that every way out calls it`
    : `Call \`${name}.Done()\` when the goroutine ends`;
  // The removal of the first statement and the insertion before it start at the same place; one edit does both.
  const head = edits.find((edit) => contains(edit.range, first.range));
  const insertion = insertBefore(file, first, [`defer ${name}.Done()`]);
  const rest = edits.filter((edit) => edit !== head);
  return [fixOf(file, message, [head ? { range: head.range, newText: insertion.newText } : insertion, ...rest])];
}

function isDone(file: File, call: Node, name: string): call is CallExpr {
  return (
    call.kind === 'CallExpr' &&
    call.fun.kind === 'SelectorExpr' &&
    call.fun.sel.name === 'Done' &&
    sourceText(file, call.fun.x.range) === name
  );
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
