/** One search about what the functions of a package expect of each other: its program, and what it says of a result. */
import type { FuncDecl } from '../../go/ast.ts';
import type { CodeRef, Program } from '../ir.ts';
import type { Leak, SearchResult } from '../leak.ts';
import type { PackageLowering } from '../lower/package-lowering.ts';
import { narrowEntry, type Scope } from '../relevance/narrow.ts';
import { type Slice, sliceEntry } from '../relevance/slice.ts';

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
  /** Another one for when this one ends and finds nothing: what makes the value may not come so far. */
  focused(): ContractSearch | undefined;
  /** Lets go of the slice. */
  release(): void;
}

type Told = Pick<ContractSearch, 'breaches' | 'focused'> & {
  /** The functions that the program calls or starts. */
  readonly own: readonly (FuncDecl | undefined)[];
  /** Names of fields that these functions alone reach. */
  readonly fields?: ReadonlySet<string>;
};

/**
 * The search of a program with everything that it reaches. Where that is too much, the smaller one that is given; then the same
 * program, of whose callees only those are seen that are given something that it makes; then with its own functions alone.
 *
 * @param over the package has more of them than are searched
 */
export function slicedSearch(
  lowering: PackageLowering,
  entry: CodeRef,
  over: boolean,
  told: Told,
): ContractSearch | undefined {
  const { breaches } = told;
  const method = lowering.method.bind(lowering);
  const functions = told.own.flatMap((decl) => (decl ? [lowering.codeOf(decl)] : []));
  const own = { functions, ...(told.fields && { fields: told.fields }) };
  const narrow = (scope: Scope, smaller: ContractSearch['smaller']) =>
    searchOf(narrowEntry(entry, [], method, scope, own), false, { breaches, smaller, focused: () => undefined }) ??
    smaller();
  const narrower = () => narrow('made', () => narrow('text', () => undefined));
  const smaller = () => told.focused() ?? (over ? undefined : narrower());
  return searchOf(sliceEntry(entry, [], method), over, { breaches, smaller, focused: told.focused });
}

function searchOf(
  slice: Slice | undefined,
  over: boolean,
  told: Pick<ContractSearch, 'breaches' | 'smaller' | 'focused'>,
): ContractSearch | undefined {
  if (!slice?.relevant) return undefined;
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

/** How the searches for something that functions of a package expect of each other are made. */
export interface Wanted<T> {
  /** Which functions of the package have a part in it. */
  readonly concerns: (one: T) => readonly FuncDecl[];
  /** Those in which none of these has a part are left out. */
  readonly only: ((decl: FuncDecl) => boolean) | undefined;
  /** So many are searched; of the others it is said that they are not. */
  readonly most: number;
  readonly searchOf: (one: T, over: boolean) => ContractSearch | undefined;
}

/** The searches, made one after the other, as each holds a program of its own. */
export function* searchesFor<T>(
  all: Iterable<T>,
  { concerns, only, most, searchOf }: Wanted<T>,
): Iterable<ContractSearch> {
  let count = 0;
  for (const one of all) {
    if (only !== undefined && !concerns(one).some(only)) continue;
    const search = searchOf(one, count >= most);
    if (!search) continue;
    count += 1;
    yield search;
    search.release();
  }
}
