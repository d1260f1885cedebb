/** Calls of other packages: answered by library knowledge, by a model, or not seen at all. */
import type { CallExpr, FuncDecl } from '../../go/ast.ts';
import type { Callee } from '../../go/package.ts';
import { isNamed } from '../../go/types.ts';
import type { CodeRef, Hint, Slot } from '../ir.ts';
import { writesArguments } from '../unseen-writes.ts';
import { atomicCall } from './atomic-calls.ts';
import { pathToExternal } from './embedding.ts';
import { lowerExpr, lowerValue } from './expressions.ts';
import type { FunctionLowering } from './function-lowering.ts';
import { callbackOf } from './library/callbacks.ts';
import { type Emission, type Emit, emitTo, operand, unknown, unknownResults } from './library/emission.ts';
import { emitLength, type LengthKind, lengthOfFunction, lengthOfMethod } from './library/lengths.ts';
import { observes } from './library/observers.ts';
import { libraryOperation } from './library/operations.ts';
import { endingByName } from './library/process-operations.ts';
import { isInterfaceOfUsers, isPureFunction, isPureMethod } from './library/pure.ts';
import { emitStart, startsArgument } from './library/starters.ts';
import { PackageLowering } from './package-lowering.ts';
import { argumentsFor, conversion, type PreparedCall, resultHints } from './prepared-call.ts';
import { resolveNamed } from './value-types.ts';

export function external(
  f: FunctionLowering,
  call: CallExpr,
  path: string,
  name: string,
  wanted: number,
): PreparedCall {
  const hints = resultHints(f, call, wanted);
  const full = `${path}.${name}`;
  if (path === 'unsafe' && name === 'Pointer') return conversion(f, call);
  const atomic = path === 'sync/atomic' ? atomicCall(f, call, name, hints) : undefined;
  if (atomic) return atomic;
  const op = libraryOperation(path, name) ?? endingByName(name);
  if (op)
    return { kind: 'emit', name: full, operands: call.args.map((arg) => lowerValue(f, arg)), hints, emit: op.emit };
  const model = f.lowering.models.functionOf(path, name);
  if (model) return modelCall(f, call, model, f.lowering.models.declarationOf(path, name), [], hints);
  const callback = callbackOf(path, name);
  const operands = call.args.map((arg) => lowerValue(f, arg));
  if (callback !== undefined) return { kind: 'emit', name: full, operands, hints, emit: (e) => callBack(e, callback) };
  const length = lengthOfFunction(full);
  if (length !== undefined && isMeasured(f, call, length)) return measured(full, operands, hints, length, 0);
  if (isPureFunction(path, name) || isObserved(f, call, path, undefined, name)) return pure(full, operands, hints);
  if (startsArgument(f.pkg, call, name)) return { kind: 'emit', name: full, operands, hints, emit: emitStart };
  return unseen(f, call, full, operands, hints);
}

export function externalMethod(
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
  const op = libraryOperation(path, `${type}.${name}`) ?? endingByName(name);
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
  const length = lengthOfFunction(full) ?? (call.args.length === 0 ? lengthOfMethod(name) : undefined);
  if (length !== undefined && hints.length === 1)
    return measured(full, operands, hints, length, call.args.length === 0 ? 0 : 1);
  if (isPureMethod(path, type, name) || isObserved(f, call, path, type, name)) return pure(full, operands, hints);
  if (isInterfaceOfUsers(path, type)) return { kind: 'call', callee: { kind: 'method', name }, args: operands, hints };
  return unseen(f, call, full, operands, hints, 1);
}

/** A call whose result has a length that is in sight. */
function measured(
  name: string,
  operands: readonly Slot[],
  hints: readonly Hint[],
  kind: LengthKind,
  at: number,
): PreparedCall {
  return { kind: 'emit', name, operands, hints, emit: (e) => [emitLength(e, kind, at)] };
}

/** Who collects the values of an iterator has as many as that gives: only of keys and lists that is known. */
function isMeasured(f: FunctionLowering, call: CallExpr, kind: LengthKind): boolean {
  const [arg] = call.args;
  if (kind !== 'same' || arg === undefined) return kind !== 'same';
  const type = resolveNamed(f.pkg, f.pkg.typeOf(arg));
  if (type.kind === 'slice') return true;
  const callee = arg.kind === 'CallExpr' ? f.pkg.calleeOf(arg) : undefined;
  return callee?.kind === 'external' && lengthOfFunction(`${callee.path}.${callee.name}`) !== undefined;
}

/** A call that keeps and starts nothing; it may write to what its arguments lead to. */
function pure(name: string, operands: readonly Slot[], hints: readonly Hint[]): PreparedCall {
  return { kind: 'emit', name, operands, hints, emit: writesArguments(name) ? overwriteAll : unknownResults };
}

/** A function among the arguments may be called. */
function isObserved(
  f: FunctionLowering,
  call: CallExpr,
  path: string,
  type: string | undefined,
  name: string,
): boolean {
  return observes(path, type, name) && !call.args.some((arg) => resolveNamed(f.pkg, f.pkg.typeOf(arg)).kind === 'func');
}

function overwriteAll(e: Emission): readonly Slot[] {
  for (const src of e.operands) e.b.emit({ op: 'overwrite', src }, e.site);
  return unknownResults(e);
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

/** A call of unseen code: what it gets escapes, apart from contexts, which only their owner can cancel. */
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
