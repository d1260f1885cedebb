/** Lowers statements. */

import { range } from '../text/offset.ts';
import type { BadExpr, BlockStmt, CallExpr, CaseClause, CommClause, Expr, IfStmt, Stmt } from './ast.ts';
import { badExpr, childOf, childrenOf, ident, namedChildren, rangeOf, required, type Source } from './lower.ts';
import { lowerGenDecl } from './lower-decl.ts';
import { lowerExpr, lowerExprList } from './lower-expr.ts';
import type { SyntaxNode } from './parser/syntax.ts';

type Lower = (source: Source, node: SyntaxNode) => Stmt;

const stmtLowerings: Readonly<Record<string, Lower>> = {
  const_declaration: lowerDeclStmt,
  type_declaration: lowerDeclStmt,
  var_declaration: lowerDeclStmt,
  expression_statement: lowerExprStmt,
  send_statement: lowerSend,
  receive_statement: lowerReceive,
  inc_statement: (source, node) => ({ kind: 'IncDecStmt', range: rangeOf(node), x: onlyExpr(source, node), tok: '++' }),
  dec_statement: (source, node) => ({ kind: 'IncDecStmt', range: rangeOf(node), x: onlyExpr(source, node), tok: '--' }),
  assignment_statement: lowerAssign,
  short_var_declaration: lowerAssign,
  return_statement: (source, node) => ({
    kind: 'ReturnStmt',
    range: rangeOf(node),
    results: lowerExprList(source, namedChildren(node)[0]),
  }),
  go_statement: (source, node) => ({ kind: 'GoStmt', range: rangeOf(node), call: calledExpr(source, node) }),
  defer_statement: (source, node) => ({ kind: 'DeferStmt', range: rangeOf(node), call: calledExpr(source, node) }),
  if_statement: lowerIf,
  for_statement: lowerFor,
  expression_switch_statement: lowerSwitch,
  type_switch_statement: lowerTypeSwitch,
  select_statement: lowerSelect,
  labeled_statement: lowerLabeled,
  fallthrough_statement: lowerBranch('fallthrough'),
  break_statement: lowerBranch('break'),
  continue_statement: lowerBranch('continue'),
  goto_statement: lowerBranch('goto'),
  block: lowerBlock,
  empty_statement: (_source, node) => ({ kind: 'EmptyStmt', range: rangeOf(node) }),
};

/** Never throws; what is too deep or unknown is a `BadStmt`. */
export function lowerStmt(source: Source, node: SyntaxNode): Stmt {
  const lower = node.cut ? undefined : stmtLowerings[node.type];
  return lower ? lower(source, node) : { kind: 'BadStmt', range: rangeOf(node) };
}

export function lowerBlock(source: Source, node: SyntaxNode): BlockStmt {
  return { kind: 'BlockStmt', range: rangeOf(node), list: statementsIn(source, node) };
}

/** The statements of the `statement_list` below a block or a clause. */
function statementsIn(source: Source, node: SyntaxNode): readonly Stmt[] {
  const list = node.children.find((child) => child.type === 'statement_list');
  if (!list) return node.cut ? [{ kind: 'BadStmt', range: rangeOf(node) }] : [];
  if (list.cut) return [{ kind: 'BadStmt', range: rangeOf(list) }];
  return namedChildren(list).map((child) => lowerStmt(source, child));
}

function onlyExpr(source: Source, node: SyntaxNode): Expr {
  const [child] = namedChildren(node);
  return child ? lowerExpr(source, child) : badExpr(node);
}

function calledExpr(source: Source, node: SyntaxNode): CallExpr | BadExpr {
  const call = onlyExpr(source, node);
  return call.kind === 'CallExpr' ? call : { kind: 'BadExpr', range: call.range };
}

function exprAt(source: Source, node: SyntaxNode, field: string): Expr {
  return required(node, field, (child) => lowerExpr(source, child));
}

function lowerDeclStmt(source: Source, node: SyntaxNode): Stmt {
  return { kind: 'DeclStmt', range: rangeOf(node), decl: lowerGenDecl(source, node) };
}

function lowerExprStmt(source: Source, node: SyntaxNode): Stmt {
  return { kind: 'ExprStmt', range: rangeOf(node), x: onlyExpr(source, node) };
}

function lowerSend(source: Source, node: SyntaxNode): Stmt {
  return {
    kind: 'SendStmt',
    range: rangeOf(node),
    chan: exprAt(source, node, 'channel'),
    value: exprAt(source, node, 'value'),
  };
}

/** The communication of a `select` case: `<-c`, `v := <-c`, `v, ok = <-c`. */
function lowerReceive(source: Source, node: SyntaxNode): Stmt {
  const right = exprAt(source, node, 'right');
  const left = childOf(node, 'left');
  if (!left) return { kind: 'ExprStmt', range: rangeOf(node), x: right };
  const tok = node.children.some((child) => child.type === ':=') ? ':=' : '=';
  return { kind: 'AssignStmt', range: rangeOf(node), lhs: lowerExprList(source, left), tok, rhs: [right] };
}

function lowerAssign(source: Source, node: SyntaxNode): Stmt {
  const operator = node.children.find((child) => child.field === 'operator')?.type;
  return {
    kind: 'AssignStmt',
    range: rangeOf(node),
    lhs: lowerExprList(source, childOf(node, 'left')),
    tok: operator ?? (node.type === 'short_var_declaration' ? ':=' : '='),
    rhs: lowerExprList(source, childOf(node, 'right')),
  };
}

