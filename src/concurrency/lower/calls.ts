/** Calls: whom they reach decides whether they are inlined, answered by library knowledge, or unseen. */
import type { CallExpr, Expr, FuncDecl } from '../../go/ast.ts';
import type { Callee } from '../../go/package.ts';
import { type GoType, isNamed, unknownType } from '../../go/types.ts';
import type { Callable, CodeRef, Hint, Site, Slot } from '../ir.ts';
import { atomicCall } from './atomic-calls.ts';
import { builtinCall } from './builtins.ts';
import { unparen } from './captures.ts';
import { pathToExternal, pathToMethod } from './embedding.ts';
import { lowerExpr, lowerValue, lowerValues } from './expressions.ts';
import type { FunctionLowering } from './function-lowering.ts';
import { callbackOf } from './library/callbacks.ts';
import { type Emission, type Emit, emitTo, operand, thunk, unknown, unknownResults } from './library/emission.ts';
import { libraryOperation } from './library/operations.ts';
import { isInterfaceOfUsers, isPureFunction, isPureMethod } from './library/pure.ts';
import { emitStart, startsArgument } from './library/starters.ts';
import { PackageLowering } from './package-lowering.ts';
import { resolveNamed } from './value-types.ts';

/** A call whose operands are evaluated. */
export type PreparedCall =
  | {
      readonly kind: 'call';
      readonly callee: Callable;
      readonly args: readonly Slot[];
      readonly hints: readonly Hint[];
      readonly contexts?: readonly Slot[];
    }
  | {
      readonly kind: 'emit';
      readonly name: string;
      readonly operands: readonly Slot[];
      readonly hints: readonly Hint[];
      readonly emit: Emit;
    };

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
      return declared(f, call, callee.decl, []);
    case 'method':
      return method(f, call, callee.decl, callee.recv);
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

function conversion(f: FunctionLowering, call: CallExpr): PreparedCall {
  const [arg] = call.args;
  const target = resolveNamed(f.pkg, f.pkg.typeOf(call));
  if (arg && target.kind === 'basic' && target.name === 'uintptr' && f.pkg.constantOf(arg) === undefined) {
    // The number of an address.
    lowerExpr(f, arg);
    return { kind: 'emit', name: 'conversion', operands: [], hints: ['int'], emit: unknownResults };
  }
  const value = arg ? lowerValue(f, arg) : f.b.constant(null, f.site(call));
  return { kind: 'emit', name: 'conversion', operands: [value], hints: [], emit: (e) => [operand(e, 0)] };
}

/** Arguments for a declared signature: `f(g())` is spread, variadic arguments become a list. */
function argumentsFor(f: FunctionLowering, call: CallExpr, paramCount: number, variadic: boolean): readonly Slot[] {
  const fixed = variadic ? paramCount - 1 : paramCount;
  const spread = call.args.length === 1 && paramCount > 1;
  const values = spread
    ? lowerValues(f, call.args, Math.max(paramCount, 2))
    : call.args.map((arg) => lowerValue(f, arg));
  if (!variadic || call.ellipsis) return values;
  const site = f.site(call);
  const rest = values.slice(fixed);
  if (rest.length === 0) return [...values, f.b.constant(null, site)];
  const list = f.b.slot();
  f.b.emit({ op: 'new', dst: list, object: { kind: 'list', map: false } }, site);
  f.b.emit({ op: 'append', dst: list, list, values: rest }, site);
  return [...values.slice(0, fixed), list];
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
    hints: f.lowering.resultHints(results),
  };
}

function method(f: FunctionLowering, call: CallExpr, decl: FuncDecl, recv: Expr): PreparedCall {
  const site = f.site(call);
  const x = unparen(recv);
  // A method expression `T.M(x)`: the receiver is the first argument.
  const base = x.kind === 'StarExpr' ? unparen(x.x) : x;
  if (base.kind === 'Ident' && f.pkg.bindingOf(base)?.kind === 'type') {
    const args = call.args.map((arg) => lowerValue(f, arg));
    const code = f.lowering.codeOf(decl);
    return { kind: 'call', callee: { kind: 'static', code }, args, hints: f.lowering.resultHints(decl.type.results) };
  }
  const receiver = f.follow(lowerExpr(f, recv), pathToMethod(f.pkg, f.pkg.typeOf(recv), decl), site);
  return declared(f, call, decl, [receiver]);
}

