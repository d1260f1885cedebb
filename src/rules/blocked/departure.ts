/** Who is gone when an operation stays blocked: the processes that ended on the path, and the one that is missed most. */
import type { Leak, ProcessLabel, StuckKind, StuckProcess, TraceStep } from '../../concurrency/leak.ts';
import type { Expr } from '../../go/ast.ts';
import { walk } from '../../go/walk.ts';
import { contains } from '../../text/offset.ts';
import { assignedName, functionAt, nodesAround, type SourceSite, sameSite, sourceSite } from './operation.ts';

/** A process that could have answered and is gone. */
export interface Departure {
  readonly process: ProcessLabel;
  /** The `return`, or the end of its body; absent when it ended inside a library model. */
  readonly site?: SourceSite;
  /** What it did last before: the select arm, the receive, the condition that led out. */
  readonly reason?: TraceStep;
  readonly panicked: boolean;
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
  if (!text.startsWith('return')) return false;
  if (new RegExp(`\\b${name}\\b(?!\\s*<-)`).test(text.replace(/<-\s*\w+/g, ''))) return true;
  return returnsHolder(left, name);
}

/** `return s` of a variable whose value was written with the object in it: `s := &server{queue: queue}`, `s.queue = queue`. */
function returnsHolder({ site }: TraceStep, name: string): boolean {
  const path = site.file ? nodesAround(site.file, site.range) : [];
  const [decl] = path;
  const returned = path.findLast((node) => node.kind === 'ReturnStmt');
  if (decl?.kind !== 'FuncDecl' || returned?.kind !== 'ReturnStmt') return false;
  const results = new Set(returned.results.flatMap((result) => (result.kind === 'Ident' ? [result.name] : [])));
  let found = false;
  walk(decl, (node) => {
    if (node.kind === 'AssignStmt' && node.lhs.some((target) => results.has(firstNameOf(target))))
      found ||= node.rhs.some((value) => holds(value, name));
    return !found;
  });
  return found;
}

function firstNameOf(expr: Expr): string {
  if (expr.kind === 'Ident') return expr.name;
  return expr.kind === 'SelectorExpr' ? firstNameOf(expr.x) : '';
}

/** The object itself, or a composite with it. */
function holds(value: Expr, name: string): boolean {
  if (value.kind === 'Ident') return value.name === name;
  if (value.kind === 'UnaryExpr') return value.op === '&' && holds(value.x, name);
  if (value.kind !== 'CompositeLit') return false;
  return value.elts.some((elt) => holds(elt.kind === 'KeyValueExpr' ? elt.value : elt, name));
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

/**
 * Departures of processes that could know the object. Whoever started the process that made it, and those above, know
 * nothing of it.
 */
export function witting(leak: Leak, root: StuckProcess, departures: readonly Departure[]): readonly Departure[] {
  const maker = leak.trace.find((step) => step.what.kind === 'make' && sameSite(step.site, root.madeAt))?.process.id;
  const above = new Set<number>();
  for (let id = maker === undefined ? undefined : starterOf(leak, maker); id !== undefined && !above.has(id); ) {
    above.add(id);
    id = starterOf(leak, id);
  }
  return departures.filter((one) => !above.has(one.process.id));
}

/** Id of the process that started a process. */
function starterOf(leak: Leak, id: number): number | undefined {
  return leak.trace.find((step) => step.what.kind === 'go' && step.what.started.id === id)?.process.id;
}

/** Who left its partner alone: the process that made the object, else the one that started the stuck one, else the last. */
export function mainDeparture(leak: Leak, root: StuckProcess, departures: readonly Departure[]): Departure | undefined {
  const maker = leak.trace.find((step) => step.what.kind === 'make' && sameSite(step.site, root.madeAt))?.process.id;
  const starter = starterOf(leak, root.process.id);
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
