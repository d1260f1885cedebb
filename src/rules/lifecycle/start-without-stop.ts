/**
 * A goroutine that what is there to end it does not end: above all one that none of the stop methods of its type ends.
 *
 *  1. The starter is a method of a type that has a stop method (`Stop`, `Close`, `Shutdown`, ...), or a constructor
 *     that starts one of its methods, or a loop over its ticker (see `stopped-ticker.ts`).
 *  2. The goroutine runs a loop that nothing in the package ends: it has no way out, every way out waits for a private
 *     channel that nobody closes or sends on, or it ranges over a private channel that nobody closes.
 *     Or a stop method sets a flag at which the loop looks only after a receive, and nothing sends then.
 *  3. Nothing else ends it: it is not started for the process, nor in a `sync.Once`.
 *  4. Or a local value whose goroutine a method ends is dropped when an error is returned (see `dropped-start.ts`).
 *  5. Or the stop method sends one value for several loops (see `lone-signal.ts`).
 *  6. Or a cancel function that is returned does not reach the goroutine (`ignored-cancel.ts`), or a return leaves the
 *     channel open that ends it (`left-open.ts`).
 *  7. Or the value that keeps the cancel function is dropped when an error is returned (`dropped-cancel.ts`).
 *  8. Or the goroutine asks whether it is to stop only between calls that may never return (`polled-stop.ts`).
 */
import type { FixRefusal, Report, SuggestedFix } from '../../analysis/diagnostic.ts';
import { anyRule, type Pass, type Rule } from '../../analysis/rule.ts';
import type { FuncDecl } from '../../go/ast.ts';
import type { FieldInfo, GoPackage, TypeInfo } from '../../go/package.ts';
import { setsFlag, wakes } from '../ownership/flagged-loop.ts';
import { type Goroutine, goroutinesKey, isUnended } from '../ownership/owner.ts';
import { walkAround } from '../ownership/reach.ts';
import type { ServiceLoop } from '../ownership/service-loop.ts';
import { stopMethods } from '../ownership/stop-method.ts';
import { textOf } from '../ownership/waiting.ts';
import { type DroppedCancel, describeDroppedCancel, droppedCancelFix, droppedCancels } from './dropped-cancel.ts';
import { type DroppedStart, droppedStarts } from './dropped-start.ts';
import { droppedFix } from './dropped-start-fix.ts';
import { refuse } from './edits.ts';
import { describeIgnoredCancel, type IgnoredCancel, ignoredCancelFix, ignoredCancels } from './ignored-cancel.ts';
import { channelsLeftOpen, describeLeftOpen, type LeftOpen, leftOpenFix } from './left-open.ts';
import { type LoneSignal, loneSignals } from './lone-signal.ts';
import { describeSignal, signalFix } from './lone-signal-report.ts';
import { loopFix } from './loop-fix.ts';
import { describePolledStop, type PolledStop, polledStops } from './polled-stop.ts';
import { type StoppedLoop, type StoppedTicker, stoppedLoops, stoppedTicker } from './stopped-ticker.ts';
import { inReviewedFile, nameOf, oneLine, related } from './wording.ts';

export interface UnstoppedStart {
  readonly kind: 'start';
  readonly goroutine: Goroutine;
  readonly loop: ServiceLoop;
  readonly type: TypeInfo;
  readonly stops: readonly FuncDecl[];
  readonly ticker?: StoppedTicker;
}

type Finding =
  | UnstoppedStart
  | StoppedLoop
  | LoneSignal
  | DroppedStart
  | DroppedCancel
  | IgnoredCancel
  | LeftOpen
  | PolledStop;

export function unstoppedStarts(pass: Pass): readonly UnstoppedStart[] {
  const found: UnstoppedStart[] = [];
  for (const goroutine of pass.shared(goroutinesKey)) {
    if (!inReviewedFile(pass, goroutine.start.file) || goroutine.start.kind === 'afterfunc') continue;
    const unended = goroutine.loops.find(isUnended);
    const ticker = unended && stoppedTicker(pass.pkg, goroutine, unended);
    const types = [...owningTypes(pass.pkg, goroutine), ...(ticker?.field ? [ticker.field.owner] : [])];
    const type = types.find((each) => stopMethods(each).length > 0);
    const stops = type ? stopMethods(type) : [];
    const loop =
      unended ??
      goroutine.loops.flatMap((each) => unwoken(pass, each, stops) ?? []).at(0) ??
      goroutine.loops.find((each) => endsWithPackage(pass.pkg, each, stops));
    if (!loop || !type || stops.length === 0) continue;
    if (goroutine.repetition.kind === 'process' || startedByOnce(pass.pkg, goroutine)) continue;
    found.push({ kind: 'start', goroutine, loop, type, stops, ...(ticker ? { ticker } : {}) });
  }
  return found;
}

