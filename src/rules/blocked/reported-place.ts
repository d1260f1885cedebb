/**
 * Where a finding is reported. What is stuck may stand in another package of the repository while its cause stands in the
 * one under review: a generator that is left early, a pool that is never closed. Then the call is the place that leads to it.
 */
import { explorePackage } from '../../concurrency/explore.ts';
import type { Site } from '../../concurrency/ir.ts';
import type { Leak, StuckProcess, TraceStep } from '../../concurrency/leak.ts';
import type { File, FuncDecl } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import { nodesAround, type SourceSite, sameSite } from './operation.ts';

/** The story's own site when it lies in the package, else what in the package leads to it; undefined when nothing does. */
export function reportedPlace(
  pkg: GoPackage,
  { leak, root, site, departure }: { leak: Leak; root: StuckProcess; site: SourceSite; departure?: { site?: Site } },
): SourceSite | undefined {
  if (isOwn(pkg, site.file)) return site;
  for (const frames of [[root.site, ...root.callers], ...originsOf(leak, root)]) {
    const call = frames.find((frame) => isOwn(pkg, frame.file));
    if (!call) continue;
    const called = frames[frames.indexOf(call) - 1];
    return called && isStuckByItself(pkg, called, root) ? undefined : (call as SourceSite);
  }
  return [root.process.start, root.madeAt, departure?.site].find((one): one is SourceSite => isOwn(pkg, one?.file));
}

export function isOwn(pkg: GoPackage, file: File | undefined): boolean {
  return file !== undefined && pkg.files.includes(file);
}

/** The frames in which the goroutine was started and its object was made, innermost first. */
function originsOf(leak: Leak, root: StuckProcess): readonly (readonly Site[])[] {
  const makes = leak.trace.filter(({ what, site }) => what.kind === 'make' && sameSite(site, root.madeAt));
  const starts = leak.trace.filter(({ what }) => what.kind === 'go' && what.started.id === root.process.id);
  return [...starts, ...makes].map(({ site, callers }: TraceStep) => [site, ...callers]);
}

const stuckAlone = new WeakMap<FuncDecl, readonly StuckProcess[]>();

/** Whether the function that was called leaves somebody at the same place whoever calls it: then it is to blame. */
function isStuckByItself(pkg: GoPackage, called: Site, root: StuckProcess): boolean {
  const decl = called.file && nodesAround(called.file, called.range)[0];
  if (decl?.kind !== 'FuncDecl') return false;
  let found = stuckAlone.get(decl);
  if (!found) {
    const { leaks } = explorePackage(pkg.homeOf(decl), { only: (one) => one === decl, everyEntry: true });
    found = leaks.filter((leak) => !leak.outsider && leak.contract === undefined).flatMap(({ stuck }) => stuck);
    stuckAlone.set(decl, found);
  }
  return found.some(({ site }) => sameSite(site, root.site));
}
