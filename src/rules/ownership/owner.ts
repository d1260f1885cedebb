/**
 * The owner analysis: who makes a goroutine end, and who can wait for that. One answer for each start, shared by the
 * lifecycle rules.
 *
 *  1. A goroutine of `main` or `init` belongs to the process.
 *  2. One that somebody waits for (WaitGroup, errgroup, a channel that it closes) belongs to the waiter.
 *  3. One whose body the package does not show is unknown.
 *  4. One that something may hold forever (`holdsOf`), or whose loop nothing ends, is unowned. A slow peer does not
 *     count in a goroutine whose loop somebody ends.
 *  5. One whose loop a context or a stop channel ends belongs to whoever cancels or closes it.
 *  6. One without loops, channels, locks and calls that cannot be seen is bounded.
 *  7. Everything else is unknown, which keeps the rules quiet.
 */
import type { SharedKey } from '../../analysis/rule.ts';
import type { Node } from '../../go/ast.ts';
import type { GoPackage, GoroutineStart } from '../../go/package.ts';
import { type Hold, holdsOf } from './hold.ts';
import { startedImplementation } from './implementations.ts';
import { type Func, goroutineFunc, walkReached } from './reach.ts';
import { type Repetition, repetitionOf } from './repetition.ts';
import { type ServiceLoop, serviceLoops } from './service-loop.ts';
import { type Waiter, waiterOf } from './waiting.ts';

export type Ownership =
  | {
      readonly kind: 'owned';
      readonly by: 'process' | 'waitgroup' | 'errgroup' | 'done-channel' | 'context' | 'stop-channel';
      readonly name: string;
      readonly evidence: readonly Node[];
    }
  | { readonly kind: 'bounded'; readonly reason: string }
  | { readonly kind: 'unowned'; readonly holds: readonly Hold[]; readonly loops: readonly ServiceLoop[] }
  | { readonly kind: 'unknown'; readonly reason: string };

/** Everything that the rules ask about one start of a goroutine; parts are computed when asked for. */
export interface Goroutine {
  readonly start: GoroutineStart;
  /** The function that it runs; absent when the package does not show it. */
  readonly func: Func | undefined;
  readonly repetition: Repetition;
  readonly waiter: Waiter | undefined;
  readonly loops: readonly ServiceLoop[];
  readonly holds: readonly Hold[];
  readonly ownership: Ownership;
}

/** The goroutines of the package under review. */
export const goroutinesKey: SharedKey<readonly Goroutine[]> = {
  name: 'goroutines',
  compute: (pass) => goroutinesOf(pass.pkg),
};

const known = new WeakMap<GoPackage, readonly Goroutine[]>();

/** The goroutines of a package, in file and source order. Computed once per package. */
export function goroutinesOf(pkg: GoPackage): readonly Goroutine[] {
  const goroutines = known.get(pkg) ?? pkg.goroutineStarts.map((start) => goroutineOf(pkg, start));
  known.set(pkg, goroutines);
  return goroutines;
}

function goroutineOf(pkg: GoPackage, start: GoroutineStart): Goroutine {
  const func = goroutineFunc(start) ?? startedImplementation(pkg, start);
  const repetition = lazy(() => repetitionOf(pkg, start));
  const waiter = lazy(() => waiterOf(pkg, start, func));
  const loops = lazy(() => (func ? serviceLoops(pkg, func) : []));
  const holds = lazy(() => (func ? holdsOf(pkg, func) : []));
  const ownership = lazy(() => ownershipOf(pkg, goroutine));
  const goroutine: Goroutine = {
    start,
    func,
    get repetition() {
      return repetition();
    },
    get waiter() {
      return waiter();
    },
    get loops() {
      return loops();
    },
    get holds() {
      return holds();
    },
    get ownership() {
      return ownership();
    },
  };
  return goroutine;
}

function ownershipOf(pkg: GoPackage, goroutine: Goroutine): Ownership {
  const { func, repetition, waiter } = goroutine;
  if (repetition.kind === 'process') return { kind: 'owned', by: 'process', name: repetition.reason, evidence: [] };
  if (waiter?.by === 'handed-off') return { kind: 'unknown', reason: `another goroutine may wait on ${waiter.name}` };
  if (waiter) return { kind: 'owned', by: waiter.by, name: waiter.name, evidence: waiter.evidence };
  if (!func) return { kind: 'unknown', reason: 'the package does not show what the goroutine runs' };
  const endless = goroutine.loops.filter(isUnended);
  const owner = ownerByLoop(goroutine.loops);
  const holds = owner
    ? goroutine.holds.filter((hold) => hold.kind !== 'network' && hold.kind !== 'client-write')
    : goroutine.holds;
  if (holds.length > 0 || endless.length > 0) return { kind: 'unowned', holds, loops: endless };
  return owner ?? boundedOrUnknown(pkg, func, goroutine.loops);
}

/** A loop that nothing in the package ends. */
export function isUnended(loop: ServiceLoop): boolean {
  return loop.end.kind === 'never' || loop.end.kind === 'unanswered' || loop.end.kind === 'unclosed';
}

function ownerByLoop(loops: readonly ServiceLoop[]): Ownership | undefined {
  for (const { end } of loops) {
    if (end.kind === 'context' || end.kind === 'package-context')
      return { kind: 'owned', by: 'context', name: 'context', evidence: [end.node] };
    if (end.kind === 'channel') return { kind: 'owned', by: 'stop-channel', name: end.name, evidence: end.evidence };
  }
  return undefined;
}

function boundedOrUnknown(pkg: GoPackage, func: Func, loops: readonly ServiceLoop[]): Ownership {
  if (loops.length > 0) return { kind: 'unknown', reason: 'its loop ends in a way that is not understood' };
  let waits: string | undefined;
  walkReached(pkg, func, (node) => {
    waits ??= mayWait(pkg, node);
  });
  return waits ? { kind: 'unknown', reason: waits } : { kind: 'bounded', reason: 'it does nothing that waits' };
}

function mayWait(pkg: GoPackage, node: Node): string | undefined {
  if (node.kind === 'SendStmt' || node.kind === 'SelectStmt') return 'it uses channels';
  if (node.kind === 'UnaryExpr' && node.op === '<-') return 'it uses channels';
  if (node.kind === 'ForStmt') return 'it loops';
  if (node.kind !== 'CallExpr') return undefined;
  const callee = pkg.calleeOf(node);
  const seen =
    callee.kind === 'builtin' ||
    callee.kind === 'conversion' ||
    callee.kind === 'func' ||
    callee.kind === 'method' ||
    callee.kind === 'lit';
  return seen ? undefined : 'it calls code outside the package';
}

function lazy<T>(compute: () => T): () => T {
  let value: { readonly is: T } | undefined;
  return () => {
    value ??= { is: compute() };
    return value.is;
  };
}
