/**
 * Registrations: calls by which a function gives a callback or a channel of its own to something that keeps it.
 *
 *  1. The call is named like a registration and reaches a method or function of the package, or of one that it imports,
 *     whose body adds the argument to a map or a slice.
 *  2. There is a way to undo it: the call returns a function or something with an undo method, or the type has a method
 *     named like an undo. Or there is none, and what is given stays as long as the keeper.
 */
import type { CallExpr, Expr, FuncDecl, FuncLit, Ident, Node } from '../../go/ast.ts';
import type { Binding, GoPackage } from '../../go/package.ts';
import type { GoType } from '../../go/types.ts';
import { walk } from '../../go/walk.ts';
import { unparen } from './channel.ts';
import { isRegistrationName, isUndoName } from './names.ts';
import type { Func } from './reach.ts';

export interface Registration {
  readonly call: CallExpr;
  /** The method or function that keeps the argument. */
  readonly keeper: FuncDecl;
  /** What is kept: a literal, or a local channel. */
  readonly kept: FuncLit | Ident;
  /** The innermost function that registers. */
  readonly inside: Func;
  /** How it can be undone. */
  readonly undo:
    | { readonly kind: 'result-func' | 'none' }
    | { readonly kind: 'result-method' | 'counterpart'; readonly name: string };
}

/** Every registration in the package, in source order. */
export function registrations(pkg: GoPackage): readonly Registration[] {
  const found: Registration[] = [];
  for (const home of [pkg, ...importedBy(pkg)]) {
    for (const { decl: keeper, params, undo } of keepersOf(home)) {
      for (const call of pkg.callersOf(keeper)) {
        const registration = registrationAt(pkg, call, keeper, params, undo);
        if (registration) found.push(registration);
      }
    }
  }
  return found.sort((a, b) => a.call.range.start - b.call.range.start);
}

/** The packages of the repository that the files of a package import. */
function importedBy(pkg: GoPackage): readonly GoPackage[] {
  const paths = new Set(pkg.files.flatMap((file) => file.imports.map(({ path }) => path)));
  return [...paths].flatMap((path) => pkg.imported(path) ?? []);
}

/** A function that keeps what it is given. */
interface Keeper {
  readonly decl: FuncDecl;
  readonly params: ReadonlySet<number>;
  readonly undo: Registration['undo'];
}

const keepers = new WeakMap<GoPackage, readonly Keeper[]>();

function keepersOf(pkg: GoPackage): readonly Keeper[] {
  const known = keepers.get(pkg);
  if (known) return known;
  const found = pkg.funcDecls.flatMap((decl): readonly Keeper[] => {
    if (!isRegistrationName(decl.name.name)) return [];
    const params = storedParams(pkg, decl);
    return params.size > 0 ? [{ decl, params, undo: undoOf(pkg, decl) ?? { kind: 'none' } }] : [];
  });
  keepers.set(pkg, found);
  return found;
}

function registrationAt(
  pkg: GoPackage,
  call: CallExpr,
  keeper: FuncDecl,
  params: ReadonlySet<number>,
  undo: Registration['undo'],
): Registration | undefined {
  const { func, inner } = pkg.enclosing(call);
  const inside = inner ?? func;
  if (!inside) return undefined;
  const kept = call.args.find(
    (arg, at): arg is FuncLit | Ident => params.has(at) && (arg.kind === 'FuncLit' || isLocalChannel(pkg, arg)),
  );
  return kept && { call, keeper, kept, inside, undo };
}

function isLocalChannel(pkg: GoPackage, arg: Expr): boolean {
  const binding = arg.kind === 'Ident' ? pkg.bindingOf(arg) : undefined;
  return binding?.kind === 'var' && !binding.global && pkg.underlying(pkg.typeOfBinding(binding)).kind === 'chan';
}

/** Positions of the parameters that the body stores where they stay. */
function storedParams(pkg: GoPackage, keeper: FuncDecl): ReadonlySet<number> {
  const stored = new Set<number>();
  const names = keeper.type.params.flatMap((param) => param.names);
  const body = keeper.body;
  if (!body) return stored;
  walk(body, (node) => {
    if (node.kind !== 'Ident' || !isStored(pkg, node)) return;
    const binding = pkg.bindingOf(node);
    const at = binding?.ident ? names.indexOf(binding.ident) : -1;
    if (at >= 0) stored.add(at);
  });
  return stored;
}

/**
 * `x.m[k] = p`, `x.s = append(x.s, p)`, or `p` in a composite literal. Not `x.f = p`: assumed that there is one at a time,
 * and that it goes when the next comes.
 */
