/** Calls: which body runs, its frame, and what a callee that cannot be seen gets and gives. */
import type { Callable, Code, Hint, Slot } from '../ir.ts';
import { callBack, calledHere } from './callbacks.ts';
import { escapeValue } from './escape.ts';
import { overwrite, writerOf } from './overwrite.ts';
import { undoByCall } from './registrations.ts';
import type { Run } from './run.ts';
import { type Frame, objectAt, ownTop, type Process, type Target } from './state.ts';
import { resolve } from './symbolic.ts';
import { isRef, newSymbol, type Ref, type Value } from './value.ts';

/** The same function may stand this often on one stack; beyond, a call counts as one that cannot be seen. */
const MAX_RECURSION = 3;

interface FrameOptions {
  readonly returnTo: readonly Slot[];
  readonly role: Frame['role'];
  readonly once?: Ref;
}

/** Finds the callee of a call among what is known now. */
export function findTarget(run: Run, callee: Callable, slots: readonly Value[], args: readonly Value[]): Target {
  if (callee.kind === 'static') return { code: callee.code, args };
  if (callee.kind === 'value') return functionTarget(run, slots[callee.slot] ?? null, args);
  const receiver = resolve(run.state, args[0] ?? null);
  const object = isRef(receiver) ? objectAt(run.state, receiver) : undefined;
  const typeName = object?.kind === 'struct' ? object.shape?.typeName : undefined;
  const code = typeName === undefined ? undefined : run.machine.program.method(typeName, callee.name);
  return code === undefined ? { args, method: callee.name } : { code, args };
}

/** A call of a function value. */
export function functionTarget(run: Run, fn: Value, args: readonly Value[]): Target {
  const known = resolve(run.state, fn);
  const object = isRef(known) ? objectAt(run.state, known) : undefined;
  if (object?.kind !== 'closure') return { args, callee: known };
  return {
    code: object.code,
    args: object.captures.length === 0 ? args : [...object.captures, ...args],
    callee: known,
  };
}

/** The body to run, unless it cannot be seen or the stack is too deep. */
export function visibleBody(run: Run, process: Process, target: Target): Code | undefined {
  if (target.code === undefined || process.frames.length >= run.machine.budget.callDepth) return undefined;
  let same = 0;
  for (const frame of process.frames) if (frame.code.ref === target.code) same += 1;
  return same >= MAX_RECURSION ? undefined : target.code.resolve();
}

/** A call of what cannot be seen: its arguments are known outside from now on, and it may write to what they lead to. */
export function escapeArguments(run: Run, target: Target, except: readonly Value[] = []): void {
  undoByCall(run.state, target);
  const writer = writerOf(target);
  for (const value of target.args) {
    if (except.includes(value)) continue;
    escapeValue(run.state, value, 'argument');
    if (writer !== undefined) overwrite(run.state, value, writer);
  }
  if (target.callee !== undefined) escapeValue(run.state, target.callee, 'argument');
}

export function newFrame(run: Run, code: Code, args: readonly Value[], options: FrameOptions): Frame {
  run.machine.entered.add(code.ref.whole ?? code.ref);
  const slots = new Array<Value>(code.slotCount).fill(null);
  const count = Math.min(args.length, code.captureCount + code.paramCount);
  for (let slot = 0; slot < count; slot += 1) slots[slot] = args[slot] ?? null;
  return {
    epoch: run.state.epoch,
    code,
    pc: 0,
    slots,
    defers: undefined,
    mode: 'run',
    results: [],
    panic: undefined,
    returnTo: options.returnTo,
    role: options.role,
    once: options.once,
  };
}

/** Calls: pushes a frame, or gives the results that a callee that cannot be seen may have. */
export function call(
  run: Run,
  process: Process,
  target: Target,
  dst: readonly Slot[],
  hints: readonly Hint[],
  contexts: readonly Value[],
): void {
  const caller = ownTop(run.state, process);
  const code = visibleBody(run, process, target);
  const site = caller.code.sites[caller.pc] ?? caller.code.ref.site;
  caller.pc += 1;
  if (code === undefined) {
    escapeArguments(run, target, calledHere(run, target));
    const results = dst.map((_, at) => newSymbol(hints[at] ?? 'any'));
    dst.forEach((slot, at) => {
      caller.slots[slot] = results[at] ?? null;
    });
    if (target.code?.resolve() === undefined)
      callBack(run, process, target, site, { results, contexts, registrar: caller.code });
    return;
  }
  for (const slot of dst) caller.slots[slot] = null;
  process.frames.push(newFrame(run, code, target.args, { returnTo: dst, role: 'call' }));
}
