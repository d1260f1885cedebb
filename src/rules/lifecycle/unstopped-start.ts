/** Goroutines of a type with a stop method that the stop method does not end. */
import type { Report } from '../../analysis/diagnostic.ts';
import type { Pass } from '../../analysis/rule.ts';
import { constructorsOf } from '../../concurrency/contracts/maker.ts';
import type { FuncDecl } from '../../go/ast.ts';
import type { FieldInfo, GoPackage, TypeInfo } from '../../go/package.ts';
import { setsFlag, wakes } from '../ownership/flagged-loop.ts';
import { type Goroutine, goroutinesKey, isUnended } from '../ownership/owner.ts';
import { walkAround } from '../ownership/reach.ts';
import type { ServiceLoop } from '../ownership/service-loop.ts';
import { stopMethods } from '../ownership/stop-method.ts';
import { type StoppedTicker, stoppedTicker } from './stopped-ticker.ts';
import { inReviewedFile, nameOf, oneLine, related } from './wording.ts';

export interface UnstoppedStart {
  readonly kind: 'start';
  readonly goroutine: Goroutine;
  readonly loop: ServiceLoop;
  readonly type: TypeInfo;
  readonly stops: readonly FuncDecl[];
  readonly ticker?: StoppedTicker;
}

export function unstoppedStarts(pass: Pass): readonly UnstoppedStart[] {
  const found: UnstoppedStart[] = [];
  for (const goroutine of pass.shared(goroutinesKey)) {
    if (!inReviewedFile(pass, goroutine.start.file) || goroutine.start.kind === 'afterfunc') continue;
    const unended = goroutine.loops.find(isUnended);
    const ticker = unended && stoppedTicker(pass.pkg, goroutine, unended);
    const built = unended ? builtTypes(pass.pkg, goroutine) : [];
    const types = [...owningTypes(pass.pkg, goroutine), ...(ticker?.field ? [ticker.field.owner] : []), ...built];
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

/** The type that the starter makes and returns: who gets the value is to end what works for it. */
function builtTypes(pkg: GoPackage, { start: { func } }: Goroutine): readonly TypeInfo[] {
  const result = func?.recv ? undefined : func?.type.results[0];
  const type = result && pkg.typeInfoOf(pkg.typeOfTypeExpr(result.type));
  return func && type && constructorsOf(pkg, type).includes(func) ? [type] : [];
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

export function describeStart({ goroutine, loop, type, stops, ticker }: UnstoppedStart, pass: Pass): Report {
  const { pkg } = pass;
  const location = pass.at(goroutine.start.file, goroutine.start.node);
  const names = stops.map((stop) => `\`${stop.name.name}\``).join(', ');
  const name = nameOf(pkg, goroutine);
  return {
    location,
    message: `\`${type.name}\` starts ${name}, which ${ticker ? `waits for \`${oneLine(ticker.name)}\`, which a stopped ticker does not close` : whyEndless(loop)}; ${names} cannot end it.`,
    advice: `Make the loop also wait for a context or a channel that \`${stops[0]?.name.name ?? 'Stop'}\` ends, and wait for the goroutine there.`,
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

function whyEndless({ end }: ServiceLoop): string {
  if (end.kind === 'package-context') return `only ends with \`${end.name}\`, a context of the whole package`;
  if (end.kind === 'flagged')
    return `checks ${namesOf(end.by.flags)} only after a receive from ${namesOf(end.by.channels)}`;
  if (end.kind === 'unanswered')
    return `only leaves its loop through ${end.channels.map((name) => `\`${oneLine(name)}\``).join(', ')}, on which nobody sends and which nobody closes`;
  if (end.kind === 'unclosed') return `ranges over \`${oneLine(end.channel)}\`, which nobody closes`;
  return 'loops with no way out';
}

function namesOf(fields: readonly FieldInfo[]): string {
  return fields.map(({ owner, name }) => `\`${owner.name}.${name}\``).join(' or ');
}
