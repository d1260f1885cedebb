/**
 * Closures handed to unseen code: when that code calls them, told from its name.
 *
 * The search runs twice more when closures that use channels of ours are handed out: once as if the callee called them
 * before it returns (`during`), once as if it called them from a goroutine of its own (`later`). Only what is stuck inside
 * a callback is told then, as a leak that depends on an outsider; a callee whose name says nothing must leave it stuck in
 * both ways.
 */

import { ALL, RECV, SEND } from '../effects.ts';
import type { Code, CodeRef, Hint, Instruction, Site, Slot } from '../ir.ts';
import { assemble } from '../liveness.ts';
import { summaryOf } from '../summary.ts';
import { type CalleeKind, calleeName, kindOfCallee } from './callees.ts';
import { newFrame } from './frames.ts';
import { asObject } from './make.ts';
import type { ClosureObject } from './object.ts';
import { mayStillCall } from './registrations.ts';
import type { Run } from './run.ts';
import { startProcess } from './start-process.ts';
import { type Callback, objectAt, ownObject, type Process, type State, type Target } from './state.ts';
import { resolve } from './symbolic.ts';
import { isRef, isSymbolic, type Ref, type Value } from './value.ts';

interface Driver {
  readonly code: Code;
  readonly callback: Callback;
}

const drivers = new WeakMap<Code, Callback>();
const made = new WeakMap<CodeRef, Map<string, Driver>>();

/** What a call of unseen code gave back and was given. */
interface Given {
  readonly results: readonly Value[];
  readonly contexts: readonly Value[];
  readonly registrar: Code | undefined;
}

/** A call of unseen code, its arguments already known outside. May push a frame that calls back, or start a process. */
export function callBack(run: Run, process: Process, target: Target, site: Site, given: Given): void {
  const closures = target.args.flatMap((value) => closuresIn(run.state, value));
  if (closures.length === 0) return;
  const callee = calleeName(target);
  const kind = kindOfCallee(callee);
  const { machine, state } = run;
  machine.handed.add(kind);
  if (machine.callbacks === 'off' || process.frames.length >= machine.budget.callDepth) return;
  for (const closure of closures) {
    const object = objectAt(state, closure);
    if (object?.kind !== 'closure') continue;
    if (machine.callbacks === 'during' && (kind === 'each' || kind === 'unknown')) {
      if (kind === 'each') for (const value of object.captures) shorten(state, value);
      const when = kind === 'each' ? 'during' : 'unknown';
      const driver = driverOf(object.code, { callee, when }, site, runsOf(state, object, kind), true);
      process.frames.push(newFrame(run, driver.code, [closure], { returnTo: [], role: 'call' }));
    } else if (machine.callbacks === 'later' && kind !== 'each') {
      const started = startLater(run, closure, object, callee, kind, site);
      if (started !== undefined) started.callback = laterCallback(state, process, target, { callee, kind }, given);
    }
  }
}

/** What is known of a callback that comes later: what may end it, and who may undo its registration. */
function laterCallback(
  state: State,
  process: Process,
  target: Target,
  { callee, kind }: { readonly callee: string; readonly kind: CalleeKind },
  given: Given,
): Process['callback'] {
  const undo = given.results.filter((value) => isSymbolic(value));
  const [receiver] = target.callee === undefined ? target.args : [];
  const contexts = given.contexts.flatMap((value) => asObject(state, value, 'context', 'context') ?? []);
  return {
    callee,
    when: kind === 'unknown' ? 'unknown' : 'later',
    over: false,
    contexts,
    ...(kind === 'kept' ? { undo, receiver, registrar: given.registrar, registeredBy: process.id } : {}),
  };
}

