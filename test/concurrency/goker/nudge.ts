/**
 * Nudges: at every operation that others can see, the scheduler may choose somebody else. With them a leak that needs
 * one order of many shows within a few runs, and a repair has to hold in more orders than the usual one.
 */
import type { Expr, Node, Stmt } from '../../../src/go/ast.ts';
import { loadPackage } from '../../../src/go/load.ts';
import { walk } from '../../../src/go/walk.ts';

/** The text with a call of `nudge` in front of and behind operations; lines stay where they are. */
export function nudged(text: string): string {
  const pkg = loadPackage('.', [{ path: 'kernel.go', text }]);
  const places = new Set<number>();
  const visit = (node: Node): boolean => {
    for (const stmt of statementsIn(node)) {
      if (!isOperation(stmt)) continue;
      places.add(stmt.range.start);
      // A select may be the end of its function, and has to stay it.
      if (stmt.kind !== 'SelectStmt') places.add(stmt.range.end);
    }
    return true;
  };
  for (const decl of pkg.funcDecls) walk(decl, visit);
  return [...places]
    .sort((a, b) => b - a)
    .reduce((after, at) => `${after.slice(0, at)}; nudge(); ${after.slice(at)}`, text)
    .replaceAll(/^(\s*); nudge\(\);/gm, '$1nudge();');
}

/** Defines `nudge` for a package. */
export const nudgeSource = `package kernel

import (
	"math/rand"
	"time"
)

func nudge() {
	if rand.Intn(2) == 0 {
		time.Sleep(time.Duration(rand.Intn(300)) * time.Microsecond)
	}
}
`;

function statementsIn(node: Node): readonly Stmt[] {
  if (node.kind === 'BlockStmt') return node.list;
  return node.kind === 'CaseClause' || node.kind === 'CommClause' ? node.body : [];
}

const visible = new Set(['Lock', 'RLock', 'Unlock', 'RUnlock', 'Wait', 'close']);

function isOperation(stmt: Stmt): boolean {
  if (stmt.kind === 'SendStmt' || stmt.kind === 'GoStmt' || stmt.kind === 'SelectStmt') return true;
  return stmt.kind === 'ExprStmt' && isVisible(stmt.x);
}

function isVisible(expr: Expr): boolean {
  if (expr.kind === 'UnaryExpr') return expr.op === '<-';
  if (expr.kind !== 'CallExpr') return false;
  const { fun } = expr;
  const name = fun.kind === 'SelectorExpr' ? fun.sel.name : fun.kind === 'Ident' ? fun.name : '';
  return visible.has(name);
}