function isStored(pkg: GoPackage, use: Ident): boolean {
  const parent = pkg.parentOf(use);
  if (parent?.kind === 'KeyValueExpr') return parent.value === use;
  if (parent?.kind === 'CompositeLit') return true;
  if (parent?.kind === 'IndexExpr') return parent.indices.includes(use) && isAssigned(pkg, parent);
  if (parent?.kind === 'AssignStmt')
    return parent.rhs.includes(use) && parent.lhs.some((each) => each.kind === 'IndexExpr');
  if (parent?.kind !== 'CallExpr') return false;
  const callee = pkg.calleeOf(parent);
  return callee.kind === 'builtin' && callee.name === 'append';
}

function isAssigned(pkg: GoPackage, target: Expr): boolean {
  const parent = pkg.parentOf(target);
  return parent?.kind === 'AssignStmt' && parent.lhs.includes(target);
}

function undoOf(pkg: GoPackage, keeper: FuncDecl): Registration['undo'] | undefined {
  const result = keeper.type.results[0];
  const type = result && pkg.typeOfTypeExpr(result.type);
  if (type && pkg.underlying(type).kind === 'func') return { kind: 'result-func' };
  const method = type && undoMethod(pkg, type);
  if (method) return { kind: 'result-method', name: method };
  const owner = keeper.recv && pkg.typeInfoOf(pkg.typeOfTypeExpr(keeper.recv.type));
  for (const name of owner?.methods.keys() ?? []) {
    if (isCounterpart(keeper.name.name, name)) return { kind: 'counterpart', name };
  }
  return undefined;
}

function undoMethod(pkg: GoPackage, type: GoType): string | undefined {
  const names = [...(pkg.typeInfoOf(type)?.methods.keys() ?? [])];
  return names.find((name) => /^(Unsubscribe|Close|Cancel|Stop|Unregister)$/i.test(name));
}

/** `Subscribe` and `Unsubscribe`, `AddListener` and `RemoveListener`, `Register` and `Deregister`. */
function isCounterpart(registers: string, undoes: string): boolean {
  if (!isUndoName(undoes) || /^(stop|close|cancel)/i.test(undoes)) return false;
  const noun = registers.replace(/^(subscribe|add|register|attach|watch|observe|on|notify|listen)/i, '').toLowerCase();
  const other = undoes
    .replace(/^(unsubscribe|remove|unregister|deregister|detach|unwatch|unobserve|unlisten|off|delete|forget)/i, '')
    .toLowerCase();
  return noun === other || noun === `${other}s` || other === '';
}

/** Variables of `inside` (and of the functions around it) that the kept literal captures. */
export function capturedVariables(pkg: GoPackage, lit: FuncLit): ReadonlySet<Binding> {
  const captured = new Set<Binding>();
  walk(lit.body, (node) => {
    const binding = node.kind === 'Ident' ? pkg.bindingOf(node) : undefined;
    if (
      binding &&
      !binding.global &&
      binding.ident &&
      (binding.kind === 'var' || binding.kind === 'param') &&
      !isInside(binding.ident, lit)
    )
      captured.add(binding);
  });
  return captured;
}

export function isInside(inner: Node, outer: Node): boolean {
  return outer.range.start <= inner.range.start && inner.range.end <= outer.range.end;
}

/** Where the undo of a registration is reached from: uses of its result, or calls of the counterpart in the function. */
export interface UndoUses {
  /** The variable that holds the result. */
  readonly variable?: Binding;
  /** The result is dropped: an expression statement, or assigned to `_`. */
  readonly dropped: boolean;
  /** The result goes somewhere that is not judged. */
  readonly escapes: boolean;
}

export function resultOf(pkg: GoPackage, call: CallExpr): UndoUses {
  const parent = pkg.parentOf(call);
  if (parent?.kind === 'ExprStmt') return { dropped: true, escapes: false };
  if (parent?.kind !== 'AssignStmt' || parent.rhs.length !== 1) return { dropped: false, escapes: true };
  const target = parent.lhs[0] && unparen(parent.lhs[0]);
  if (target?.kind !== 'Ident') return { dropped: false, escapes: true };
  if (target.name === '_') return { dropped: true, escapes: false };
  const variable = pkg.bindingOf(target);
  return variable ? { variable, dropped: false, escapes: false } : { dropped: false, escapes: true };
}

/** Some method that is named like an undo is called in the function, nested literals included. */
export function hasCounterpartCall(registration: Registration): boolean {
  const body = registration.inside.body;
  let found = false;
  if (!body) return true;
  walk(body, (node) => {
    if (node.kind !== 'CallExpr' || node === registration.call) return !found;
    const fun = unparen(node.fun);
    const name = fun.kind === 'SelectorExpr' ? fun.sel.name : '';
    if (/^(unsub|unregister|deregister|remove|detach|unwatch|off$)/i.test(name)) found = true;
    return !found;
  });
  return found;
}
