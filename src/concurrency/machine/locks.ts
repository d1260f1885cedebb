/** Mutexes, WaitGroups, Conds and Onces. */
import type { Site } from '../ir.ts';
import { escapeArguments, functionTarget, newFrame, visibleBody } from './frames.ts';
import { asObject } from './make.ts';
import type { MutexObject } from './object.ts';
import { interrupted, type Run } from './run.ts';
import { objectAt, ownObject, ownProcess, ownTop, type Process, type State, topOf } from './state.ts';
import type { Step } from './steps.ts';
import { demandInt, resolve } from './symbolic.ts';
import { record, siteOf } from './trace.ts';
import { raise } from './unwinding.ts';
import { isRef, isSymbolic, newSymbol, type Ref, type Value } from './value.ts';

/** The synchronisation object in a slot; undefined for nil and for other things. */
export function refIn(state: State, process: Process, slot: number): Ref | undefined {
  const value = resolve(state, topOf(process).slots[slot] ?? null);
  return isRef(value) ? value : undefined;
}

function mutexAt(state: State, ref: Ref | undefined): MutexObject | undefined {
  const object = ref === undefined ? undefined : objectAt(state, ref);
  return object?.kind === 'mutex' ? object : undefined;
}

/** Whether a mutex can be taken now. A writer in the queue keeps new readers out. */
export function isFree(state: State, ref: Ref, read: boolean): boolean {
  const mutex = mutexAt(state, ref);
  if (mutex === undefined) return true;
  if (mutex.writer) return false;
  return read ? !writerWaits(state, ref) : mutex.readers === 0;
}

function writerWaits(state: State, ref: Ref): boolean {
  return state.processes.some((process) => {
    if (process.waiting !== 'writer') return false;
    const instruction = topOf(process).code.instructions[topOf(process).pc];
    return instruction !== undefined && 'mutex' in instruction && refIn(state, process, instruction.mutex) === ref;
  });
}

export function take(state: State, ref: Ref | undefined, read: boolean, site: Site): void {
  const mutex = ref === undefined ? undefined : ownObject(state, ref, 'mutex');
  if (mutex === undefined) return;
  if (read) mutex.readers += 1;
  else mutex.writer = true;
  mutex.heldAt = site;
}

/** The end of a hold. Letting go of what nobody holds stops the program, unless the outside may have taken it. */
export function release(state: State, ref: Ref | undefined, read: boolean): void {
  const mutex = ref === undefined ? undefined : ownObject(state, ref, 'mutex');
  if (mutex === undefined) return;
  const held = read ? mutex.readers > 0 : mutex.writer;
  if (!held && !mutex.outside && !mutex.escaped) state.over = true;
  // The caller has taken it, and it will release what is taken again for it.
  if (!held) mutex.handed = true;
  if (read) mutex.readers = Math.max(0, mutex.readers - 1);
  else mutex.writer = false;
  if (!mutex.writer && mutex.readers === 0) mutex.heldAt = undefined;
}

export function unlock(run: Run, process: Process, value: Value, read: boolean): void {
  const ref = asObject(run.state, value, 'mutex', 'mutex');
  if (run.state.recording && ref !== undefined) {
    record(run.state, process, { kind: 'unlock', object: run.state.heap[ref.id]?.serial ?? 0 });
  }
  release(run.state, ref, read);
}

export function lockSteps(state: State, index: number, slot: number, read: boolean, into: Step[]): void {
  const process = state.processes[index] as Process;
  const ref = refIn(state, process, slot);
  const mutex = mutexAt(state, ref);
  if (ref === undefined || mutex === undefined || isFree(state, ref, read)) {
    into.push({ process: index, apply: (run) => lock(run, index, ref, read) });
    return;
  }
  if (!mutex.shared || read || process.waiting === 'writer') return;
  into.push({
    process: index,
    queues: true,
    apply: (run) => {
      ownProcess(run.state, index).waiting = 'writer';
    },
  });
}

function lock(run: Run, index: number, ref: Ref | undefined, read: boolean): void {
  const process = ownProcess(run.state, index);
  take(run.state, ref, read, siteOf(process));
  if (run.state.recording && ref !== undefined) {
    record(run.state, process, { kind: 'lock', object: run.state.heap[ref.id]?.serial ?? 0 });
  }
  process.waiting = 'no';
  ownTop(run.state, process).pc += 1;
}

