/**
 * What a function leaves behind for the next one. The caller of a library is out of sight, but it may call any method next:
 * a method that returns while it holds a lock of the value, or after an `Add` that nothing takes back, blocks the method
 * that takes the lock or waits for the counter. It may wait for the counter itself. So does one that holds the lock and waits forever on purpose, with `select {}`.
 *
 *  1. The lock or counter lies in a field that only the package can use, is embedded, or is a variable of the package.
 *  2. It is not handed over: nobody releases the lock, or lowers the counter, who has not taken or raised it itself.
 *
 * Assumed: the value is in any state in which its locks are free and its counters at zero.
 */
import type { FuncDecl } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import { walk } from '../../go/walk.ts';
import { contains } from '../../text/offset.ts';
import type { CodeRef, Slot } from '../ir.ts';
import type { Leak, StuckProcess } from '../leak.ts';
import { functionName, type PackageLowering } from '../lower/package-lowering.ts';
import { escapes } from '../open/escaping.ts';
import { Calls } from './calls.ts';
import { type ContractSearch, searchesFor, slicedSearch } from './contract-search.ts';
import { callsOf, type Guard, type GuardCall, guardsOf } from './guards.ts';
import { isMethodOf } from './leading-methods.ts';
import { leadsTo, reachedFrom } from './reached.ts';
import { isSingleUse } from './single-use.ts';

/** Two calls in a row, and what the first may leave held for the second. */
interface Pair {
  readonly guard: Guard;
  readonly first: FuncDecl;
  readonly next: FuncDecl;
  /** The first does not return: the second is called meanwhile. `alone`: it is the same call. */
  readonly how?: 'stays' | 'alone';
}

/** So many pairs of a package are searched; the rest is not decided. */
const maxPairs = 96;

/** The searches that the locks and counters of a package's types ask for; only those whose methods are in `only`. */
export function nextCallSearches(
  pkg: GoPackage,
  lowering: PackageLowering,
  only?: (decl: FuncDecl) => boolean,
): Iterable<ContractSearch> {
  return searchesFor(pairsOf(pkg), {
    concerns: ({ first, next }) => [first, next],
    only,
    most: maxPairs,
    searchOf: (pair, over) => searchOf(lowering, pair, over),
  });
}

function* pairsOf(pkg: GoPackage): Iterable<Pair> {
  for (const guard of guardsOf(pkg)) yield* guard.kind === 'lock' ? lockPairs(pkg, guard) : counterPairs(pkg, guard);
}

function functionsOf(uses: readonly GuardCall[]): ReadonlySet<FuncDecl> {
  return new Set(uses.flatMap(({ func }) => func ?? []));
}

function* lockPairs(pkg: GoPackage, guard: Guard): Iterable<Pair> {
  const takers = functionsOf(callsOf(guard, 'Lock', 'RLock', 'TryLock', 'TryRLock'));
  const released = callsOf(guard, 'Unlock', 'RUnlock');
  const releasers = functionsOf(released);
  if ([...releasers].some((decl) => !takers.has(decl) && !isHelper(pkg, decl, takers))) return;
  // A function that is handed out releases the lock when its caller likes.
  if (released.some(({ inner }) => inner !== undefined && escapes(pkg, inner))) return;
  const writers = [...functionsOf(callsOf(guard, 'Lock'))].filter((decl) => isOwn(pkg, guard, decl));
  for (const first of takers) {
    if (!isOwn(pkg, guard, first)) continue;
    const other = writers.find((decl) => decl !== first);
    if (other && waitsForNothing(first)) yield { guard, first, next: other, how: 'stays' };
    if (isLocker(first) || releasesByDefer(pkg, guard, first)) continue;
    if (guard.owner && isSingleUse(pkg, guard.owner, first)) continue;
    // Where others may release it, too, who releases it himself at times has not meant to leave that to them.
    if (guard.open && !releasers.has(first)) continue;
    // Called again, it may go the same way; somebody else does not.
    if (writers.includes(first)) yield { guard, first, next: first };
    if (other) yield { guard, first, next: other };
  }
}

/** A method of the value; of a variable of the package, any function that runs when it likes. */
function isOwn(pkg: GoPackage, { owner }: Guard, decl: FuncDecl): boolean {
  if (owner) return isMethodOf(pkg, decl, owner);
  return decl.name.name !== 'init' && !(pkg.name === 'main' && decl.name.name === 'main');
}

/** A part of functions that have taken the lock: nobody else calls it. */
function isHelper(pkg: GoPackage, decl: FuncDecl, takers: ReadonlySet<FuncDecl>): boolean {
  const callers = pkg.callersOf(decl).map((call) => pkg.enclosing(call).func);
  return callers.length > 0 && callers.every((caller) => caller !== undefined && takers.has(caller));
}

/** `select {}` outside of literals. */
function waitsForNothing({ body }: FuncDecl): boolean {
  let found = false;
  if (body)
    walk(body, (node) => {
      found ||= node.kind === 'SelectStmt' && node.clauses.length === 0;
      return !found && node.kind !== 'FuncLit';
    });
  return found;
}

/** A method that takes the lock for its caller says so. */
function isLocker({ name, doc }: FuncDecl): boolean {
  return (
    /lock|acquire.*lock|begin/i.test(name.name) ||
    /\b(hold(s|ing)?|keeps?|return(s|ing)?)\b[^.]*\block/i.test(doc ?? '')
  );
}