/**
 * The loop with the flags that a stop method sets without waking it; undefined when it does, or anybody else who sets
 * them, or a goroutine that sends whatever happens.
 */
function unwoken({ pkg, shared }: Pass, loop: ServiceLoop, stops: readonly FuncDecl[]): ServiceLoop | undefined {
  if (loop.end.kind !== 'flagged') return undefined;
  const { by } = loop.end;
  const flags = by.flags.filter((flag) => stops.some((stop) => setsFlag(pkg, stop, flag)));
  const users = new Set(flags.flatMap((flag) => flag.uses.flatMap(({ func }) => func ?? [])));
  const setters = [...users].filter((func) => flags.some((flag) => setsFlag(pkg, func, flag)));
  const running = shared(goroutinesKey).flatMap(({ func }) => func ?? []);
  if (flags.length === 0 || [...stops, ...setters, ...running].some((func) => wakes(pkg, func, by))) return undefined;
  return { ...loop, end: { kind: 'flagged', by: { ...by, flags } } };
}

/** The types whose method starts the goroutine, and whose method it runs; the first with a stop method is asked. */
function owningTypes(pkg: GoPackage, { start, func }: Goroutine): readonly TypeInfo[] {
  const runs = func?.kind === 'FuncDecl' ? func.recv : undefined;
  return [start.func?.recv, runs].flatMap((recv) => {
    const type = recv && pkg.typeInfoOf(pkg.typeOfTypeExpr(recv.type));
    return type ? [type] : [];
  });
}

/** Only a context of the package ends the loop, and no stop method calls a function in a variable of the package. */
function endsWithPackage(pkg: GoPackage, { end }: ServiceLoop, stops: readonly FuncDecl[]): boolean {
  if (end.kind !== 'package-context') return false;
  let cancels = false;
  for (const stop of stops)
    walkAround(pkg, stop, (node) => {
      const called = node.kind === 'CallExpr' && node.fun.kind === 'Ident' ? pkg.bindingOf(node.fun) : undefined;
      cancels ||= called?.kind === 'var' && called.global === true;
    });
  return !cancels;
}

function startedByOnce(pkg: GoPackage, { start }: Goroutine): boolean {
  const call = start.inner && pkg.parentOf(start.inner);
  const callee = call?.kind === 'CallExpr' ? pkg.calleeOf(call) : undefined;
  return callee?.kind === 'externalMethod' && callee.type === 'Once';
}

function unstopped(pass: Pass): readonly Finding[] {
  const starts = unstoppedStarts(pass);
  return [...starts, ...stoppedLoops(pass, new Set(starts.map(({ goroutine }) => goroutine)))];
}

const rule: Rule<Finding> = {
  meta: {
    id: 'start-without-stop',
    group: 'lifecycle',
    summary: 'A goroutine is started that the stop method, cancel function or done channel for it does not end.',
    severity: 'warning',
    since: '0.1.0',
    knownProblems: [
      {
        kind: 'miss',
        text: 'A loop that is left when a call fails counts as ended, although the call may never fail.',
      },
      { kind: 'miss', text: 'A type without a stop method is not reported.' },
    ],
  },
  detect: (pass) => [
    ...unstopped(pass),
    ...droppedStarts(pass),
    ...droppedCancels(pass),
    ...loneSignals(pass).filter((one) => inReviewedFile(pass, pass.pkg.fileOf(one.send))),
    ...ignoredCancels(pass),
    ...channelsLeftOpen(pass),
    ...polledStops(pass),
  ],
  describe: (finding, pass) => describe(finding, pass),
  fix: (finding, pass) => fix(finding, pass.pkg),
};

function describe(finding: Finding, pass: Pass): Report {
  switch (finding.kind) {
    case 'start':
      return describeStart(finding, pass);
    case 'stopped-ticker':
      return describeStoppedLoop(finding, pass);
    case 'dropped':
      return describeDropped(finding, pass);
    case 'dropped-cancel':
      return describeDroppedCancel(finding, pass);
    case 'ignored-cancel':
      return describeIgnoredCancel(finding, pass);
    case 'left-open':
      return describeLeftOpen(finding, pass);
    case 'polled-stop':
      return describePolledStop(finding, pass);
    default:
      return describeSignal(finding, pass);
  }
}

function fix(finding: Finding, pkg: GoPackage): readonly SuggestedFix[] | FixRefusal {
  switch (finding.kind) {
    case 'start':
      if (finding.loop.end.kind === 'flagged') return refuse('a stop that wakes the loop takes a channel of its own');
      return loopFix(pkg, finding.goroutine, finding.loop);
    case 'stopped-ticker':
      return loopFix(pkg, finding.goroutine, finding.loop);
    case 'dropped':
      return droppedFix(pkg, finding);
    case 'dropped-cancel':
      return droppedCancelFix(pkg, finding);
    case 'ignored-cancel':
      return ignoredCancelFix(pkg, finding);
    case 'left-open':
      return leftOpenFix(pkg, finding);
    case 'polled-stop':
      return refuse('where the stop is asked for is the place to close what is waited on, and its author knows it');
    default:
      return signalFix(pkg, finding);
  }
}

