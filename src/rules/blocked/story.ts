/**
 * What happened on the way to a stuck operation, as the messages need it: who left, by which way, which loop served the
 * channel, what was sent before.
 */
import type { Site } from '../../concurrency/ir.ts';
import type { Leak, ProcessLabel, StuckKind, StuckProcess, TraceStep } from '../../concurrency/leak.ts';
import type { FieldInfo, GoPackage } from '../../go/package.ts';
import { contains } from '../../text/offset.ts';
import {
  assignedName,
  functionRange,
  nodesAround,
  type Operation,
  operationAt,
  type SourceSite,
  sourceSite,
} from './operation.ts';

/** A process that could have answered and is gone. */
export interface Departure {
  readonly process: ProcessLabel;
  /** The `return`, or the end of its body; absent when it ended inside a library model. */
  readonly site?: SourceSite;
  /** What it did last before: the select arm, the receive, the condition that led out. */
  readonly reason?: TraceStep;
  readonly panicked: boolean;
}

/** Everything the rules say about one leak. */
export interface Story {
  readonly leak: Leak;
  readonly root: StuckProcess;
  readonly site: SourceSite;
  readonly operation: Operation;
  /** The field that holds the channel, lock or group, when it is one of this package. */
  readonly field?: FieldInfo;
  readonly departure?: Departure;
  /** An earlier send of the same goroutine on the same channel, by another statement. */
  readonly earlierSend?: SourceSite;
  /** For a lock: where the function that took it was left without releasing it. */
  readonly keeper?: SourceSite;
  /** A service loop over the same field that has returned. */
  readonly stoppedLoop?: Departure;
}

/** Tells the story of the root of a leak; undefined when nothing of it lies in the source. */
export function storyOf(pkg: GoPackage, leak: Leak, root: StuckProcess): Story | undefined {
  const site = sourceSite(root.site, root.callers);
  if (!site) return undefined;
  const operation = operationAt(site);
  const field = operation.target ? pkg.fieldOf(operation.target) : undefined;
  const departures = departuresOf(leak, root);
  const stoppedLoop = field ? departures.find((one) => servesField(one.process, field, operation)) : undefined;
  const departure = stoppedLoop ?? mainDeparture(leak, root, departures);
  const earlierSend = root.kind === 'send' ? sendBefore(leak, root, site, operation) : undefined;
  const keeper = keeperOf(leak, root);
  return {
    leak,
    root,
    site,
    operation,
    ...(field ? { field } : {}),
    ...(departure ? { departure } : {}),
    ...(earlierSend ? { earlierSend } : {}),
    ...(keeper ? { keeper } : {}),
    ...(stoppedLoop ? { stoppedLoop } : {}),
  };
}

/**
 * Processes that ended on the path, in order of their end. The one that made the object is gone for it as soon as the
 * function that made it has returned and nothing is done with the object any more: callers of that function play no part.
 */
export function departuresOf(leak: Leak, root: StuckProcess): readonly Departure[] {
  const found = new Map<number, Departure>();
  const maker = leak.trace.find((step) => step.what.kind === 'make' && sameSite(step.site, root.madeAt));
  for (const [at, step] of leak.trace.entries()) {
    const { kind } = step.what;
    if (kind !== 'return' && kind !== 'end' && kind !== 'panic') continue;
    if (leak.stuck.some((stuck) => stuck.process.id === step.process.id)) continue;
    if (step.callers.length > 0 && !leavesObject(leak, root, maker, at)) continue;
    const known = found.get(step.process.id);
    if (known?.site && kind !== 'panic') continue;
    const site = sourceSite(step.site, []);
    const reason = reasonFor(leak, step, at);
    const panicked = kind === 'panic';
    found.set(step.process.id, {
      process: step.process,
      ...(site ? { site } : {}),
      ...(reason ? { reason } : {}),
      panicked,
    });
  }
  return [...found.values()];
}

