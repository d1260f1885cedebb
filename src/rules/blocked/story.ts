/**
 * What happened on the way to a stuck operation, as the messages need it: who left, by which way, which loop served the
 * channel, what was sent before.
 */
import type { Leak, ProcessLabel, StuckProcess } from '../../concurrency/leak.ts';
import type { FieldInfo, GoPackage } from '../../go/package.ts';
import { contains } from '../../text/offset.ts';
import { isContext } from '../lifecycle/equipment.ts';
import { type Departure, departuresOf, mainDeparture, witting } from './departure.ts';
import {
  functionAt,
  functionRange,
  nodesAround,
  type Operation,
  operationAt,
  type SourceSite,
  sameSite,
  sourceSite,
  sourceText,
} from './operation.ts';
import { reportedPlace } from './reported-place.ts';
import { heldLock, holderOf } from './root-cause.ts';

/** Everything the rules say about one leak. */
export interface Story {
  readonly leak: Leak;
  readonly root: StuckProcess;
  readonly site: SourceSite;
  readonly operation: Operation;
  /** Where it is reported: the operation, or what in the package under review leads to it. */
  readonly reported: SourceSite;
  /** The field that holds the channel, lock or group, when it is one of this package. */
  readonly field?: FieldInfo;
  readonly departure?: Departure;
  /** An earlier send of the same goroutine on the same channel, by another statement. */
  readonly earlierSend?: SourceSite;
  /** Where the function that took the lock, or raised the counter, was left without taking that back. */
  readonly keeper?: SourceSite;
  /** A service loop over the same field that has returned. */
  readonly stoppedLoop?: Departure;
  /** Source of the context whose `Done()` is waited for. */
  readonly context?: string;
}

/** Whoever calls the methods of a type, out of sight. */
export const theCaller = 'the caller';

/** Tells the story of the root of a leak; undefined when nothing of it lies in the source. */
export function storyOf(pkg: GoPackage, leak: Leak, root: StuckProcess): Story | undefined {
  const site = sourceSite(root.site, root.callers);
  if (!site) return undefined;
  const operation = operationAt(site);
  const field = operation.target ? pkg.fieldOf(operation.target) : undefined;
  const departures = witting(leak, root, departuresOf(leak, root));
  const stoppedLoop = field ? departures.find((one) => servesField(one.process, field, operation)) : undefined;
  const departure = stoppedLoop ?? (isHeldUp(leak, root) ? undefined : mainDeparture(leak, root, departures));
  const earlierSend = root.kind === 'send' ? sendBefore(leak, root, site, operation) : undefined;
  const keeper = keeperOf(leak, root);
  const context = contextOf(pkg, site, operation);
  const reported = reportedPlace(pkg, { leak, root, site, ...(departure ? { departure } : {}) });
  if (!reported) return undefined;
  return {
    leak,
    root,
    site,
    operation,
    reported,
    ...(field ? { field } : {}),
    ...(departure ? { departure } : {}),
    ...(earlierSend ? { earlierSend } : {}),
    ...(keeper ? { keeper } : {}),
    ...(stoppedLoop ? { stoppedLoop } : {}),
    ...(context === undefined ? {} : { context }),
  };
}

/**
 * What to call the process that was not started: the function in which it does what matters, when that is one function;
 * else the entry of the path.
 */
export function entryName({ leak, root, departure }: Story): string {
  const literal = literalEntry(leak);
  if (literal !== undefined) return literal;
  if (leak.contract?.next || leak.contract?.holds) return theCaller;
  if (root.process.start)
    return (departure?.site && !departure.process.start ? functionAt(departure.site) : undefined) ?? leak.entry.name;
  const acts = leak.trace.filter(
    (step) => step.process.id === root.process.id && ['make', 'go', 'lock', 'wgAdd'].includes(step.what.kind),
  );
  const functions = new Set([...acts.map((step) => functionAt(step.site)), functionAt(root.site)]);
  const [only] = functions;
  return functions.size === 1 && only !== undefined ? only : leak.entry.name;
}

/**
 * The name of an entry that is a literal: that of a `go` statement, searched alone when the function around it is too
 * large, or one that is handed out.
 */
export function literalEntry({ entry }: Leak): string | undefined {
  const { file, range } = entry.site;
  const around = file ? nodesAround(file, range) : [];
  const at = around.findLastIndex((node) => node.kind === 'FuncLit');
  if (!file || around[at]?.range.start !== range.start) return undefined;
  const what = around[at - 2]?.kind === 'GoStmt' ? 'goroutine' : 'function';
  return `${what} on line ${file.lines.lineAt(range.start)}`;
}

/** Whether another stuck process explains the wait: who left plays no part then. */
function isHeldUp(leak: Leak, root: StuckProcess): boolean {
  if (heldLock(leak) !== undefined || root.kind === 'once') return true;
  if (root.kind !== 'lock' && root.kind !== 'rlock') return false;
  const holder = holderOf(leak, root);
  return leak.stuck.some((one) => one.process.id === holder);
}

/** What to call a process that has left: by its `go` statement, or by the function that it left. */
export function departedName({ leak }: Story, { process, site }: Departure): string | undefined {
  const start = process.start && sourceSite(process.start, []);
  if (start) return `the goroutine started on line ${start.file.lines.lineAt(start.range.start)}`;
  const literal = literalEntry(leak);
  if (literal !== undefined) return `the ${literal.replace(' at ', ' of ')}`;
  const name = site && (handedLiteral(site) ?? functionAt(site));
  if (name === undefined) return undefined;
  return name.startsWith('function on line ') ? `the ${name}` : `\`${name}\``;
}

/** The name of a literal around a place that was stored or handed on, not called where it stands. */
function handedLiteral({ file, range }: SourceSite): string | undefined {
  const around = nodesAround(file, range);
  const at = around.findLastIndex((node) => node.kind === 'FuncLit');
  const [literal, parent] = [around[at], around[at - 1]];
  if (!literal || (parent?.kind === 'CallExpr' && parent.fun === literal)) return undefined;
  return `function on line ${file.lines.lineAt(literal.range.start)}`;
}

/** `ctx` for a receive from `ctx.Done()`. */
function contextOf(pkg: GoPackage, { file }: SourceSite, { target }: Operation): string | undefined {
  if (target?.kind !== 'CallExpr' || target.fun.kind !== 'SelectorExpr' || target.fun.sel.name !== 'Done')
    return undefined;
  return isContext(pkg.typeOf(target.fun.x)) ? sourceText(file, target.fun.x.range) : undefined;
}

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

/** The return, on this path, of the function that took the lock and kept it, or raised the counter. */
function keeperOf(leak: Leak, { heldAt, kind }: StuckProcess): SourceSite | undefined {
  const by =
    kind === 'lock' || kind === 'rlock' ? 'lock' : kind === 'wait' && leak.contract?.next ? 'wgAdd' : undefined;
  const taken = heldAt && by ? sourceSite(heldAt, []) : undefined;
  if (!taken) return undefined;
  const decl = nodesAround(taken.file, taken.range)[0];
  const from = leak.trace.findLastIndex((step) => step.what.kind === by && sameSite(step.site, heldAt));
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