function describeStart({ goroutine, loop, type, stops, ticker }: UnstoppedStart, pass: Pass): Report {
  const { pkg } = pass;
  const location = pass.at(goroutine.start.file, goroutine.start.node);
  const names = stops.map((stop) => `\`${stop.name.name}\``).join(', ');
  const name = nameOf(pkg, goroutine);
  return {
    location,
    message: `\`${type.name}\` starts ${name}, which ${ticker ? `waits for \`${oneLine(ticker.name)}\`, which a stopped ticker does not close` : whyEndless(loop)}; ${names} cannot end it.`,
    advice: `Let the loop also wait for a context or a channel that \`${stops[0]?.name.name ?? 'Stop'}\` ends, and wait for the goroutine there.`,
    related: [
      related(pass, loop.loop, 'the loop that nothing ends'),
      ...stops
        .slice(0, 2)
        .map((stop) => related(pass, stop.name, `\`${stop.name.name}\` does nothing that the loop notices`)),
    ],
    causes: [pass.at(pkg.fileOf(loop.loop), loop.loop), ...stops.map((stop) => pass.at(stop.file, stop.name))],
    subject: location,
  };
}

function describeStoppedLoop({ goroutine, loop, ticker }: StoppedLoop, pass: Pass): Report {
  const { pkg } = pass;
  const [stop] = ticker.stops;
  const location = pass.at(goroutine.start.file, goroutine.start.node);
  const place = stop ? ` (line ${pkg.fileOf(stop).lines.lineAt(stop.range.start)})` : '';
  const name = nameOf(pkg, goroutine);
  return {
    location,
    message: `${name.startsWith('the') ? `T${name.slice(1)}` : name} waits for \`${oneLine(ticker.name)}\`, which a stopped ticker does not close: \`Stop\`${place} does not end it.`,
    advice: 'Select on a done channel beside the ticker, and close it where the ticker is stopped.',
    related: [
      related(pass, loop.loop, 'the loop that nothing ends'),
      ...ticker.stops.slice(0, 2).map((node) => related(pass, node, 'after this it waits forever')),
    ],
    causes: [pass.at(pkg.fileOf(loop.loop), loop.loop), ...ticker.stops.map((node) => pass.at(pkg.fileOf(node), node))],
    subject: location,
  };
}

function describeDropped(finding: DroppedStart, pass: Pass): Report {
  const { started, value, type, stop, loop, exit, within, goroutine } = finding;
  const { pkg } = pass;
  const name = `\`${stop.name.name}\``;
  const location = pass.at(pkg.fileOf(started), started);
  return {
    location,
    message: `The goroutine of \`${value.name}\` stays when ${failure(pkg, finding)}: nobody calls ${name} of \`${type.name}\`, which alone ends it.`,
    advice: `Call ${name} before the error is returned.`,
    related: [
      ...(within ? [related(pass, within, 'this return leaves it to nobody')] : []),
      related(pass, exit, within ? 'and nobody gets it here' : 'this return leaves it to nobody'),
      related(pass, goroutine.start.node, 'the goroutine starts here'),
      related(pass, loop, `the loop that only ${name} ends`),
    ],
    causes: [pass.at(pkg.fileOf(exit), exit), ...(within ? [pass.at(pkg.fileOf(within), within)] : [])],
  };
}

function failure(pkg: GoPackage, { exit, within }: DroppedStart): string {
  const [call] = exit.results;
  if (within && call?.kind === 'CallExpr') return `\`${oneLine(textOf(pkg, call.fun))}\` fails`;
  return `line ${pkg.fileOf(exit).lines.lineAt(exit.range.start)} returns an error`;
}

function whyEndless({ end }: ServiceLoop): string {
  if (end.kind === 'package-context') return `only ends with \`${end.name}\`, a context of the whole package`;
  if (end.kind === 'flagged')
    return `looks at ${namesOf(end.by.flags)} only after a receive from ${namesOf(end.by.channels)}`;
  if (end.kind === 'unanswered')
    return `only leaves its loop through ${end.channels.map((name) => `\`${oneLine(name)}\``).join(', ')}, on which nobody sends and which nobody closes`;
  if (end.kind === 'unclosed') return `ranges over \`${oneLine(end.channel)}\`, which nobody closes`;
  return 'loops without a way out';
}

function namesOf(fields: readonly FieldInfo[]): string {
  return fields.map(({ owner, name }) => `\`${owner.name}.${name}\``).join(' or ');
}

export const startWithoutStop = anyRule(rule);
