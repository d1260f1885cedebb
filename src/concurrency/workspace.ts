/**
 * What the explorations of one package share. A fix is verified by exploring the package again from some of its functions, and
 * what they reach has not changed since: its code, what is known of its slices, and the results of searches are kept as long
 * as the package. A search that was made before is looked up, and counts for as much as it did the first time.
 */
import type { FuncDecl, FuncLit } from '../go/ast.ts';
import type { GoPackage } from '../go/package.ts';
import type { ExploreOptions } from './explore.ts';
import { entriesOf } from './explore-entries.ts';
import type { CodeRef, Hint } from './ir.ts';
import type { Budget, SearchResult } from './leak.ts';
import type { PackageLowering } from './lower/package-lowering.ts';
import { lowerPackage } from './lower/program.ts';
import { packageLiterals } from './open/literals.ts';
import { ownedFields } from './open/owned-fields.ts';
import { narrowEntry, type Scope } from './relevance/narrow.ts';
import { type Slice, sliceEntry } from './relevance/slice.ts';
import type { Extent, MethodFinder } from './relevance/units.ts';
import type { Rung } from './search-log.ts';

/** A function that is searched on its own. */
export type Func = FuncDecl | FuncLit;

/** A slice whose codes may be let go and made again; what it says of itself stays. */
export class KeptSlice {
  readonly facts: Omit<Slice, 'entry' | 'method' | 'release'>;
  readonly #make: () => Slice;
  #codes: Slice | undefined;

  constructor(first: Slice, make: () => Slice) {
    const { relevant, crossing, size, weight, seen, tooLarge, many, forwardsTo } = first;
    this.facts = {
      relevant,
      size,
      weight,
      seen,
      tooLarge,
      forwardsTo,
      ...(crossing === undefined ? {} : { crossing }),
      ...(many === undefined ? {} : { many }),
    };
    this.#codes = first;
    this.#make = make;
  }

  get codes(): Pick<Slice, 'entry' | 'method'> {
    this.#codes ??= this.#make();
    return this.#codes;
  }

  release(): void {
    this.#codes?.release();
    this.#codes = undefined;
  }
}

/** What a search hangs on beside the code of the package: a part of it, and what it may take. */
export interface SearchKey {
  readonly func: Func;
  readonly rung: Rung;
  readonly budget: Budget;
  readonly many?: number;
  readonly wholeProgram: boolean;
  readonly weigh: ExploreOptions['weigh'];
}

type Weigh = NonNullable<ExploreOptions['weigh']>;

export class Workspace {
  readonly pkg: GoPackage;
  readonly lowered: PackageLowering;
  /** Functions whose slice took more work than there is for one. */
  readonly unsliced = new Set<Func>();
  readonly #slices = new Map<Func, Map<Extent | Scope, KeptSlice | undefined>>();
  readonly #results = new Map<Func, Map<string, SearchResult>>();
  readonly #weighers = new Map<Weigh, number>();
  #entries: readonly FuncDecl[] | undefined;
  #literals: readonly FuncLit[] | undefined;

  constructor(pkg: GoPackage) {
    this.pkg = pkg;
    this.lowered = lowerPackage(pkg);
  }

  get entries(): readonly FuncDecl[] {
    this.#entries ??= entriesOf(this.pkg);
    return this.#entries;
  }

  get literals(): readonly FuncLit[] {
    this.#literals ??= packageLiterals(this.pkg);
    return this.#literals;
  }

  codeOf(func: Func): CodeRef {
    return func.kind === 'FuncDecl' ? this.lowered.codeOf(func) : this.lowered.codeOfLit(func);
  }

  hintsOf(func: Func): readonly Hint[] {
    return this.lowered.hintsOf(func);
  }

  readonly method: MethodFinder = (typeName, name) => this.lowered.method(typeName, name);

  /** The slice of a function; undefined when it has no body. */
  sliceOf(func: Func, extent: Extent = 'program'): KeptSlice | undefined {
    const whole = this.codeOf(func);
    return this.#kept(func, extent, () => {
      if (whole.resolve() === undefined) return undefined;
      const owned = func.kind === 'FuncDecl' ? ownedFields(this.pkg, func) : undefined;
      return sliceEntry(whole, this.hintsOf(func), this.method, owned, extent);
    });
  }

  /** The slice of a function that is too large otherwise; undefined when it goes through too many hands. */
  narrowSliceOf(func: Func, scope: Scope): KeptSlice | undefined {
    return this.#kept(func, scope, () => narrowEntry(this.codeOf(func), this.hintsOf(func), this.method, scope));
  }

  /** The result of a search, which is made when it is asked for the first time. */
  result(key: SearchKey, search: () => SearchResult): SearchResult {
    const name = [
      key.rung,
      key.many ?? '',
      key.wholeProgram,
      this.#numberOf(key.weigh),
      JSON.stringify(key.budget),
    ].join(' ');
    const known = entry(this.#results, key.func, () => new Map<string, SearchResult>());
    return entry(known, name, search);
  }

  #kept(func: Func, of: Extent | Scope, make: () => Slice | undefined): KeptSlice | undefined {
    const known = entry(this.#slices, func, () => new Map<Extent | Scope, KeptSlice | undefined>());
    if (known.has(of)) return known.get(of);
    const slice = make();
    const kept = slice && new KeptSlice(slice, () => make() ?? slice);
    known.set(of, kept);
    return kept;
  }

  #numberOf(weigh: ExploreOptions['weigh']): number {
    return weigh === undefined ? 0 : entry(this.#weighers, weigh, () => this.#weighers.size + 1);
  }
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

const workspaces = new WeakMap<GoPackage, Workspace>();

/** The workspace of a package; one per package. */
export function workspaceOf(pkg: GoPackage): Workspace {
  const known = workspaces.get(pkg) ?? new Workspace(pkg);
  workspaces.set(pkg, known);
  return known;
}