/** Closures that the outside calls as often as the search does, and never again: what they can do is not granted to it. */
export function calledHere(run: Run, target: Target): readonly Value[] {
  const { callbacks } = run.machine;
  if (callbacks === 'off' || target.code?.resolve() !== undefined) return [];
  const kind = kindOfCallee(calleeName(target));
  if (kind === 'kept' || (callbacks === 'during' ? kind === 'started' : kind === 'each')) return [];
  return target.args.filter((value) => usesChannelOfOurs(run.state, value));
}

/** `go X(closure)`: the callee calls back from a goroutine in any case. */
export function startCallee(run: Run, target: Target, site: Site): void {
  const { machine, state } = run;
  for (const value of target.args) {
    if (!usesChannelOfOurs(state, value) || !isRef(value)) continue;
    const object = objectAt(state, value);
    if (object?.kind !== 'closure') continue;
    machine.handed.add('started');
    if (machine.callbacks !== 'later') continue;
    const name = calleeName(target);
    const started = startLater(run, value, object, name, kindOfCallee(name), site);
    if (started !== undefined) started.callback = { callee: name, when: 'later', over: false, contexts: [] };
  }
}

export function startLater(
  run: Run,
  closure: Ref,
  object: ClosureObject,
  callee: string,
  kind: CalleeKind,
  site: Site,
): Process | undefined {
  const driver = driverOf(object.code, { callee, when: 'later' }, site, runsOf(run.state, object, kind), false);
  return startProcess(run, { code: driver.code.ref, args: [closure] }, site, driver.code.ref);
}

/** How often a callee of a kind is taken to call: what is called for many things also fills a small buffer. */
function runsOf(state: State, closure: ClosureObject, kind: CalleeKind): number {
  if (kind !== 'each' && kind !== 'kept') return 1;
  const room = closure.captures.map((value) => capacityOf(state, value));
  return Math.min(Math.max(0, ...room), MAX_ROOM) + (kind === 'each' ? 2 : 1);
}

/** Larger buffers are rarely full. */
const MAX_ROOM = 16;

function capacityOf(state: State, value: Value): number {
  const known = resolve(state, value);
  const object = isRef(known) ? objectAt(state, known) : undefined;
  if (object?.kind === 'cell') return capacityOf(state, object.value);
  return object?.kind === 'chan' ? object.cap : 0;
}

/** A buffer that is written any number of times is full in the end whatever its size: one place stands for all. */
function shorten(state: State, value: Value): void {
  const known = resolve(state, value);
  const object = isRef(known) ? objectAt(state, known) : undefined;
  if (object?.kind === 'cell') shorten(state, object.value);
  if (!isRef(known) || object?.kind !== 'chan' || object.cap < 2) return;
  const own = ownObject(state, known, 'chan');
  if (own !== undefined) own.cap = Math.max(1, own.buffer.length);
}

/** The callback by which a process runs, if any. */
export function callbackOf(process: Process): Callback | undefined {
  if (process.callback !== undefined) return process.callback;
  for (const frame of process.frames) {
    const callback = drivers.get(frame.code);
    if (callback !== undefined) return callback;
  }
  return undefined;
}

/** Structs in structs (or lists of them) are looked into to this depth for functions. */
const maxNesting = 3;

/** Closures that use channels of ours: the value itself, or what lies in the fields of a struct that was made here. */
export function closuresIn(state: State, value: Value, depth = maxNesting): readonly Ref[] {
  if (usesChannelOfOurs(state, value)) return [resolve(state, value) as Ref];
  const known = resolve(state, value);
  const object = isRef(known) ? objectAt(state, known) : undefined;
  if (object === undefined || object.outside || depth === 0) return [];
  const held =
    object.kind === 'struct' ? object.fields.values() : object.kind === 'list' ? object.entries.values() : [];
  return [...held].flatMap((each) => closuresIn(state, each, depth - 1));
}

