/** One search about what the functions of a package expect of each other: its program, and what it says of a result. */
import type { CodeRef, Program } from '../ir.ts';
import type { Leak, SearchResult } from '../leak.ts';
import type { PackageLowering } from '../lower/package-lowering.ts';
import { sliceEntry } from '../relevance/slice.ts';

/** What the search of one contract needs and gives. */
export interface ContractSearch {
  readonly entry: CodeRef;
  readonly program: Program;
  /** Why it is not searched, although it may be broken. */
  readonly unsearched?: string;
  /** The leaks of a result that are breaches of the contract, told as such. */
  breaches(result: SearchResult): readonly Leak[];
  /** A smaller search for when this one does not come to an end. */
  smaller(): ContractSearch | undefined;
  /** Lets go of the slice. */
  release(): void;
}

/** @param over the package has more of them than are searched */
export function slicedSearch(
  lowering: PackageLowering,
  entry: CodeRef,
  over: boolean,
  told: Pick<ContractSearch, 'breaches' | 'smaller'>,
): ContractSearch | undefined {
  const method = lowering.method.bind(lowering);
  const slice = sliceEntry(entry, [], method);
  if (!slice.relevant) return undefined;
  const unsearched = over
    ? 'the package has too many of them'
    : slice.tooLarge
      ? 'it reaches too much code'
      : undefined;
  return {
    ...(unsearched === undefined ? {} : { unsearched }),
    entry: slice.entry,
    release: slice.release,
    program: { entry: slice.entry, entryHints: [], method: slice.method },
    ...told,
  };
}