/** A return of the function that made the object, after which its process does nothing with it. */
function leavesObject(leak: Leak, root: StuckProcess, maker: TraceStep | undefined, at: number): boolean {
  const step = leak.trace[at];
  if (!step || !maker || step.what.kind !== 'return' || step.process.id !== maker.process.id) return false;
  if (step.callers.length !== maker.callers.length || functionAt(step.site) !== functionAt(maker.site)) return false;
  if (handsOn(maker, step)) return false;
  return !leak.trace
    .slice(at + 1)
    .some(({ process, what }) => process.id === step.process.id && 'object' in what && what.object === root.object);
}

/** Whether the function keeps the object alive: it is made into a field, or its name stands in the `return`. */
function handsOn(maker: TraceStep, left: TraceStep): boolean {
  const made = sourceSite(maker.site, []);
  const name = made && assignedName(made);
  if (!made || name === undefined || !/^\w+$/.test(name)) return true;
  if (nodesAround(made.file, made.range).some((node) => node.kind === 'KeyValueExpr')) return true;
  const text = left.site.file?.text.slice(left.site.range.start, left.site.range.end) ?? '';
  return text.startsWith('return') && new RegExp(`\\b${name}\\b(?!\\s*<-)`).test(text.replace(/<-\s*\w+/g, ''));
}

/** Name of the declared function around a site. */
export function functionAt(site: Site): string | undefined {
  const decl = site.file && nodesAround(site.file, site.range)[0];
  return decl?.kind === 'FuncDecl' ? decl.name.name : undefined;
}

/**
 * What to call the process that was not started: the function in which it does what matters, when that is one function;
 * else the entry of the path.
 */
export function entryName({ leak, root, departure }: Story): string {
  if (root.process.start)
    return (departure?.site && !departure.process.start ? functionAt(departure.site) : undefined) ?? leak.entry.name;
  const acts = leak.trace.filter(
    (step) => step.process.id === root.process.id && ['make', 'go', 'lock', 'wgAdd'].includes(step.what.kind),
  );
  const functions = new Set([...acts.map((step) => functionAt(step.site)), functionAt(root.site)]);
  const [only] = functions;
  return functions.size === 1 && only !== undefined ? only : leak.entry.name;
}

/** The choice that stands right before a return: the arm, receive or condition whose block holds the return. */
function reasonFor(leak: Leak, left: TraceStep, at: number): TraceStep | undefined {
  for (let i = at - 1; i >= 0; i--) {
    const step = leak.trace[i];
    if (!step || step.process.id !== left.process.id || step.callers.length !== left.callers.length) continue;
    if (step.what.kind === 'select' || step.what.kind === 'branch') return encloses(step, left) ? step : undefined;
    if (step.what.kind === 'recv' || step.what.kind === 'go' || step.what.kind === 'send') return undefined;
  }
  return undefined;
}

function encloses(choice: TraceStep, left: TraceStep): boolean {
  const place = choice.what.kind === 'select' && choice.what.arm !== 'default' ? choice.what.arm : choice.site;
  if (!place.file || place.file !== left.site.file) return false;
  const around = nodesAround(place.file, place.range).findLast(
    (node) =>
      node.kind === 'CommClause' || node.kind === 'IfStmt' || node.kind === 'SelectStmt' || node.kind === 'CaseClause',
  );
  return around !== undefined && contains(around.range, left.site.range);
}

/** Who left its partner alone: the process that made the object, else the one that started the stuck one, else the last. */
function mainDeparture(leak: Leak, root: StuckProcess, departures: readonly Departure[]): Departure | undefined {
  const maker = leak.trace.find((step) => step.what.kind === 'make' && sameSite(step.site, root.madeAt))?.process.id;
  const starter = leak.trace.find((step) => step.what.kind === 'go' && step.what.started.id === root.process.id)
    ?.process.id;
  const of = (id: number | undefined) => departures.find((one) => one.process.id === id);
  return (
    departures.find((one) => one.process.id !== maker && one.process.id !== starter && partnerOf(leak, root, one)) ??
    of(maker) ??
    of(starter) ??
    departures.at(-1)
  );
}

