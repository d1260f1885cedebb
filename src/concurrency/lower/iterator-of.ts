/**
 * Which `for x := range seq` are followed into the iterator: those whose iterator is a function that the package shows.
 * The body of such a loop is the function that the iterator calls as `yield` (https://go.dev/ref/spec#For_range).
 */
import type { Expr, FuncDecl, FuncLit, Ident, Node, RangeStmt } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import { unparen } from './captures.ts';
import { someNode } from './walk.ts';

/** An iterator that hands on what another one gives is followed so far. */
const maxDepth = 3;

/** How many values an iterator gives in each round; undefined when its body is not in sight, or the loop defers a call. */
export function roundsOf(pkg: GoPackage, { x, body }: RangeStmt): number | undefined {
  if (!mayBeFunction(x)) return undefined;
  const count = valuesOf(pkg, x, 0);
  // What a loop body defers runs when the function around it ends, not the body.
  return count === undefined || someNode(body, isDefer, isLit) ? undefined : count;
}

function isDefer(node: Node): boolean {
  return node.kind === 'DeferStmt';
}

function isLit(node: Node): boolean {
  return node.kind === 'FuncLit';
}

/** A look at the syntax: most loops run over plain variables and lengths. */
function mayBeFunction(x: Expr): boolean {
  const { kind } = unparen(x);
  return kind === 'CallExpr' || kind === 'Ident' || kind === 'SelectorExpr' || kind === 'FuncLit';
}

function valuesOf(pkg: GoPackage, expr: Expr, depth: number): number | undefined {
  const x = unparen(expr);
  if (depth > maxDepth) return undefined;
  switch (x.kind) {
    case 'FuncLit':
      return yielded(pkg, x);
    case 'CallExpr':
      return returned(pkg, x, 0, depth);
    case 'SelectorExpr': {
      if (pkg.selectedField(x)) return undefined;
      const decl = pkg.methodOf(pkg.typeOf(x.x), x.sel.name);
      return decl?.body && yielded(pkg, decl);
    }
    case 'Ident':
      return named(pkg, x, depth);
    default:
      return undefined;
  }
}

/** A declared function, or a variable that is set once. */
function named(pkg: GoPackage, ident: Ident, depth: number): number | undefined {
  const binding = pkg.bindingOf(ident);
  const decl = binding?.decl;
  if (binding?.kind === 'func') return decl?.kind === 'FuncDecl' && decl.body ? yielded(pkg, decl) : undefined;
  if (binding?.kind !== 'var' || binding.global || decl?.kind !== 'AssignStmt' || decl.tok !== ':=') return undefined;
  const isSet = pkg.usesOf(binding).some((use) => {
    const parent = pkg.parentOf(use);
    return parent !== decl && parent?.kind === 'AssignStmt' && parent.lhs.includes(use);
  });
  const at = binding.ident ? decl.lhs.indexOf(binding.ident) : -1;
  if (isSet || at < 0) return undefined;
  const value = decl.rhs.length === decl.lhs.length ? decl.rhs[at] : decl.rhs[0];
  if (!value) return undefined;
  const call = unparen(value);
  if (decl.rhs.length === decl.lhs.length) return valuesOf(pkg, value, depth + 1);
  return call.kind === 'CallExpr' ? returned(pkg, call, at, depth) : undefined;
}

/** What a function of the package returns on all its ways, but for those on which it returns nil. */
function returned(pkg: GoPackage, call: Extract<Expr, { kind: 'CallExpr' }>, at: number, depth: number) {
  const callee = pkg.calleeOf(call);
  if ((callee.kind !== 'func' && callee.kind !== 'method') || !callee.decl.body) return undefined;
  let count: number | undefined;
  const isUnseen = (node: Node): boolean => {
    if (node.kind !== 'ReturnStmt') return false;
    const value = node.results[at];
    if (value?.kind === 'Ident' && value.name === 'nil') return false;
    const found = value && valuesOf(pkg, value, depth + 1);
    count ??= found;
    return found === undefined;
  };
  return someNode(callee.decl.body, isUnseen, isLit) ? undefined : count;
}

/** The number of parameters of `yield` in `func(yield func(...) bool)`. */
function yielded(pkg: GoPackage, { type }: FuncDecl | FuncLit): number | undefined {
  const [param] = type.params;
  if (!param || type.params.length > 1 || param.names.length > 1 || type.results.length > 0) return undefined;
  const of = pkg.underlying(pkg.typeOfTypeExpr(param.type));
  return of.kind === 'func' && of.results.length === 1 ? of.params.length : undefined;
}
