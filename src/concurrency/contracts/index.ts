/** All that the functions of a package's types expect of each other, as searches. */
import type { FuncDecl } from '../../go/ast.ts';
import type { GoPackage } from '../../go/package.ts';
import type { PackageLowering } from '../lower/package-lowering.ts';
import type { ContractSearch } from './contract-search.ts';
import { heldWaitSearches } from './held-waits.ts';
import { lockOrderSearches } from './lock-order.ts';
import { nextCallSearches } from './next-call.ts';
import { reentrySearches } from './reentry.ts';
import { replacedSearches } from './replaced.ts';
import { contractSearches } from './search.ts';

/** Made one after the other, as each holds a program of its own; only those that hang on functions in `only`. */
export function* searchesOfTypes(
  pkg: GoPackage,
  lowering: PackageLowering,
  only?: (decl: FuncDecl) => boolean,
): Iterable<ContractSearch> {
  yield* contractSearches(pkg, lowering, only);
  yield* nextCallSearches(pkg, lowering, only);
  yield* heldWaitSearches(pkg, lowering, only);
  yield* lockOrderSearches(pkg, lowering, only);
  yield* reentrySearches(pkg, lowering, only);
  yield* replacedSearches(pkg, lowering, only);
}
