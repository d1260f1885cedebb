/**
 * Light types: as much of Go's type system as the questions of a leak analysis need, computed from one package's
 * source and a table of standard-library facts. What cannot be known is `unknown`, which is a value and never an error.
 */

/** A struct field or a function parameter. `name` is empty when unnamed; embedded fields carry the type's name. */
export interface TypedName {
  readonly name: string;
  readonly type: GoType;
}

export type GoType =
  | { readonly kind: 'unknown' }
  /** Predeclared: `int`, `string`, `bool`, `error`, `any`, ... and untyped constants under their default type. */
  | { readonly kind: 'basic'; readonly name: string }
  | { readonly kind: 'nil' }
  | { readonly kind: 'chan'; readonly dir: 'both' | 'send' | 'recv'; readonly elem: GoType }
  | {
      readonly kind: 'func';
      readonly params: readonly TypedName[];
      readonly results: readonly TypedName[];
      readonly variadic: boolean;
    }
  /** A defined type. `path` is the import path (`context`, `sync`, `net/http`); empty for the package at hand. */
  | { readonly kind: 'named'; readonly path: string; readonly name: string; readonly args: readonly GoType[] }
  | { readonly kind: 'pointer'; readonly elem: GoType }
  | { readonly kind: 'slice'; readonly elem: GoType }
  | { readonly kind: 'array'; readonly elem: GoType }
  | { readonly kind: 'map'; readonly key: GoType; readonly value: GoType }
  | { readonly kind: 'struct'; readonly fields: readonly TypedName[] }
  | { readonly kind: 'interface' }
  | { readonly kind: 'tuple'; readonly elems: readonly GoType[] }
  | { readonly kind: 'typeParam'; readonly name: string };

export const unknownType: GoType = { kind: 'unknown' };

/** Whether `type` (or what it points to) is the defined type `path.name`, e.g. `isNamed(t, 'sync', 'WaitGroup')`. */
export function isNamed(type: GoType, path: string, name: string): boolean {
  const base = type.kind === 'pointer' ? type.elem : type;
  return base.kind === 'named' && base.path === path && base.name === name;
}