function external(f: FunctionLowering, call: CallExpr, path: string, name: string, wanted: number): PreparedCall {
  const hints = resultHints(f, call, wanted);
  const full = `${path}.${name}`;
  if (path === 'unsafe' && name === 'Pointer') return conversion(f, call);
  const atomic = path === 'sync/atomic' ? atomicCall(f, call, name, hints) : undefined;
  if (atomic) return atomic;
  const op = libraryOperation(path, name);
  if (op)
    return { kind: 'emit', name: full, operands: call.args.map((arg) => lowerValue(f, arg)), hints, emit: op.emit };
  const model = f.lowering.models.functionOf(path, name);
  if (model) return modelCall(f, call, model, f.lowering.models.declarationOf(path, name), [], hints);
  const callback = callbackOf(path, name);
  const operands = call.args.map((arg) => lowerValue(f, arg));
  if (callback !== undefined) return { kind: 'emit', name: full, operands, hints, emit: (e) => callBack(e, callback) };
  if (isPureFunction(path, name)) return { kind: 'emit', name: full, operands, hints, emit: unknownResults };
  if (startsArgument(f.pkg, call, name)) return { kind: 'emit', name: full, operands, hints, emit: emitStart };
  return unseen(f, call, full, operands, hints);
}

function externalMethod(
  f: FunctionLowering,
  call: CallExpr,
  callee: Callee & { readonly kind: 'externalMethod' },
  wanted: number,
): PreparedCall {
  const { path, type, name, recv } = callee;
  const hints = resultHints(f, call, wanted);
  const full = `${path}.${type}.${name}`;
  const site = f.site(call);
  const embedded = pathToExternal(f.pkg, f.pkg.typeOf(recv), path, type);
  const receiver = (): Slot => f.follow(lowerExpr(f, recv), embedded, site);
  const op = libraryOperation(path, `${type}.${name}`);
  if (op)
    return {
      kind: 'emit',
      name: full,
      operands: [receiver(), ...call.args.map((arg) => lowerValue(f, arg))],
      hints,
      emit: op.emit,
    };
  const model = f.lowering.models.methodOf(path, type, name);
  if (model)
    return modelCall(f, call, model, f.lowering.models.declarationOf(path, `${type}.${name}`), [receiver()], hints);
  if (isGetter(name, call) && hints.length === 1) return getter(receiver(), name, hints);
  const operands = [receiver(), ...call.args.map((arg) => lowerValue(f, arg))];
  if (isPureMethod(path, type, name)) return { kind: 'emit', name: full, operands, hints, emit: unknownResults };
  if (isInterfaceOfUsers(path, type)) return { kind: 'call', callee: { kind: 'method', name }, args: operands, hints };
  return unseen(f, call, full, operands, hints, 1);
}

/** `x.GetName()`: by convention it gives what `x` holds, the same whenever it is asked. */
function isGetter(name: string, call: CallExpr): boolean {
  return call.args.length === 0 && /^Get[A-Z]/.test(name) && !/Next|Time|Random|Status|State/.test(name);
}

function getter(receiver: Slot, name: string, hints: readonly Hint[]): PreparedCall {
  const emit: Emit = (e) => {
    const hint = hints[0] ?? 'any';
    return [emitTo(e, (dst) => ({ op: 'getField', dst, object: operand(e, 0), field: `${name}()`, hint }))];
  };
  return { kind: 'emit', name, operands: [receiver], hints, emit };
}

