/** Generic traversal of the syntax tree, in source order. Depth is bounded by the lowering, so recursion is safe. */

import { work } from '../work/meter.ts';
import type { Expr, Node, Stmt } from './ast.ts';

type Part = Node | undefined;

/** The direct children of a node, in source order. The body of a FuncDecl is lowered by asking for it. */
export function children(node: Node): readonly Node[] {
  return parts(node).filter((part): part is Node => part !== undefined);
}

/**
 * Calls `visit` for the node and everything below it, parents first, in source order. When `visit` returns false, the
 * node's children are left out.
 */
export function walk(node: Node, visit: (node: Node) => unknown): void {
  const stack: Node[] = [node];
  for (let next = stack.pop(); next; next = stack.pop()) {
    if (visit(next) === false) continue;
    const below = parts(next);
    for (let i = below.length - 1; i >= 0; i--) {
      const part = below[i];
      if (part) stack.push(part);
    }
  }
}

/** Like go/ast's Inspect: `visit(node)`, and when it returns true its children, then `visit(undefined)`. */
export function inspect(node: Node, visit: (node: Node | undefined) => boolean): void {
  if (!visit(node)) return;
  for (const child of children(node)) inspect(child, visit);
  visit(undefined);
}

function parts(node: Node): readonly Part[] {
  work();
  switch (node.kind) {
    case 'BadDecl':
    case 'ImportSpec':
      return [];
    case 'GenDecl':
      return node.specs;
    case 'FuncDecl':
      return [node.recv, node.name, node.type, node.body];
    case 'ValueSpec':
      return [...node.names, node.type, ...node.values];
    case 'TypeSpec':
      return [node.name, ...node.typeParams, node.type];
    case 'Field':
      return [...node.names, node.type];
    case 'CaseClause':
      return [...node.list, ...node.body];
    case 'CommClause':
      return [node.comm, ...node.body];
    default:
      return isStmt(node) ? stmtParts(node) : exprParts(node);
  }
}

const stmtKinds: ReadonlySet<string> = new Set<Stmt['kind']>([
  'BadStmt',
  'DeclStmt',
  'EmptyStmt',
  'LabeledStmt',
  'ExprStmt',
  'SendStmt',
  'IncDecStmt',
  'AssignStmt',
  'GoStmt',
  'DeferStmt',
  'ReturnStmt',
  'BranchStmt',
  'BlockStmt',
  'IfStmt',
  'SwitchStmt',
  'TypeSwitchStmt',
  'SelectStmt',
  'ForStmt',
  'RangeStmt',
]);

const declKinds: ReadonlySet<string> = new Set([
  'BadDecl',
  'GenDecl',
  'FuncDecl',
  'ImportSpec',
  'ValueSpec',
  'TypeSpec',
  'Field',
  'CaseClause',
  'CommClause',
]);

export function isStmt(node: Node): node is Stmt {
  return stmtKinds.has(node.kind);
}

export function isExpr(node: Node): node is Expr {
  return !stmtKinds.has(node.kind) && !declKinds.has(node.kind);
}

function stmtParts(node: Stmt): readonly Part[] {
  switch (node.kind) {
    case 'BadStmt':
    case 'EmptyStmt':
      return [];
    case 'DeclStmt':
      return [node.decl];
    case 'LabeledStmt':
      return [node.label, node.stmt];
    case 'ExprStmt':
    case 'IncDecStmt':
      return [node.x];
    case 'SendStmt':
      return [node.chan, node.value];
    case 'AssignStmt':
      return [...node.lhs, ...node.rhs];
    case 'GoStmt':
    case 'DeferStmt':
      return [node.call];
    case 'ReturnStmt':
      return node.results;
    case 'BranchStmt':
      return [node.label];
    case 'BlockStmt':
      return node.list;
    case 'IfStmt':
      return [node.init, node.cond, node.body, node.els];
    case 'SwitchStmt':
      return [node.init, node.tag, ...node.clauses];
    case 'TypeSwitchStmt':
      return [node.init, node.name, node.x, ...node.clauses];
    case 'SelectStmt':
      return node.clauses;
    case 'ForStmt':
      return [node.init, node.cond, node.post, node.body];
    case 'RangeStmt':
      return [node.key, node.value, node.x, node.body];
  }
}

function exprParts(node: Expr): readonly Part[] {
  switch (node.kind) {
    case 'BadExpr':
    case 'Ident':
    case 'BasicLit':
      return [];
    case 'CompositeLit':
      return [node.type, ...node.elts];
    case 'KeyValueExpr':
      return [node.key, node.value];
    case 'FuncLit':
      return [node.type, node.body];
    case 'ParenExpr':
    case 'StarExpr':
    case 'UnaryExpr':
      return [node.x];
    case 'SelectorExpr':
      return [node.x, node.sel];
    case 'IndexExpr':
      return [node.x, ...node.indices];
    case 'SliceExpr':
      return [node.x, node.low, node.high, node.max];
    case 'TypeAssertExpr':
      return [node.x, node.type];
    case 'CallExpr':
      return [node.fun, ...node.args];
    case 'BinaryExpr':
      return [node.x, node.y];
    case 'Ellipsis':
      return [node.elt];
    case 'ArrayType':
      return [node.len, node.elt];
    case 'MapType':
      return [node.key, node.value];
    case 'ChanType':
      return [node.value];
    case 'FuncType':
      return [...node.typeParams, ...node.params, ...node.results];
    case 'StructType':
      return node.fields;
    case 'InterfaceType':
      return node.methods;
  }
}
