/** Calls: whom they reach decides whether they are inlined, answered by library knowledge, or unseen. */
import type { CallExpr, Expr, FuncDecl } from '../../go/ast.ts';
import type { Callee, GoPackage } from '../../go/package.ts';
import type { GoType } from '../../go/types.ts';
import type { Site, Slot } from '../ir.ts';
import { builtinCall } from './builtins.ts';
import { unparen } from './captures.ts';
import { pathToMethod } from './embedding.ts';
import { lowerExpr, lowerValue } from './expressions.ts';
import { external, externalMethod } from './external-calls.ts';
import type { FunctionLowering } from './function-lowering.ts';
import { type Emission, thunk, unknownResults } from './library/emission.ts';
import { emitLength, lengthOfMethod } from './library/lengths.ts';
import { observes } from './library/observers.ts';
import { libraryOperation } from './library/operations.ts';
import { endingByName } from './library/process-operations.ts';
import { functionName, PackageLowering } from './package-lowering.ts';
import { argumentsFor, conversion, type PreparedCall, resultHints } from './prepared-call.ts';
import { resolveNamed } from './value-types.ts';

/** Lowers a call and gives `wanted` results (more when the callee has more). */
export function lowerCall(f: FunctionLowering, call: CallExpr, wanted: number): readonly Slot[] {
  const site = f.site(call);
  const prepared = prepareCall(f, call, wanted);
  if (prepared.kind === 'emit') return prepared.emit(emission(f, prepared, site));
  const dst = prepared.hints.map(() => f.b.slot());
  const contexts = prepared.contexts === undefined ? {} : { contexts: prepared.contexts };
  f.b.emit(
    { op: 'call', dst, callee: prepared.callee, args: prepared.args, resultHints: prepared.hints, ...contexts },
    site,
  );
  return dst;
}

/** `go f(x)` and `defer f(x)`: operands are evaluated now, the call comes later. */
export function lowerSpawn(f: FunctionLowering, call: CallExpr, op: 'go' | 'defer', site: Site): void {
  const prepared = prepareCall(f, call, 0);
  if (prepared.kind === 'call') {
    f.b.emit({ op, callee: prepared.callee, args: prepared.args }, site);
    return;
  }
  const from = { site: f.site(call), hints: prepared.hints, newTimers: newTimers(f) };
  const code = thunk(f.lowering, prepared.name, from, { captures: 0, params: prepared.operands.length }, (e) => {
    prepared.emit(e);
    return [];
  });
  f.b.emit({ op, callee: { kind: 'static', code }, args: prepared.operands }, site);
}

function emission(f: FunctionLowering, prepared: PreparedCall & { readonly kind: 'emit' }, site: Site): Emission {
  return {
    b: f.b,
    codes: f.lowering,
    operands: prepared.operands,
    site,
    hints: prepared.hints,
    newTimers: newTimers(f),
  };
}

/** Go 1.23 changed timers; an unknown version counts as the newest. */
function newTimers(f: FunctionLowering): boolean {
  const version = f.pkg.goVersion;
  return !version || version.major > 1 || version.minor >= 23;
}

function prepareCall(f: FunctionLowering, call: CallExpr, wanted: number): PreparedCall {
  const callee = f.pkg.calleeOf(call);
  switch (callee.kind) {
    case 'builtin':
      return builtinCall(f, call, callee.name);
    case 'conversion':
      return conversion(f, call);
    case 'func':
      return isFollowed(f, callee)
        ? declared(f, call, callee.decl, [])
        : external(f, call, callee.home?.path ?? '', callee.decl.name.name, wanted);
    case 'method':
      return isFollowed(f, callee)
        ? method(f, call, callee.decl, callee.recv)
        : externalMethod(f, call, externalOf(callee), wanted);
    case 'external':
      return external(f, call, callee.path, callee.name, wanted);
    case 'externalMethod':
      return externalMethod(f, call, callee, wanted);
    case 'lit':
    case 'dynamic':
    case 'unknown':
      return dynamic(f, call, wanted);
  }
}

type Declared = Callee & { readonly kind: 'func' | 'method' };

/** Functions of other packages are followed where they may play a part; those that a model speaks for are not. */
function isFollowed(f: FunctionLowering, { home, decl, kind }: Declared): boolean {
  if (!home) return true;
  const name = kind === 'method' ? `${receiverName(decl)}.${decl.name.name}` : decl.name.name;
  if (libraryOperation(home.path, name) || f.lowering.models.declarationOf(home.path, name)) return false;
  return f.lowering.program.follows(home.pkg, decl);
}

function externalOf({ decl, recv, home }: Callee & { readonly kind: 'method' }) {
  const { name } = decl.name;
  return { kind: 'externalMethod', path: home?.path ?? '', type: receiverName(decl), name, recv } as const;
}

function receiverName(decl: FuncDecl): string {
  return functionName(decl).replace(/^\(\*(.*)\)\..*$|^([^.]*)\..*$/, '$1$2');
}

