/** Calls, returns, deferred calls, panics: how frames come and go, in Go's order. */
import type { Callable, Code, CodeRef, Hint, Site, Slot } from '../ir.ts';
import { callBack, calledHere } from './callbacks.ts';
import { escapeValue } from './make.ts';
import { overwrite, writerOf } from './overwrite.ts';
import { undoByCall } from './registrations.ts';
import { cutPath, type Run } from './run.ts';
import {
  type Frame,
  type Mode,
  objectAt,
  ownObject,
  ownTop,
  type Panic,
  type Process,
  type State,
  type Target,
  topOf,
} from './state.ts';
import { resolve } from './symbolic.ts';
import { callersOf, record, siteOf } from './trace.ts';
import { twinsIn } from './twins.ts';
import { isRef, newSymbol, type Ref, type Value } from './value.ts';

/** The same function may stand this often on one stack; beyond, a call counts as one that cannot be seen. */
const MAX_RECURSION = 3;

/**
 * A tree of goroutines that start themselves again is followed to this depth once so many of them run: paths with more are
 * not followed. One that only ever has one successor comes back to a state that is known.
 */
const MAX_SELF_STARTS = 1;
const MAX_SIBLINGS = 2;

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

/**
 * Starts a process; undefined when its body cannot be seen or the path is given up. Beyond the budget a process is
 * parked: it never gets its turn (as a scheduler may decide), but what it holds stays in use, so nobody is called stuck
 * who waits for it. Of parked processes that hold the same, one is enough.
 */
export function startProcess(
  run: Run,
  target: Target,
  start: Site | undefined,
  ref: CodeRef,
  starter?: Process,
): Process | undefined {
  const code = ref.resolve();
  if (code === undefined) return undefined;
  const { state, machine } = run;
  const recursion = recursionOf(starter, ref);
  if (recursion > MAX_SELF_STARTS && siblings(state, ref) >= MAX_SIBLINGS) {
    cutPath(run, 'depth', 'goroutines that start themselves again');
    return undefined;
  }
  const parked = state.processes.length >= machine.budget.processes;
  const reason = `more than ${machine.budget.processes} goroutines`;
  if (parked) machine.cut ??= { exhausted: 'depth', reason };
  if (state.processes.length >= 2 * machine.budget.processes) {
    cutPath(run, 'depth', reason);
    return undefined;
  }
  const frame = newFrame(run, code, target.args, { returnTo: [], role: 'start' });
  const process: Process = {
    epoch: state.epoch,
    id: state.nextProcess,
    code: ref,
    start,
    recursion,
    frames: [frame],
    waiting: parked ? 'spin' : 'no',
    callback: undefined,
  };
  state.nextProcess += 1;
  if (!parked || !isParkedAlready(state.processes, process)) state.processes.push(process);
  return process;
}

function recursionOf(starter: Process | undefined, ref: CodeRef): number {
  if (starter === undefined) return 0;
  return starter.recursion + Number(starter.frames.some(({ code }) => wholeOf(code.ref) === wholeOf(ref)));
}

function siblings({ processes }: State, ref: CodeRef): number {
  return processes.filter(({ code }) => wholeOf(code) === wholeOf(ref)).length;
}

function wholeOf(ref: CodeRef): CodeRef {
  return ref.whole ?? ref;
}

function isParkedAlready(processes: readonly Process[], process: Process): boolean {
  return twinsIn([...processes.filter((each) => each.waiting === 'spin'), process]).some((twin, at) => twin !== at);
}

/** `return values`: deferred functions run first, then the frame goes. */
export function leave(run: Run, process: Process, frame: Frame, values: readonly Value[]): void {
  const named = frame.code.namedResults;
  if (named !== undefined && values.length > 0)
    for (const [at, slot] of named.entries()) setResult(run, frame, slot, at, values[at] ?? null);
  frame.results = named === undefined ? values : [];
  frame.mode = 'return';
  unwind(run, process);
}

function setResult(run: Run, frame: Frame, slot: Slot, at: number, value: Value): void {
  const held = frame.slots[slot] ?? null;
  const cell = frame.code.resultCells?.has(at) === true && isRef(held) ? ownObject(run.state, held, 'cell') : undefined;
  if (cell !== undefined) cell.value = value;
  else frame.slots[slot] = value;
}