/** Every lock is taken right before a `defer` that releases it. */
function releasesByDefer(pkg: GoPackage, guard: Guard, func: FuncDecl): boolean {
  const within = (...methods: readonly string[]) => callsOf(guard, ...methods).filter((use) => use.func === func);
  const taken = within('Lock', 'RLock', 'TryLock', 'TryRLock');
  const deferred = within('Unlock', 'RUnlock').filter(({ call }) => pkg.parentOf(call)?.kind === 'DeferStmt');
  return deferred.length >= taken.length;
}

function* counterPairs(pkg: GoPackage, guard: Guard): Iterable<Pair> {
  const waiters = functionsOf(callsOf(guard, 'Wait'));
  const next = [...waiters].find((decl) => isOwn(pkg, guard, decl));
  const done = callsOf(guard, 'Done');
  if (done.some(({ inner }) => inner !== undefined && escapes(pkg, inner))) return;
  const lowering = functionsOf(done);
  for (const first of functionsOf(callsOf(guard, 'Add'))) {
    if (!isOwn(pkg, guard, first)) continue;
    const reached = reachedFrom(pkg, first);
    if (![...lowering].every((decl) => reached.has(decl))) continue;
    if (waiters.has(first)) yield { guard, first, next: first, how: 'alone' };
    if (next && next !== first) yield { guard, first, next };
  }
}

function searchOf(lowering: PackageLowering, pair: Pair, over: boolean): ContractSearch | undefined {
  const { guard, first, next, how } = pair;
  const site = lowering.site(first.file, first.name);
  const entry: CodeRef = lowering.lazy(functionName(first), site, (self) => {
    const program = new Calls(lowering);
    const value = guard.owner && program.used(guard.owner);
    const of = (decl: FuncDecl) => value ?? receiverOf(lowering.pkg, program, decl);
    if (how === 'stays') program.go(first, of(first));
    else if (how === undefined) program.call(first, of(first));
    program.call(next, of(next));
    return program.finish(self);
  });
  return slicedSearch(lowering, entry, over, {
    breaches: (result) => result.leaks.flatMap((leak) => breachOf(pair, leak) ?? []),
    focused: () => undefined,
    ...textOf(lowering.pkg, pair),
  });
}

/**
 * A counter is lowered by functions that the first leads to, and only these are of interest; the field is theirs alone.
 * Assumed: what they call without being seen does not call them again.
 */
function textOf(pkg: GoPackage, { guard, first, next }: Pair): { own: FuncDecl[]; fields?: ReadonlySet<string> } {
  const { kind, field } = guard;
  if (kind === 'lock' || !field) return { own: [first, next] };
  const users = functionsOf(guard.calls);
  const own = [...reachedFrom(pkg, first)].filter((one) => one.kind === 'FuncDecl' && leadsTo(pkg, one, users));
  const isOnly = [...pkg.types.values()].filter(({ fields }) => fields.has(field.name)).length === 1;
  return {
    own: [...new Set([first, next, ...own])].filter((one) => one.kind === 'FuncDecl'),
    ...(isOnly ? { fields: new Set([field.name]) } : {}),
  };
}

/** A method that works on a variable of the package is called on some value of its type. */
function receiverOf(pkg: GoPackage, program: Calls, { recv }: FuncDecl): Slot | undefined {
  const type = recv && pkg.typeInfoOf(pkg.typeOfTypeExpr(recv.type));
  return type && program.used(type);
}

/** The second call is stuck for good: the first has returned, and nobody else is stuck, or it stays on purpose. */
function breachOf({ guard, first, next, how }: Pair, leak: Leak): Leak | undefined {
  const waiting = leak.stuck.find(({ process }) => process.start === undefined);
  const others = leak.stuck.filter((one) => one !== waiting);
  if (!waiting || leak.outsider) return undefined;
  if (waiting.kind !== 'lock' && waiting.kind !== 'rlock' && waiting.kind !== 'wait') return undefined;
  const [other] = others;
  const isKept = how === 'stays' ? other && isForNothing(other, first) : others.length === 0;
  if (!isKept || others.length > 1 || (how === undefined && !hasReturned(leak, first))) return undefined;
  if (!isIn(waiting.site, next) || !isCallOf(guard, waiting)) return undefined;
  const contract = { type: guard.owner?.name ?? '', method: next.name.name, stops: [] };
  return { ...leak, contract: { ...contract, ...(how === 'stays' ? { holds: true } : { next: true }) } };
}

function isForNothing({ kind, arms, site }: StuckProcess, func: FuncDecl): boolean {
  return kind === 'select' && arms?.length === 0 && isIn(site, func);
}

function hasReturned({ trace }: Leak, func: FuncDecl): boolean {
  return trace.some(
    ({ process, what, callers, site }) =>
      process.id === 0 && what.kind === 'return' && callers.length === 1 && isIn(site, func),
  );
}

function isIn({ file, range }: StuckProcess['site'], decl: FuncDecl): boolean {
  return file === decl.file && contains(decl.range, range);
}

function isCallOf({ calls }: Guard, { site }: StuckProcess): boolean {
  return calls.some(({ file, call }) => file === site.file && contains(site.range, call.range));
}
