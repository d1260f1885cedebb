/** Whom a call reaches, and what a function value denotes. */
import type { CallExpr, Expr, Ident, SelectorExpr } from './ast.ts';
import { importPathOf } from './expr-types.ts';
import { type Member, selectMember } from './members.ts';
import { type Model, unparen } from './model.ts';
import type { Binding, Callee } from './package.ts';

/** Assignments from variable to variable that are followed before giving up. */
const maxAliases = 5;

export function calleeOfCall(pkg: Model, call: CallExpr): Callee {
  if (pkg.isTypeExpr(call.fun)) return { kind: 'conversion', type: pkg.typeOfTypeExpr(call.fun) };
  return calleeOfValue(pkg, call.fun);
}

/** What runs when the value of an expression is called; the argument of `wg.Go(f)` as well as the `f` of `f()`. */
export function calleeOfValue(pkg: Model, expr: Expr, aliases = 0): Callee {
  const fun = unparen(expr);
  switch (fun.kind) {
    case 'FuncLit':
      return { kind: 'lit', lit: fun };
    case 'Ident':
      return calleeOfIdent(pkg, fun, aliases);
    case 'SelectorExpr':
      return calleeOfSelector(pkg, fun);
    case 'IndexExpr': {
      const generic = calleeOfValue(pkg, fun.x, aliases);
      return generic.kind === 'func' || generic.kind === 'external' ? generic : { kind: 'dynamic' };
    }
    case 'CallExpr':
    case 'TypeAssertExpr':
      return { kind: 'dynamic' };
    default:
      return { kind: 'unknown' };
  }
}

function calleeOfIdent(pkg: Model, ident: Ident, aliases: number): Callee {
  const binding = pkg.bindingOf(ident);
  if (!binding) return { kind: 'unknown' };
  if (binding.kind === 'builtin') return { kind: 'builtin', name: binding.name };
  if (binding.kind === 'func' && binding.decl?.kind === 'FuncDecl') return { kind: 'func', decl: binding.decl };
  const value = binding.kind === 'var' && aliases < maxAliases ? onlyValueOf(pkg, binding) : undefined;
  const callee = value && calleeOfValue(pkg, value, aliases + 1);
  if (callee && callee.kind !== 'dynamic' && callee.kind !== 'unknown') return callee;
  return { kind: 'dynamic', binding };
}

/** The value of a local variable that is assigned exactly once and whose address is not taken. */
function onlyValueOf(pkg: Model, binding: Binding): Expr | undefined {
  if (binding.global) return undefined;
  const values: Expr[] = [];
  const initial = initialValue(binding);
  if (initial) values.push(initial);
  for (const use of pkg.usesOf(binding)) {
    const parent = pkg.parentOf(use);
    if (parent?.kind === 'UnaryExpr' && parent.op === '&') return undefined;
    if (parent?.kind === 'RangeStmt' && (parent.key === use || parent.value === use)) return undefined;
    if (parent?.kind !== 'AssignStmt') continue;
    const index = parent.lhs.indexOf(use);
    if (index === -1) continue;
    const value = parent.lhs.length === parent.rhs.length ? parent.rhs[index] : undefined;
    if (!value) return undefined;
    values.push(value);
  }
  return values.length === 1 ? values[0] : undefined;
}

function initialValue(binding: Binding): Expr | undefined {
  const { decl, ident } = binding;
  if (decl?.kind === 'ValueSpec' && decl.names.length === decl.values.length) {
    return ident && decl.values[decl.names.indexOf(ident)];
  }
  if (decl?.kind === 'AssignStmt' && decl.lhs.length === decl.rhs.length) {
    return ident && decl.rhs[decl.lhs.indexOf(ident)];
  }
  return undefined;
}

function calleeOfSelector(pkg: Model, fun: SelectorExpr): Callee {
  const path = importPathOf(pkg, fun.x);
  if (path !== undefined) return importedFunction(pkg, path, fun.sel.name);
  const isType = pkg.isTypeExpr(fun.x);
  const type = isType ? pkg.typeOfTypeExpr(fun.x) : pkg.typeOf(fun.x);
  const member = selectMember(pkg, type, fun.sel.name);
  const recv = isType ? (methodExpressionReceiver(pkg, fun) ?? fun.x) : fun.x;
  switch (member?.kind) {
    case 'method':
      return methodCallee(pkg, member, recv, fun.sel.name);
    case 'opaque':
    case 'interfaceMethod':
      return member.owner.path === pkg.selfPath || pkg.imported(member.owner.path)
        ? { kind: 'dynamic' }
        : { kind: 'externalMethod', path: member.owner.path, type: member.owner.name, name: fun.sel.name, recv };
    case 'field': {
      const binding = pkg.bindingOf(fun.sel);
      return { kind: 'dynamic', ...(binding ? { binding } : {}) };
    }
    default:
      return universeMethod(type, fun);
  }
}

function importedFunction(pkg: Model, path: string, name: string): Callee {
  const home = pkg.imported(path);
  const decl = home?.global(name)?.decl;
  if (home && decl?.kind === 'FuncDecl') return { kind: 'func', decl, home: { path, pkg: home } };
  return { kind: 'external', path, name };
}

function methodCallee(pkg: Model, member: Member & { readonly kind: 'method' }, recv: Expr, name: string): Callee {
  const { decl, owner } = member;
  if (owner.path === pkg.selfPath) return { kind: 'method', decl, recv };
  const home = pkg.imported(owner.path);
  if (home) return { kind: 'method', decl, recv, home: { path: owner.path, pkg: home } };
  return { kind: 'externalMethod', path: owner.path, type: owner.name, name, recv };
}

/** `err.Error()` is the only method of a predeclared type. */
function universeMethod(type: ReturnType<Model['typeOf']>, fun: SelectorExpr): Callee {
  const interfaceLike = type.kind === 'interface' || (type.kind === 'basic' && type.name === 'error');
  return interfaceLike || fun.x.kind === 'BadExpr' ? { kind: 'dynamic' } : { kind: 'unknown' };
}

/** In `T.M(x, y)` the receiver is the first argument. */
function methodExpressionReceiver(pkg: Model, fun: SelectorExpr): Expr | undefined {
  const parent = pkg.parentOf(fun);
  return parent?.kind === 'CallExpr' && parent.fun === fun ? parent.args[0] : undefined;
}