function resultsOf(run: Run, frame: Frame): readonly Value[] {
  const named = frame.code.namedResults;
  if (named === undefined) return frame.results;
  return named.map((slot, at) => {
    const value = frame.slots[slot] ?? null;
    if (frame.code.resultCells?.has(at) !== true || !isRef(value)) return value;
    const cell = objectAt(run.state, value);
    return cell?.kind === 'cell' ? cell.value : value;
  });
}

/** A panic starts in the innermost frame. */
export function raise(run: Run, process: Process, value: Value, misuse?: Pick<Panic, 'kind' | 'object'>): void {
  const frame = ownTop(run.state, process);
  frame.panic = { value, ...misuse, site: siteOf(process), callers: callersOf(process) };
  frame.mode = 'panic';
  record(run.state, process, { kind: 'panic' });
  unwind(run, process);
}

export function startGoexit(run: Run, process: Process): void {
  ownTop(run.state, process).mode = 'goexit';
  unwind(run, process);
}

/**
 * Goes on with a frame that is on its way out: the next deferred call, or the end of the frame. Stops as soon as there
 * is an instruction to run again, or the process is over.
 */
export function unwind(run: Run, process: Process): void {
  while (process.frames.length > 0) {
    const frame = ownTop(run.state, process);
    if (frame.mode === 'run') return;
    const deferred = frame.defers;
    if (deferred !== undefined) {
      frame.defers = deferred.next;
      if (pushDeferred(run, process, deferred.target)) return;
      continue;
    }
    process.frames.pop();
    endOnce(run, frame);
    if (process.frames.length === 0) endProcess(run, process, frame);
    else handOver(run, process, frame);
  }
}

function pushDeferred(run: Run, process: Process, target: Target): boolean {
  const code = visibleBody(run, process, target);
  if (code === undefined) {
    escapeArguments(run, target);
    return false;
  }
  process.frames.push(newFrame(run, code, target.args, { returnTo: [], role: 'defer' }));
  return true;
}

/** What the end of a frame means for the one below. */
function handOver(run: Run, process: Process, ended: Frame): void {
  const caller = ownTop(run.state, process);
  if (ended.mode === 'return') {
    if (ended.role !== 'call') return;
    const results = resultsOf(run, ended);
    ended.returnTo.forEach((slot, at) => {
      caller.slots[slot] = results[at] ?? null;
    });
    return;
  }
  // A new panic replaces one under way; Goexit is not stopped by either.
  caller.panic = ended.panic;
  caller.mode = ended.mode;
}

function endOnce(run: Run, frame: Frame): void {
  const once = frame.once === undefined ? undefined : ownObject(run.state, frame.once, 'once');
  if (once !== undefined) once.phase = 'done';
}

function endProcess(run: Run, process: Process, last: Frame): void {
  const { state } = run;
  // What the entry returns is the caller's, and nobody sees the caller.
  if (process.id === 0 && last.mode === 'return') {
    for (const value of resultsOf(run, last)) escapeValue(state, value, 'returned');
  }
  record(
    state,
    process,
    { kind: last.mode === 'panic' ? 'panic' : 'end' },
    last.code.sites[last.pc] ?? last.code.ref.site,
  );
  state.processes = state.processes.filter((other) => other.id !== process.id);
  if (last.mode !== 'panic' || last.panic === undefined) return;
  state.over = true;
  state.crash = { process, panic: last.panic };
}

/** `recover()`: the panic under way when called by a deferred function itself, else nil. */
export function recoverPanic(run: Run, process: Process): Value {
  const depth = process.frames.length;
  const below = process.frames[depth - 2];
  if (topOf(process).role !== 'defer' || below === undefined || below.mode !== 'panic') return null;
  const own: Frame =
    below.epoch === run.state.epoch ? below : { ...below, epoch: run.state.epoch, slots: below.slots.slice() };
  process.frames[depth - 2] = own;
  const value = own.panic?.value ?? null;
  own.mode = 'return' satisfies Mode;
  own.panic = undefined;
  own.results = [];
  return value;
}
