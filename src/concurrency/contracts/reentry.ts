/**
 * A function that keeps a lock and leads to one that takes the same lock again, however much else it calls: what a search
 * of the whole function finds where that is small.
 *
 *  1. The lock is held from its `Lock` to the call, as far as the text goes (`lock-graph.ts`).
 *  2. Each call on the way hands on the receiver or a parameter, in which the lock lies, or the lock is a variable of the
 *     package.
 *  3. Of the program only the functions on the way are seen; every other call may do anything but unlock.
 *
 * Assumed: the value may be in any state when the function is called.
 */
import type { FuncDecl } from '../../go/ast.ts';
import type { GoPackage, TypeInfo } from '../../go/package.ts';
import type { CodeRef } from '../ir.ts';
import type { Leak } from '../leak.ts';
import { functionName, type PackageLowering } from '../lower/package-lowering.ts';
import { Calls } from './calls.ts';
import { type ContractSearch, searchesFor, slicedSearch } from './contract-search.ts';
import { givenTo } from './given.ts';
import { asksFor } from './guards.ts';
import { lockGraphOf, type Reentry } from './lock-graph.ts';

/** So many of a package are searched; the rest is not decided. */
const maxSearches = 24;

/** The searches for functions of `pkg` that take a lock which they hold; only those in which functions of `only` take part. */
export function reentrySearches(
  pkg: GoPackage,
  lowering: PackageLowering,
  only?: (decl: FuncDecl) => boolean,
): Iterable<ContractSearch> {
  return searchesFor(lockGraphOf(pkg).reentries, {
    concerns: ({ path }) => path,
    only,
    most: maxSearches,
    searchOf: (reentry, over) => searchOf(lowering, reentry, over),
  });
}

function searchOf(lowering: PackageLowering, { guard, path }: Reentry, over: boolean): ContractSearch | undefined {
  const { pkg } = lowering;
  const [func] = path;
  if (!func) return undefined;
  const types = new Set<TypeInfo>(givenTo(pkg, func));
  if (guard.owner && !types.has(guard.owner)) return undefined;
  const entry: CodeRef = lowering.lazy(functionName(func), lowering.site(func.file, func.name), (self) => {
    const program = new Calls(lowering);
    for (const type of types) program.give(type, program.used(type));
    program.call(func, undefined);
    return program.finish(self);
  });
  const search = slicedSearch(lowering, entry, over, {
    breaches: (result) => result.leaks.flatMap((leak) => breachOf({ guard, path }, leak) ?? []).slice(0, 1),
    focused: () => undefined,
    own: path,
  });
  // What can be searched as a whole has been: each function that takes a lock is an entry of its own.
  if (search?.unsearched !== undefined) return search;
  search?.release();
  return undefined;
}

/** Who waits for the lock is alone, and holds it. */
function breachOf({ guard, path }: Reentry, leak: Leak): Leak | undefined {
  const [one, ...others] = leak.stuck;
  if (leak.outsider || !one || others.length > 0 || !asksFor(guard, one)) return undefined;
  const type = guard.owner?.name ?? '';
  return { ...leak, contract: { type, method: path[0]?.name.name ?? '', stops: [], holds: true } };
}
