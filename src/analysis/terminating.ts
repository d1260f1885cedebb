/** Terminating statements (https://go.dev/ref/spec#Terminating_statements): without one, a function with results does not compile. */
import type { BlockStmt, CaseClause, CommClause, Decl, FuncDecl, FuncLit, Node, Stmt } from '../go/ast.ts';
import { walk } from '../go/walk.ts';

/** How many functions and literals in these declarations have results and do not end in a terminating statement. */
export function missingReturns(decls: readonly Decl[]): number {
  let count = 0;
  for (const decl of decls) {
    walk(decl, (node) => {
      if ((node.kind === 'FuncDecl' || node.kind === 'FuncLit') && lacksReturn(node)) count += 1;
    });
  }
  return count;
}

function lacksReturn(func: FuncDecl | FuncLit): boolean {
  return func.type.results.length > 0 && func.body !== undefined && !endsList(func.body.list);
}

function endsList(list: readonly Stmt[]): boolean {
  const last = list.findLast((stmt) => stmt.kind !== 'EmptyStmt');
  return last !== undefined && terminates(last, undefined);
}

function terminates(stmt: Stmt, label: string | undefined): boolean {
  switch (stmt.kind) {
    case 'ReturnStmt':
      return true;
    case 'BranchStmt':
      return stmt.tok === 'goto';
    case 'ExprStmt':
      return stmt.x.kind === 'CallExpr' && stmt.x.fun.kind === 'Ident' && stmt.x.fun.name === 'panic';
    case 'BlockStmt':
      return endsList(stmt.list);
    case 'LabeledStmt':
      return terminates(stmt.stmt, stmt.label.name);
    case 'IfStmt':
      return stmt.els !== undefined && endsList(stmt.body.list) && terminates(stmt.els, undefined);
    case 'ForStmt':
      return stmt.cond === undefined && !breaksOut(stmt.body, label);
    case 'SelectStmt':
      return clausesEnd(stmt.clauses, label);
    case 'SwitchStmt':
    case 'TypeSwitchStmt':
      return stmt.clauses.some((clause) => clause.isDefault) && clausesEnd(stmt.clauses, label);
    case 'BadStmt':
      return true;
    default:
      return false;
  }
}

function clausesEnd(clauses: readonly (CaseClause | CommClause)[], label: string | undefined): boolean {
  return clauses.every(
    ({ body }) => (endsList(body) || fallsThrough(body)) && !body.some((stmt) => breaksOut(stmt, label)),
  );
}

function fallsThrough(body: readonly Stmt[]): boolean {
  const last = body.at(-1);
  return last?.kind === 'BranchStmt' && last.tok === 'fallthrough';
}

/** Whether a `break` inside refers to the statement around: without a label and not in an inner one, or by its label. */
function breaksOut(inside: Stmt | BlockStmt, label: string | undefined): boolean {
  let found = false;
  const look = (node: Node, catches: boolean): void => {
    walk(node, (one) => {
      if (one.kind === 'FuncLit') return false;
      if (one.kind === 'BranchStmt' && one.tok === 'break') found ||= one.label ? one.label.name === label : !catches;
      if (catches || !isBreakable(one)) return true;
      look(one, true);
      return false;
    });
  };
  look(inside, false);
  return found;
}

function isBreakable(node: Node): boolean {
  return (
    node.kind === 'ForStmt' ||
    node.kind === 'RangeStmt' ||
    node.kind === 'SelectStmt' ||
    node.kind === 'SwitchStmt' ||
    node.kind === 'TypeSwitchStmt'
  );
}
