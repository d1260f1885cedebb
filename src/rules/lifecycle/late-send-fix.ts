/** Undoes registrations before the channel of their callbacks is closed, or leaves the channel open. */
import { fixOf, insertAfter, insertBefore, refuse, removeLines } from '../../analysis/code-edits.ts';
import type { FixRefusal, SuggestedFix } from '../../analysis/diagnostic.ts';
import type { CallExpr, FuncDecl, Node } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import { walk } from '../../go/walk.ts';
import type { TextEdit } from '../../text/text-edit.ts';
import { loopsAround } from '../ownership/loop.ts';
import { resultOf } from '../ownership/registration.ts';
import type { LateSend } from './send-after-close.ts';
import { freeName } from './unsubscribe-fix.ts';

/** Candidates: undo what was dropped by a later `defer`; undo before the close; leave out a deferred close. */
export function lateSendFix(pkg: GoPackage, finding: LateSend): readonly SuggestedFix[] | FixRefusal {
  const candidates = [deferUndo(pkg, finding), undoFirst(pkg, finding), keepOpen(pkg, finding)];
  const fixes = candidates.filter((each): each is SuggestedFix => each !== undefined);
  return fixes.length > 0
    ? fixes
    : refuse('the receivers wait for the close, and how to undo the registration before it is not known');
}

/** Each dropped undo is kept and deferred below the `defer` of the close, so that it runs earlier. */
function deferUndo(pkg: GoPackage, { close, registrations }: LateSend): SuggestedFix | undefined {
  const closing = pkg.parentOf(close);
  if (closing?.kind !== 'DeferStmt') return undefined;
  const file = pkg.fileOf(close);
  const names: string[] = [];
  const edits: TextEdit[] = [];
  for (const { call, inside, undo, keeper } of registrations) {
    const stmt = pkg.parentOf(call);
    const plain = undo.kind === 'result-func' && keeper.type.results.length === 1 && resultOf(pkg, call).dropped;
    if (!plain || stmt?.kind !== 'ExprStmt' || !inside.body || loopsAround(pkg, call).length > 0) return undefined;
    const name = freeName(inside.body, 'unsubscribe', names);
    names.push(name);
    edits.push({ range: { start: call.range.start, end: call.range.start }, newText: `${name} := ` });
    edits.push(insertAfter(file, closing.range.start > stmt.range.start ? closing : stmt, [`defer ${name}()`]));
  }
  return fixOf(file, 'Undo the registration before the channel is closed', edits);
}

/** `unsubscribe()` before a close that is not deferred, when calling it once more does no harm. */
function undoFirst(pkg: GoPackage, { close, registrations }: LateSend): SuggestedFix | undefined {
  const stmt = pkg.parentOf(close);
  if (stmt?.kind !== 'ExprStmt') return undefined;
  const calls: string[] = [];
  for (const { call, undo, keeper } of registrations) {
    const { variable } = resultOf(pkg, call);
    if (undo.kind !== 'result-func' || !variable || !mayRunTwice(keeper)) return undefined;
    calls.push(`${variable.name}()`);
  }
  return fixOf(pkg.fileOf(close), 'Undo the registration before the channel is closed', [
    insertBefore(pkg.fileOf(close), stmt, calls),
  ]);
}

/** The undo that the keeper returns only deletes, so that a second call changes nothing. */
function mayRunTwice(keeper: FuncDecl): boolean {
  let deletes = false;
  let other = false;
  if (!keeper.body) return false;
  walk(keeper.body, (node) => {
    if (node.kind !== 'FuncLit') return;
    walk(node.body, (inner) => {
      if (inner.kind !== 'CallExpr') return;
      const name =
        inner.fun.kind === 'SelectorExpr' ? inner.fun.sel.name : inner.fun.kind === 'Ident' ? inner.fun.name : '';
      if (name === 'delete') deletes = true;
      else if (!/^(Lock|Unlock)$/.test(name)) other = true;
    });
    return false;
  });
  return deletes && !other;
}

/** Without the close nothing waits for it when every receive stands in a select with another arm. */
function keepOpen(pkg: GoPackage, { channel, close }: LateSend): SuggestedFix | undefined {
  const stmt = pkg.parentOf(close);
  if (stmt?.kind !== 'DeferStmt' || !pkg.usesOf(channel).every((use) => needsNoClose(pkg, use, close)))
    return undefined;
  const file = pkg.fileOf(close);
  return fixOf(file, `Leave \`${channel.name}\` open: its receiver also waits for something else`, [
    removeLines(file, stmt),
  ]);
}

function needsNoClose(pkg: GoPackage, use: Node, close: CallExpr): boolean {
  const parent = pkg.parentOf(use);
  if (parent?.kind === 'RangeStmt') return false;
  if (parent?.kind === 'UnaryExpr') return isInSelect(pkg, parent);
  return parent?.kind !== 'CallExpr' || parent === close;
}

function isInSelect(pkg: GoPackage, receive: Node): boolean {
  for (let at = pkg.parentOf(receive); at; at = pkg.parentOf(at)) {
    if (at.kind === 'CommClause') {
      const select = pkg.parentOf(at);
      return select?.kind === 'SelectStmt' && select.clauses.length > 1;
    }
    if (at.kind === 'BlockStmt') return false;
  }
  return false;
}
