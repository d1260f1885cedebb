/** Calls whose result has the length of something that is in sight, so that loops over both run equally often. */
import { type Emission, emitTo, operand } from './emission.ts';

/** A list with as many elements as the first argument counts. */
const countedByArgument: ReadonlySet<string> = new Set([
  'math/rand.Perm',
  'math/rand/v2.Perm',
  'math/rand.Rand.Perm',
  'math/rand/v2.Rand.Perm',
]);

/** The same elements, perhaps in another order. */
const sameElements: ReadonlySet<string> = new Set([
  'slices.Clone',
  'slices.Values',
  'slices.Collect',
  'slices.Sorted',
  'golang.org/x/exp/slices.Clone',
  'bytes.Clone',
]);

/** The keys of a map. */
const keysOfArgument: ReadonlySet<string> = new Set(['maps.Keys', 'golang.org/x/exp/maps.Keys']);

/** Methods of containers of other packages, by the names that they all use. */
const measures = /^(Len|Size|Length|Count|Cardinality)$/;
const listings = /^(ToSlice|UnsortedList|SortedList|Elements|Members|Items|Keys|Values)$/;

export type LengthKind = 'counted' | 'same' | 'keys' | 'measure' | 'listing';

/** What a function of another package says of a length; its name with package and type. */
export function lengthOfFunction(name: string): LengthKind | undefined {
  if (countedByArgument.has(name)) return 'counted';
  if (sameElements.has(name)) return 'same';
  return keysOfArgument.has(name) ? 'keys' : undefined;
}

/** What a method without arguments says of the length of its receiver. */
export function lengthOfMethod(name: string): LengthKind | undefined {
  if (measures.test(name)) return 'measure';
  return listings.test(name) ? 'listing' : undefined;
}

/** @param at the operand that is measured */
export function emitLength(e: Emission, kind: LengthKind, at: number): number {
  const of = operand(e, at);
  switch (kind) {
    case 'same':
      return of;
    case 'keys':
      return emitTo(e, (dst) => ({ op: 'keys', dst, map: of, hint: 'any' }));
    case 'measure':
      return emitTo(e, (dst) => ({ op: 'len', dst, of, what: 'len' }));
    case 'counted':
      return emitList(e, of);
    case 'listing':
      return emitList(
        e,
        emitTo(e, (dst) => ({ op: 'len', dst, of, what: 'len' })),
      );
  }
}

/** A list of so many unknown elements. */
function emitList(e: Emission, length: number): number {
  const list = emitTo(e, (dst) => ({ op: 'new', dst, object: { kind: 'list', map: false }, length }));
  e.b.emit({ op: 'overwrite', src: list }, e.site);
  return list;
}
