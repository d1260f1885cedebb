/** Exits of which more is known than that they leave something behind. */
import type { CallExpr, Node, Stmt } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import { walk } from '../../go/walk.ts';
import { calleeName } from './callee-name.ts';
import type { HeldExit } from './held-exits.ts';

/** Methods whose error nobody meets: a query that the code around has put together can be written out. */
const sureMethods = new Set(['ToSql', 'ToSQL']);

/** `if err != nil { return err }` right after such a call. Assumed: it does not fail. */
export function isUnlikely(pkg: GoPackage, { node }: HeldExit): boolean {
  for (let at: Node | undefined = node; at; at = pkg.parentOf(at)) {
    if (at.kind === 'FuncLit' || at.kind === 'FuncDecl') return false;
    const choice = pkg.parentOf(at);
    if (choice?.kind !== 'IfStmt' || choice.body !== at || choice.cond.kind !== 'BinaryExpr') continue;
    if (choice.cond.op !== '!=') continue;
    return isSure(choice.init ?? statementBefore(pkg, choice));
  }
  return false;
}

function isSure(stmt: Stmt | undefined): boolean {
  const [value] = stmt?.kind === 'AssignStmt' ? stmt.rhs : [];
  return value?.kind === 'CallExpr' && value.fun.kind === 'SelectorExpr' && sureMethods.has(value.fun.sel.name);
}

function statementBefore(pkg: GoPackage, stmt: Stmt): Stmt | undefined {
  const list = listOf(pkg.parentOf(stmt));
  return list?.[list.indexOf(stmt) - 1];
}

function listOf(node: Node | undefined): readonly Stmt[] | undefined {
  if (node?.kind === 'BlockStmt') return node.list;
  return node?.kind === 'CaseClause' || node?.kind === 'CommClause' ? node.body : undefined;
}

/** `stop(); return err`: a context of the function has ended before the exit, and what depends on it with it. */
export function isCancelledBefore(pkg: GoPackage, { node }: HeldExit): boolean {
  const list = listOf(pkg.parentOf(node));
  const before = list?.slice(0, list.indexOf(node as Stmt)) ?? [];
  return before.some((stmt) => {
    let cancels = false;
    walk(stmt, (part) => {
      if (part.kind === 'CallExpr') cancels ||= cancelsContext(pkg, part);
      return !cancels && part.kind !== 'FuncLit';
    });
    return cancels;
  });
}

/** A call of what `context.WithCancel` and its like have returned. */
export function cancelsContext(pkg: GoPackage, { fun }: CallExpr): boolean {
  const binding = fun.kind === 'Ident' ? pkg.bindingOf(fun) : undefined;
  const made = binding?.decl?.kind === 'AssignStmt' && binding.decl.rhs.length === 1 ? binding.decl.rhs[0] : undefined;
  if (made?.kind === 'CallExpr') return /^context\.With/.test(calleeName(pkg, made) ?? '');
  const type = binding && pkg.typeOfBinding(binding);
  return type?.kind === 'named' && type.path === 'context' && /^Cancel(Cause)?Func$/.test(type.name);
}