export function tryLock(run: Run, index: number, slot: number, dst: number, read: boolean): void {
  const process = ownProcess(run.state, index);
  const ref = refIn(run.state, process, slot);
  const free = ref === undefined || isFree(run.state, ref, read);
  if (free) take(run.state, ref, read, siteOf(process));
  const frame = ownTop(run.state, process);
  frame.slots[dst] = free;
  frame.pc += 1;
}

/** Whether an `Add` may be done at once: a Done that does not go below zero, an Add while the counter holds Wait anyway. */
export function isQuietAdd(state: State, group: Value, delta: Value): boolean {
  const known = resolve(state, group);
  const object = isRef(known) ? objectAt(state, known) : undefined;
  const by = resolve(state, delta);
  if (object?.kind !== 'waitgroup' || typeof by !== 'number') return true;
  if (object.count + by < 0) return object.outside || object.escaped;
  return by <= 0 || object.count > 0;
}

export function addToGroup(run: Run, process: Process, group: Value, delta: Value): void {
  const { state } = run;
  const by = demandInt(run, delta);
  // A number that nobody knows is none that is below zero.
  if (by < 0 && isSymbolic(delta)) run.dropped = true;
  if (interrupted(run)) return;
  const ref = asObject(state, group, 'waitgroup', 'waitgroup');
  const own = ref === undefined ? undefined : ownObject(state, ref, 'waitgroup');
  if (own === undefined) return;
  record(state, process, { kind: by < 0 ? 'wgDone' : 'wgAdd', object: own.serial });
  own.count = Math.max(0, own.count + by);
  if (by > 0) own.heldAt = siteOf(process);
}

/** An `Add` that others may see in either order. */
export function addVisibly(run: Run, index: number, group: number, delta: number): void {
  const { state } = run;
  const process = ownProcess(state, index);
  const frame = topOf(process);
  const ref = refIn(state, process, group);
  const by = resolve(state, frame.slots[delta] ?? null);
  const object = ref === undefined ? undefined : objectAt(state, ref);
  const isKnown = !isSymbolic(frame.slots[delta] ?? null);
  if (isKnown && ref !== undefined && object?.kind === 'waitgroup' && typeof by === 'number' && object.count + by < 0) {
    raise(run, process, 'negative WaitGroup counter', { kind: 'panic-negative-waitgroup', object: ref });
    return;
  }
  addToGroup(run, process, frame.slots[group] ?? null, frame.slots[delta] ?? null);
  ownTop(state, process).pc += 1;
}

export function waitSteps(state: State, index: number, slot: number, into: Step[]): void {
  const ref = refIn(state, state.processes[index] as Process, slot);
  const object = ref === undefined ? undefined : objectAt(state, ref);
  if (object?.kind === 'waitgroup' && object.count > 0) return;
  into.push({
    process: index,
    apply: (run) => {
      const process = ownProcess(run.state, index);
      record(run.state, process, { kind: 'wait', ...(object === undefined ? {} : { object: object.serial }) });
      ownTop(run.state, process).pc += 1;
    },
  });
}

/** The lock of a Cond. */
export function condLockOf(state: State, cond: Ref | undefined): Ref | undefined {
  const object = cond === undefined ? undefined : objectAt(state, cond);
  const lock = object?.kind === 'cond' ? resolve(state, object.lock) : null;
  return isRef(lock) ? lock : undefined;
}

export function condWaitSteps(state: State, index: number, slot: number, into: Step[]): void {
  const process = state.processes[index] as Process;
  const cond = refIn(state, process, slot);
  const lockRef = condLockOf(state, cond);
  if (process.waiting === 'no') {
    into.push({ process: index, apply: (run) => startWaiting(run.state, index, cond) });
    return;
  }
  if (process.waiting === 'cond') {
    const object = cond === undefined ? undefined : objectAt(state, cond);
    if (object === undefined || !(object.outside || object.escaped)) return;
    into.push({ process: index, apply: (run) => wake(run.state, index) });
    return;
  }
  if (lockRef === undefined || isFree(state, lockRef, false)) {
    into.push({ process: index, apply: (run) => lock(run, index, lockRef, false) });
  }
}