function initOf(source: Source, node: SyntaxNode): { readonly init?: Stmt } {
  const init = childOf(node, 'initializer');
  return init ? { init: lowerStmt(source, init) } : {};
}

function blockAt(source: Source, node: SyntaxNode, field: string): BlockStmt {
  const block = childOf(node, field);
  return block ? lowerBlock(source, block) : { kind: 'BlockStmt', range: range(node.end, node.end), list: [] };
}

function lowerIf(source: Source, node: SyntaxNode): IfStmt {
  const alternative = childOf(node, 'alternative');
  const els = alternative && lowerElse(source, alternative);
  return {
    kind: 'IfStmt',
    range: rangeOf(node),
    ...initOf(source, node),
    cond: exprAt(source, node, 'condition'),
    body: blockAt(source, node, 'consequence'),
    ...(els ? { els } : {}),
  };
}

function lowerElse(source: Source, node: SyntaxNode): BlockStmt | IfStmt {
  return node.type === 'if_statement' && !node.cut ? lowerIf(source, node) : lowerBlock(source, node);
}

function lowerFor(source: Source, node: SyntaxNode): Stmt {
  const body = blockAt(source, node, 'body');
  const head = namedChildren(node).find((child) => child.field !== 'body');
  if (!head) return { kind: 'ForStmt', range: rangeOf(node), body };
  if (head.cut) return { kind: 'ForStmt', range: rangeOf(node), cond: badExpr(head), body };
  if (head.type === 'range_clause') return lowerRange(source, node, head, body);
  if (head.type !== 'for_clause') return { kind: 'ForStmt', range: rangeOf(node), cond: lowerExpr(source, head), body };
  const cond = childOf(head, 'condition');
  const post = childOf(head, 'update');
  return {
    kind: 'ForStmt',
    range: rangeOf(node),
    ...initOf(source, head),
    ...(cond ? { cond: lowerExpr(source, cond) } : {}),
    ...(post ? { post: lowerStmt(source, post) } : {}),
    body,
  };
}

function lowerRange(source: Source, node: SyntaxNode, head: SyntaxNode, body: BlockStmt): Stmt {
  const [key, value] = lowerExprList(source, childOf(head, 'left'));
  const tok = head.children.some((child) => child.type === ':=') ? ':=' : '=';
  return {
    kind: 'RangeStmt',
    range: rangeOf(node),
    ...(key ? { key, tok } : {}),
    ...(value ? { value } : {}),
    x: exprAt(source, head, 'right'),
    body,
  };
}

function lowerSwitch(source: Source, node: SyntaxNode): Stmt {
  const tag = childOf(node, 'value');
  return {
    kind: 'SwitchStmt',
    range: rangeOf(node),
    ...initOf(source, node),
    ...(tag ? { tag: lowerExpr(source, tag) } : {}),
    clauses: caseClauses(source, node),
  };
}

function lowerTypeSwitch(source: Source, node: SyntaxNode): Stmt {
  const [name] = lowerExprList(source, childOf(node, 'alias'));
  return {
    kind: 'TypeSwitchStmt',
    range: rangeOf(node),
    ...initOf(source, node),
    ...(name?.kind === 'Ident' ? { name } : {}),
    x: exprAt(source, node, 'value'),
    clauses: caseClauses(source, node),
  };
}

const caseTypes = new Set(['expression_case', 'type_case', 'default_case']);

function caseClauses(source: Source, node: SyntaxNode): readonly CaseClause[] {
  return node.children
    .filter((child) => caseTypes.has(child.type))
    .map((child) => ({
      kind: 'CaseClause',
      range: rangeOf(child),
      isDefault: child.type === 'default_case',
      list:
        child.type === 'type_case'
          ? childrenOf(child, 'type').map((type) => lowerExpr(source, type))
          : lowerExprList(source, childOf(child, 'value')),
      body: statementsIn(source, child),
    }));
}

function lowerSelect(source: Source, node: SyntaxNode): Stmt {
  const clauses = namedChildren(node).map((child): CommClause => {
    const comm = childOf(child, 'communication');
    return {
      kind: 'CommClause',
      range: rangeOf(child),
      ...(comm ? { comm: lowerStmt(source, comm) } : {}),
      body: statementsIn(source, child),
    };
  });
  return { kind: 'SelectStmt', range: rangeOf(node), clauses };
}

function lowerLabeled(source: Source, node: SyntaxNode): Stmt {
  const label = childOf(node, 'label');
  if (!label) return { kind: 'BadStmt', range: rangeOf(node) };
  const stmt = namedChildren(node).find((child) => child !== label);
  return {
    kind: 'LabeledStmt',
    range: rangeOf(node),
    label: ident(source, label),
    stmt: stmt ? lowerStmt(source, stmt) : { kind: 'EmptyStmt', range: range(node.end, node.end) },
  };
}

function lowerBranch(tok: 'break' | 'continue' | 'goto' | 'fallthrough'): Lower {
  return (source, node) => {
    const [label] = namedChildren(node);
    return { kind: 'BranchStmt', range: rangeOf(node), tok, ...(label ? { label: ident(source, label) } : {}) };
  };
}
