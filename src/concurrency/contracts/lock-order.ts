/**
 * Two locks that are taken in opposite orders: one function holds the first and asks for the second, another one (or the
 * same, called twice) holds the second and asks for the first. Called at the same time, they wait for each other.
 *
 *  1. Both locks lie in fields that only the package can use, are embedded, or are variables of the package.
 *  2. No third lock is held on both ways: it would keep the two apart.
 *  3. The locks lie in the function's receiver or parameters, or in what a field of these leads to. Values that fields
 *     lead to are taken to be each other's.
 *
 * Assumed: functions of a type with a lock may be called at the same time, on a value in any state.
 */
import type { FuncDecl } from '../../go/ast.ts';
import type { FieldInfo, GoPackage, TypeInfo } from '../../go/package.ts';
import type { GoType } from '../../go/types.ts';
import { work } from '../../work/meter.ts';
import type { CodeRef } from '../ir.ts';
import type { Leak, StuckProcess } from '../leak.ts';
import { functionName, type PackageLowering } from '../lower/package-lowering.ts';
import { Calls } from './calls.ts';
import { type ContractSearch, searchesFor, slicedSearch } from './contract-search.ts';
import { givenTo } from './given.ts';
import { asksFor, type Guard } from './guards.ts';
import { type Holder, type LockGraph, lockGraphOf } from './lock-graph.ts';

/** Two functions and the locks that each holds when it asks for the other's. */
interface Crossing {
  readonly first: FuncDecl;
  readonly second: FuncDecl;
  /** Held by the first, asked for by the second. */
  readonly outer: Guard;
  readonly inner: Guard;
  readonly types: ReadonlySet<TypeInfo>;
}

/** A field through which values of one type lead to another. */
interface Link {
  readonly from: TypeInfo;
  readonly field: FieldInfo;
  readonly to: TypeInfo;
  readonly shape: 'value' | 'list' | 'map';
}

/** So many crossings of a package are searched; the rest is not decided. */
const maxSearches = 24;
/** So many pairs of functions are searched for the same two locks. */
const maxOfTwo = 4;

/** The searches for functions of `pkg` that take locks in opposite orders; only those in which functions of `only` take part. */
export function lockOrderSearches(
  pkg: GoPackage,
  lowering: PackageLowering,
  only?: (decl: FuncDecl) => boolean,
): Iterable<ContractSearch> {
  return searchesFor(crossingsOf(pkg), {
    concerns: ({ first, second }) => [first, second],
    only,
    most: maxSearches,
    searchOf: (crossing, over) => searchOf(lowering, crossing, over),
  });
}

function* crossingsOf(pkg: GoPackage): Iterable<Crossing> {
  const graph = lockGraphOf(pkg);
  for (const [at, outer] of graph.locks.entries())
    for (const inner of graph.locks.slice(at + 1)) {
      work();
      yield* crossingsOfTwo(pkg, graph, outer, inner);
    }
}

/** Two locks are one cause, in however many functions they are taken. */
function* crossingsOfTwo(pkg: GoPackage, graph: LockGraph, outer: Guard, inner: Guard): Iterable<Crossing> {
  const back = graph.holders(inner, outer);
  let count = 0;
  for (const there of back.length === 0 ? [] : graph.holders(outer, inner))
    for (const other of back) {
      work();
      const [first, second] = [there.func, other.func];
      const types = meet(there, other, outer, inner) ? typesOf(pkg, [outer, inner], [first, second]) : undefined;
      if (!types) continue;
      yield { first, second, outer, inner, types };
      count += 1;
      if (count >= maxOfTwo) return;
    }
}

/** Nothing but the two locks is held on both ways. */
function meet(a: Holder, b: Holder, outer: Guard, inner: Guard): boolean {
  return ![...a.held].some((guard) => guard !== outer && guard !== inner && b.held.has(guard));
}

/** The types of values that the program needs; undefined when one of the functions does not lead to one of the locks. */
function typesOf(
  pkg: GoPackage,
  guards: readonly Guard[],
  funcs: readonly FuncDecl[],
): ReadonlySet<TypeInfo> | undefined {
  const types = new Set(guards.flatMap(({ owner }) => owner ?? []));
  for (const func of funcs) {
    const given = givenTo(pkg, func);
    if (func.recv && given.length === 0) return undefined;
    const leads = (owner: TypeInfo) => given.some((type) => type === owner || linksOf(pkg, type, owner).length > 0);
    if (guards.some(({ owner }) => owner && !leads(owner))) return undefined;
    for (const type of given) types.add(type);
  }
  return types;
}

function linksOf(pkg: GoPackage, from: TypeInfo, to: TypeInfo): readonly Link[] {
  return [...from.fields.values()].flatMap((field): readonly Link[] => {
    const type = field.type.kind === 'named' ? pkg.underlying(field.type) : field.type;
    const leads = (of: GoType) => pkg.typeInfoOf(of) === to && of.kind === 'pointer';
    if (leads(field.type)) return [{ from, field, to, shape: 'value' }];
    if (type.kind === 'slice' && leads(type.elem)) return [{ from, field, to, shape: 'list' }];
    return type.kind === 'map' && leads(type.value) ? [{ from, field, to, shape: 'map' }] : [];
  });
}

function searchOf(lowering: PackageLowering, crossing: Crossing, over: boolean): ContractSearch | undefined {
  const { first, second, types } = crossing;
  const { pkg } = lowering;
  const entry: CodeRef = lowering.lazy(functionName(second), lowering.site(second.file, second.name), (self) => {
    const program = new Calls(lowering);
    for (const type of types) program.give(type, program.used(type));
    for (const from of types)
      for (const to of types)
        for (const { field, shape } of from === to ? [] : linksOf(pkg, from, to))
          program.link(from, field.name, to, shape);
    program.go(first, undefined);
    program.call(second, undefined);
    return program.finish(self);
  });
  return slicedSearch(lowering, entry, over, {
    // Each place of the circle can be the one that is told: one is enough.
    breaches: (result) => result.leaks.flatMap((leak) => breachOf(crossing, leak) ?? []).slice(0, 1),
    focused: () => undefined,
    own: [first, second],
  });
}

/** Each waits for the lock that the other one holds. */
function breachOf({ outer, inner, second }: Crossing, leak: Leak): Leak | undefined {
  const [one, other, ...others] = leak.stuck;
  if (leak.outsider || !one || !other || others.length > 0) return undefined;
  const waits = (a: StuckProcess, b: StuckProcess) => asksFor(outer, a) && asksFor(inner, b);
  if (!waits(one, other) && !waits(other, one)) return undefined;
  const type = outer.owner?.name ?? inner.owner?.name ?? '';
  return { ...leak, contract: { type, method: second.name.name, stops: [], holds: true } };
}