function startWaiting(state: State, index: number, cond: Ref | undefined): void {
  const process = ownProcess(state, index);
  const lockRef = condLockOf(state, cond) ?? outsideLock(state, cond);
  const mutex = lockRef === undefined ? undefined : ownObject(state, lockRef, 'mutex');
  // The caller has taken the lock, and it will release it.
  if (mutex && !mutex.writer && mutex.readers === 0) mutex.handed = true;
  release(state, lockRef, false);
  process.waiting = 'cond';
}

/** The lock of a condition from outside, which nobody has asked for yet. */
function outsideLock(state: State, cond: Ref | undefined): Ref | undefined {
  const own = cond === undefined ? undefined : ownObject(state, cond, 'cond');
  if (own?.outside !== true) return undefined;
  const lock = asObject(state, own.lock ?? newSymbol('mutex'), 'mutex', 'mutex');
  if (lock !== undefined) own.lock = lock;
  return lock;
}

function wake(state: State, index: number): void {
  ownProcess(state, index).waiting = 'relock';
}

export function signalSteps(state: State, index: number, slot: number, all: boolean, into: Step[]): void {
  const cond = refIn(state, state.processes[index] as Process, slot);
  const sleeping: number[] = [];
  state.processes.forEach((process, at) => {
    if (process.waiting !== 'cond') return;
    const instruction = topOf(process).code.instructions[topOf(process).pc];
    if (
      instruction !== undefined &&
      'cond' in instruction &&
      typeof instruction.cond === 'number' &&
      refIn(state, process, instruction.cond) === cond
    )
      sleeping.push(at);
  });
  const choices = all || sleeping.length === 0 ? [sleeping] : sleeping.map((at) => [at]);
  for (const woken of choices) into.push({ process: index, apply: (run) => signal(run, index, cond, woken) });
}

function signal(run: Run, index: number, cond: Ref | undefined, woken: readonly number[]): void {
  const process = ownProcess(run.state, index);
  const object = cond === undefined ? undefined : run.state.heap[cond.id]?.serial;
  record(run.state, process, { kind: 'signal', ...(object === undefined ? {} : { object }) });
  for (const at of woken) wake(run.state, at);
  ownTop(run.state, process).pc += 1;
}

export function onceSteps(state: State, index: number, once: number, fn: number, into: Step[]): void {
  const ref = refIn(state, state.processes[index] as Process, once);
  const object = ref === undefined ? undefined : objectAt(state, ref);
  const phase = object?.kind === 'once' ? object.phase : 'fresh';
  if (phase === 'running') return;
  if (phase === 'fresh') into.push({ process: index, apply: (run) => runOnce(run, index, ref, fn) });
  if (phase === 'done' || object?.outside === true)
    into.push({ process: index, apply: (run) => skipOnce(run, index, ref) });
}

function skipOnce(run: Run, index: number, ref: Ref | undefined): void {
  const own = ref === undefined ? undefined : ownObject(run.state, ref, 'once');
  if (own !== undefined) own.phase = 'done';
  ownTop(run.state, ownProcess(run.state, index)).pc += 1;
}

function runOnce(run: Run, index: number, ref: Ref | undefined, fn: number): void {
  const process = ownProcess(run.state, index);
  const target = functionTarget(run, topOf(process).slots[fn] ?? null, []);
  const own = ref === undefined ? undefined : ownObject(run.state, ref, 'once');
  record(run.state, process, { kind: 'once', ...(own === undefined ? {} : { object: own.serial }) });
  const code = visibleBody(run, process, target);
  if (own !== undefined) {
    own.phase = code === undefined ? 'done' : 'running';
    own.heldAt = siteOf(process);
  }
  if (code === undefined) escapeArguments(run, target);
  ownTop(run.state, process).pc += 1;
  if (code === undefined) return;
  const once = ref === undefined ? {} : { once: ref };
  process.frames.push(newFrame(run, code, target.args, { returnTo: [], role: 'once', ...once }));
}