/** Whether a process has done, on this path, what the stuck one waits for: it was the other side. */
function partnerOf(leak: Leak, root: StuckProcess, departure: Departure): boolean {
  const wanted = ANSWERS[root.kind];
  if (root.object === undefined || !wanted) return false;
  return leak.trace.some(
    ({ process, what }) =>
      process.id === departure.process.id &&
      wanted.includes(what.kind) &&
      'object' in what &&
      what.object === root.object,
  );
}

const ANSWERS: Readonly<Partial<Record<StuckKind, readonly TraceStep['what']['kind'][]>>> = {
  send: ['recv'],
  recv: ['send', 'close'],
  range: ['send', 'close'],
  cond: ['signal'],
  lock: ['lock'],
  rlock: ['lock'],
};

/** Whether a function that ended contains a loop that works on the other end of the field. */
function servesField(process: ProcessLabel, field: FieldInfo, operation: Operation): boolean {
  const { file } = process.code.site;
  if (!file) return false;
  const range = functionRange(process.code.site);
  const wanted = operation.kind === 'send' ? ['receive', 'range'] : ['send', 'close'];
  return field.uses.some(
    (use) =>
      wanted.includes(use.kind) &&
      use.file === file &&
      contains(range, use.node.range) &&
      nodesAround(file, use.node.range).some(
        (node) => (node.kind === 'ForStmt' || node.kind === 'RangeStmt') && contains(range, node.range),
      ),
  );
}

/** The return, on this path, of the function that took the lock and kept it. */
function keeperOf(leak: Leak, { heldAt, kind }: StuckProcess): SourceSite | undefined {
  const taken = heldAt && (kind === 'lock' || kind === 'rlock') ? sourceSite(heldAt, []) : undefined;
  if (!taken) return undefined;
  const decl = nodesAround(taken.file, taken.range)[0];
  const from = leak.trace.findLastIndex((step) => step.what.kind === 'lock' && sameSite(step.site, heldAt));
  const left = leak.trace
    .slice(from + 1)
    .find(
      (step) =>
        step.what.kind === 'return' &&
        step.site.file === taken.file &&
        decl !== undefined &&
        contains(decl.range, step.site.range),
    );
  return left && sourceSite(left.site, []);
}

/** A send by another statement of the same goroutine, in a block that the stuck send does not stand in. */
function sendBefore(leak: Leak, root: StuckProcess, site: SourceSite, operation: Operation): SourceSite | undefined {
  for (const step of leak.trace) {
    if (step.process.id !== root.process.id || step.what.kind !== 'send') continue;
    if (step.what.object !== undefined && root.object !== undefined && step.what.object !== root.object) continue;
    const place = sourceSite(step.site, step.callers);
    if (!place || place.file !== site.file || place.range.start === site.range.start) continue;
    const other = operationAt(place);
    if (other.kind === 'send' && other.name === operation.name && fallsThrough(place, site)) return place;
  }
  return undefined;
}

/** The earlier send stands in a branch, and the later one behind that branch in the same function. */
function fallsThrough(earlier: SourceSite, later: SourceSite): boolean {
  const path = nodesAround(earlier.file, earlier.range);
  const branch = path.findLast(
    (node) => node.kind === 'IfStmt' || node.kind === 'CaseClause' || node.kind === 'CommClause',
  );
  const inner = path.findLast((node) => node.kind === 'FuncLit' || node.kind === 'FuncDecl');
  if (!branch || !inner || !contains(inner.range, branch.range)) return false;
  return later.range.start >= branch.range.end && contains(inner.range, later.range);
}

export function sameSite(a: Site, b: Site | undefined): boolean {
  return b !== undefined && a.file === b.file && a.range.start === b.range.start && a.range.end === b.range.end;
}