/** A closure whose code sends or receives on a channel that it captures and that the outside knows in no other way. */
function usesChannelOfOurs(state: State, value: Value): boolean {
  const known = resolve(state, value);
  const object = isRef(known) ? objectAt(state, known) : undefined;
  if (object?.kind !== 'closure') return false;
  const summary = summaryOf(object.code);
  if (summary === undefined) return false;
  return object.captures.some((captured, at) => {
    const can = summary.inputs[at] ?? ALL;
    return (can & ALL) === 0 && (can & (SEND | RECV)) !== 0 && isOurChannel(state, captured);
  });
}

function isOurChannel(state: State, value: Value): boolean {
  const known = resolve(state, value);
  const object = isRef(known) ? objectAt(state, known) : undefined;
  if (object?.kind === 'cell') return isOurChannel(state, object.value);
  return object?.kind === 'chan' && !object.outside && !object.escaped && object.context === undefined;
}

/** Code that calls a closure up to `runs` times on values that nobody knows, and goes on only after success. */
function driverOf(
  closure: CodeRef,
  told: Pick<Callback, 'callee' | 'when'>,
  site: Site,
  runs: number,
  optional: boolean,
): Driver {
  const key = `${told.callee} ${told.when} ${runs} ${optional} ${site.file?.path ?? ''} ${site.range.start}`;
  const table = made.get(closure) ?? new Map<string, Driver>();
  made.set(closure, table);
  const found = table.get(key);
  if (found !== undefined) return found;
  let code: Code | undefined;
  const id = -2 - 64 * closure.id - 2 * runs - (optional ? 1 : 0);
  const ref: CodeRef = { id, name: closure.name, site: closure.site, resolve: () => code };
  code = driverCode(ref, closure, site, runs, optional);
  const callback: Callback = { ...told, over: false, contexts: [] };
  const driver = { code, callback };
  drivers.set(code, callback);
  table.set(key, driver);
  return driver;
}

function driverCode(ref: CodeRef, closure: CodeRef, site: Site, runs: number, optional: boolean): Code {
  const body = closure.resolve();
  const count = body?.paramCount ?? 0;
  const args: readonly Slot[] = Array.from({ length: count }, (_, at) => at + 1);
  const [asked, result, nil] = [count + 1, count + 2, count + 3];
  const results = Array.from({ length: body?.resultCount ?? 0 }, (_, at) =>
    at === (body?.resultCount ?? 0) - 1 ? result : nil + 1 + at,
  );
  const instructions: Instruction[] = [];
  const perRun = count + 6;
  const end = runs * perRun;
  for (let run = 0; run < runs; run += 1) {
    const next = (run + 1) * perRun;
    instructions.push({ op: 'unknown', dst: asked, hint: 'bool' });
    const go = instructions.length + 1;
    instructions.push(run === 0 && !optional ? { op: 'jump', target: go } : forkTo(asked, go, end));
    for (const dst of args) instructions.push({ op: 'unknown', dst, hint: 'any' as Hint });
    instructions.push({
      op: 'call',
      dst: results,
      callee: { kind: 'value', slot: 0 },
      args,
      resultHints: results.map((): Hint => 'any'),
    });
    instructions.push({ op: 'const', dst: nil, value: null });
    instructions.push({ op: 'binary', dst: asked, operator: '==', x: result, y: nil });
    instructions.push(results.length === 0 ? { op: 'jump', target: next } : forkTo(asked, next, end));
  }
  instructions.push({ op: 'return', values: [] });
  const sites = instructions.map(() => site);
  return assemble({ ref, captureCount: 0, paramCount: 1, resultCount: 0, instructions, sites });
}

function forkTo(cond: Slot, yes: number, no: number): Instruction {
  // biome-ignore lint/suspicious/noThenProperty: an instruction is data and never awaited
  return { op: 'branch', cond, then: yes, else: no };
}

/** Whether a stuck process is one to tell of in a search for stuck callbacks. */
export function isStuckCallback(state: State, process: Process): boolean {
  const callback = callbackOf(process);
  return callback !== undefined && mayStillCall(state, callback);
}
