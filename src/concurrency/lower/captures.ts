/**
 * Which variables of a declared function (with the literals in it) need a cell, and what each literal captures.
 *
 * A variable that a literal uses but never changes after its declaration is captured by value: this keeps states small.
 * Struct variables are references already, so taking their address needs no cell.
 */
import type { Expr, FuncDecl, FuncLit, Ident, Node, RangeStmt } from '../../go/ast.ts';
import type { Binding, GoPackage } from '../../go/package.ts';
import { children } from '../../go/walk.ts';
import { contains } from '../../text/offset.ts';
import { roundsOf } from './iterator-of.ts';
import { isValueObject } from './value-types.ts';

export interface CaptureAnalysis {
  /** Variables that live in a cell. */
  readonly cells: ReadonlySet<Binding>;
  /** Struct variables that are reachable in more than one way: assigning one changes the object in place. */
  readonly shared: ReadonlySet<Binding>;
  /** For each literal: the variables of functions around it that it (or a literal inside it) uses. */
  captured(inner: Inner): readonly Binding[];
}

/** A function inside another: a literal, or the body of a loop over a function that the package shows. */
type Inner = FuncLit | RangeStmt;

interface VariableFacts {
  captured: boolean;
  addressed: boolean;
  /** Changes after the declaration; the first assignment to a variable declared without a value is one. */
  assignments: number;
}

const variableKinds: ReadonlySet<Binding['kind']> = new Set(['var', 'param', 'result', 'receiver']);

/** Analyses a whole function once; the literals in it share the answer. */
export function analyseCaptures(pkg: GoPackage, root: FuncDecl | FuncLit): CaptureAnalysis {
  const facts = new Map<Binding, VariableFacts>();
  const captures = new Map<Inner, Set<Binding>>();
  const factsOf = (binding: Binding): VariableFacts => {
    let known = facts.get(binding);
    if (!known) {
      known = { captured: false, addressed: false, assignments: 0 };
      facts.set(binding, known);
    }
    return known;
  };
  const variable = (ident: Ident): Binding | undefined => {
    const binding = pkg.bindingOf(ident);
    return binding && !binding.global && variableKinds.has(binding.kind) ? binding : undefined;
  };
  const changed = (target: Expr, declares: boolean): void => {
    const base = unparen(target);
    if (base.kind !== 'Ident' || base.name === '_') return;
    const binding = variable(base);
    if (!binding) return;
    if (declares && binding.ident === base) return;
    factsOf(binding).assignments += 1;
  };
  const used = (ident: Ident, around: readonly Inner[]): void => {
    // Outside of literals nothing is captured: what the name stands for, which may take types, is not asked.
    const binding = around.length === 0 ? undefined : variable(ident);
    if (!binding) return;
    const home = binding.func;
    // From the innermost literal outwards, up to the function that declares the variable.
    for (let at = around.length - 1; at >= 0; at--) {
      const inner = around[at];
      if (inner === undefined || inner === home || isDeclaredIn(inner, binding)) return;
      factsOf(binding).captured = true;
      const set = captures.get(inner) ?? new Set();
      captures.set(inner, set.add(binding));
    }
  };
  // An explicit stack: hostile input nests deeper than the call stack.
  const work: { node: Node; around: readonly Inner[] }[] = [{ node: root, around: [] }];
  for (let item = work.pop(); item; item = work.pop()) {
    const { node } = item;
    let { around } = item;
    if (node.kind === 'FuncLit') around = [...around, node];
    if (node.kind === 'Ident') used(node, around);
    else if (node.kind === 'AssignStmt') for (const lhs of node.lhs) changed(lhs, node.tok === ':=');
    else if (node.kind === 'IncDecStmt') changed(node.x, false);
    else if (node.kind === 'RangeStmt') {
      if (node.key) changed(node.key, node.tok === ':=');
      if (node.value) changed(node.value, node.tok === ':=');
    } else if (node.kind === 'UnaryExpr' && node.op === '&') addressed(unparen(node.x));
    const isCalled = node.kind === 'RangeStmt' && roundsOf(pkg, node) !== undefined;
    for (const child of children(node)) {
      // What follows a dot is a field, a method or a name of another package.
      if (node.kind === 'SelectorExpr' && child === node.sel) continue;
      work.push({ node: child, around: isCalled && child !== node.x ? [...around, node] : around });
    }
  }
  function addressed(target: Expr): void {
    // &a[i] and a[:] of an array variable refer to the array object, which is a reference already.
    if (target.kind !== 'Ident') return;
    const binding = variable(target);
    if (binding) factsOf(binding).addressed = true;
  }
  const cells = new Set<Binding>();
  const shared = new Set<Binding>();
  for (const [binding, fact] of facts) {
    // The variable of a type switch exists once per clause and is hardly ever changed: it stays a value.
    if (binding.decl?.kind === 'CaseClause') continue;
    const type = pkg.typeOfBinding(binding);
    if (isValueObject(pkg, type)) {
      if (fact.assignments > 0 && (fact.captured || fact.addressed)) shared.add(binding);
      continue;
    }
    if (fact.addressed || (fact.captured && fact.assignments > 0)) cells.add(binding);
  }
  return { cells, shared, captured: (inner) => [...(captures.get(inner) ?? [])] };
}

/** Whether a variable is one of a loop, or of its body. */
function isDeclaredIn(inner: Inner, { ident, decl }: Binding): boolean {
  const at = ident ?? decl;
  return inner.kind === 'RangeStmt' && at !== undefined && contains(inner.range, at.range);
}

export function unparen(expr: Expr): Expr {
  let base = expr;
  while (base.kind === 'ParenExpr') base = base.x;
  return base;
}