function declared(f: FunctionLowering, call: CallExpr, decl: FuncDecl, receiver: readonly Slot[]): PreparedCall {
  const { params, results } = decl.type;
  const count = PackageLowering.resultCount(params);
  const variadic = params[params.length - 1]?.type.kind === 'Ellipsis';
  const args = argumentsFor(f, call, count, variadic);
  const code = f.lowering.codeOf(decl);
  return {
    kind: 'call',
    callee: { kind: 'static', code },
    args: [...receiver, ...args],
    hints: f.lowering.homeOf(decl).resultHints(results),
  };
}

export function method(f: FunctionLowering, call: CallExpr, decl: FuncDecl, recv: Expr): PreparedCall {
  const site = f.site(call);
  const x = unparen(recv);
  // A method expression `T.M(x)`: the receiver is the first argument.
  const base = x.kind === 'StarExpr' ? unparen(x.x) : x;
  if (base.kind === 'Ident' && f.pkg.bindingOf(base)?.kind === 'type') {
    const args = call.args.map((arg) => lowerValue(f, arg));
    const code = f.lowering.codeOf(decl);
    const hints = f.lowering.homeOf(decl).resultHints(decl.type.results);
    return { kind: 'call', callee: { kind: 'static', code }, args, hints };
  }
  const receiver = f.follow(lowerExpr(f, recv), pathToMethod(f.pkg, f.pkg.typeOf(recv), decl), site);
  return declared(f, call, decl, [receiver]);
}

/** A call through a function value, or of a method that only the dynamic type of the receiver shows. */
function dynamic(f: FunctionLowering, call: CallExpr, wanted: number): PreparedCall {
  const fun = unparen(call.fun);
  const hints = resultHints(f, call, wanted);
  const type = resolveNamed(f.pkg, f.pkg.typeOf(fun));
  if (fun.kind === 'SelectorExpr' && !f.pkg.selectedField(fun) && !isPackage(f, fun.x)) {
    const receiver = lowerExpr(f, fun.x);
    const args = dynamicArguments(f, call, type);
    const ending = endingByName(fun.sel.name);
    if (ending && !isDeclared(f, fun.sel.name))
      return { kind: 'emit', name: fun.sel.name, operands: [receiver, ...args], hints, emit: ending.emit };
    const name = fun.sel.name;
    if (!isDeclared(f, name) && isLooker(f, call, fun.x, name))
      return { kind: 'emit', name, operands: [receiver, ...args], hints, emit: unknownResults };
    const length = args.length === 0 && !isDeclared(f, name) ? lengthOfMethod(name) : undefined;
    if (length !== undefined && wanted === 1)
      return { kind: 'emit', name, operands: [receiver], hints, emit: (e) => [emitLength(e, length, 0)] };
    return { kind: 'call', callee: { kind: 'method', name }, args: [receiver, ...args], hints };
  }
  const slot = lowerExpr(f, fun);
  return { kind: 'call', callee: { kind: 'value', slot }, args: dynamicArguments(f, call, type), hints };
}

/** A method of an interface whose name, or that of the variable, says that it logs or measures: `s.logger.Info("x", v)`. */
function isLooker(f: FunctionLowering, call: CallExpr, receiver: Expr, method: string): boolean {
  if (call.args.some((arg) => resolveNamed(f.pkg, f.pkg.typeOf(arg)).kind === 'func')) return false;
  const type = f.pkg.typeOf(receiver);
  const base = type.kind === 'pointer' ? type.elem : type;
  if (base.kind === 'named' && observes(base.path, base.name, method)) return true;
  const x = unparen(receiver);
  if (x.kind === 'CallExpr') return x.fun.kind === 'SelectorExpr' && isLooker(f, call, x.fun.x, method);
  const name = x.kind === 'Ident' ? x.name : x.kind === 'SelectorExpr' ? x.sel.name : '';
  return observes('', name, method);
}

/** Whether a type of the package has such a method: what it does can be seen. */
function isDeclared({ pkg }: FunctionLowering, name: string): boolean {
  let names = methodNames.get(pkg);
  if (!names) {
    names = new Set(
      pkg.funcDecls.flatMap((decl) => ((decl.isMethod ?? decl.recv !== undefined) ? [decl.name.name] : [])),
    );
    methodNames.set(pkg, names);
  }
  return names.has(name);
}

const methodNames = new WeakMap<GoPackage, ReadonlySet<string>>();

function dynamicArguments(f: FunctionLowering, call: CallExpr, type: GoType): readonly Slot[] {
  if (type.kind === 'func') return argumentsFor(f, call, type.params.length, type.variadic);
  return call.args.map((arg) => lowerValue(f, arg));
}

function isPackage(f: FunctionLowering, expr: Expr): boolean {
  return expr.kind === 'Ident' && f.pkg.bindingOf(expr)?.kind === 'package';
}