function modelCall(
  f: FunctionLowering,
  call: CallExpr,
  code: CodeRef,
  decl: FuncDecl | undefined,
  receiver: readonly Slot[],
  hints: readonly Hint[],
): PreparedCall {
  const params = decl?.type.params ?? [];
  const variadic = params[params.length - 1]?.type.kind === 'Ellipsis';
  const args = argumentsFor(f, call, PackageLowering.resultCount(params), variadic);
  const count = decl ? PackageLowering.resultCount(decl.type.results) : hints.length;
  const results = Array.from({ length: count }, (_, index): Hint => hints[index] ?? 'any');
  return { kind: 'call', callee: { kind: 'static', code }, args: [...receiver, ...args], hints: results };
}

/** A call of code that cannot be seen: what it gets escapes, apart from contexts, which only their owner can cancel. */
function unseen(
  f: FunctionLowering,
  call: CallExpr,
  name: string,
  operands: readonly Slot[],
  hints: readonly Hint[],
  receivers = 0,
): PreparedCall {
  const isContext = (_: Slot, index: number): boolean => {
    const arg = call.args[index - receivers];
    return arg !== undefined && isNamed(f.pkg.typeOf(arg), 'context', 'Context');
  };
  const contexts = operands.filter(isContext);
  const args = operands.filter((slot, index) => !isContext(slot, index));
  const base = { kind: 'call', callee: { kind: 'static', code: f.lowering.external(name) }, args, hints } as const;
  return contexts.length === 0 ? base : { ...base, contexts };
}

/** A call through a function value, or of a method that only the dynamic type of the receiver shows. */
function dynamic(f: FunctionLowering, call: CallExpr, wanted: number): PreparedCall {
  const fun = unparen(call.fun);
  const hints = resultHints(f, call, wanted);
  const type = resolveNamed(f.pkg, f.pkg.typeOf(fun));
  if (fun.kind === 'SelectorExpr' && !f.pkg.fieldOf(fun) && !isPackage(f, fun.x)) {
    const receiver = lowerExpr(f, fun.x);
    const args = dynamicArguments(f, call, type);
    return { kind: 'call', callee: { kind: 'method', name: fun.sel.name }, args: [receiver, ...args], hints };
  }
  const slot = lowerExpr(f, fun);
  return { kind: 'call', callee: { kind: 'value', slot }, args: dynamicArguments(f, call, type), hints };
}

function dynamicArguments(f: FunctionLowering, call: CallExpr, type: GoType): readonly Slot[] {
  if (type.kind === 'func') return argumentsFor(f, call, type.params.length, type.variadic);
  return call.args.map((arg) => lowerValue(f, arg));
}

function isPackage(f: FunctionLowering, expr: Expr): boolean {
  return expr.kind === 'Ident' && f.pkg.bindingOf(expr)?.kind === 'package';
}

/** Hints of the results, at least `wanted` many. */
export function resultHints(f: FunctionLowering, call: CallExpr, wanted: number): readonly Hint[] {
  const type = f.pkg.typeOf(call) ?? unknownType;
  const types = type.kind === 'tuple' ? type.elems : type.kind === 'unknown' ? [] : [type];
  const hints = types.map((each) => f.hint(each));
  while (hints.length < wanted) hints.push('any');
  return hints;
}

/** Calls the callback any number of times, on values that are not known. */
function callBack(e: Emission, index: number): readonly Slot[] {
  const { b, site } = e;
  const [head, body, end] = [b.label(), b.label(), b.label()];
  const [at, more] = [b.slot(), b.slot()];
  const count = unknown(e, 'len');
  b.emit({ op: 'const', dst: at, value: 0 }, site);
  b.place(head);
  b.emit({ op: 'binary', dst: more, operator: '<', x: at, y: count }, site);
  b.branch(more, { yes: body, no: end }, site);
  b.place(body);
  const args = [unknown(e, 'any'), unknown(e, 'any'), unknown(e, 'error')];
  b.emit(
    { op: 'call', dst: [b.slot()], callee: { kind: 'value', slot: operand(e, index) }, args, resultHints: ['any'] },
    site,
  );
  b.emit({ op: 'binary', dst: at, operator: '+', x: at, y: b.constant(1, site) }, site);
  b.jump(head, site);
  b.place(end);
  return unknownResults(e);
}
