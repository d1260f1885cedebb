/** The way from a struct value to a promoted field or method: the names of the embedded fields in between. */
import type { FuncDecl } from '../../go/ast.ts';
import type { FieldInfo, GoPackage, TypeInfo } from '../../go/package.ts';
import type { GoType, TypedName } from '../../go/types.ts';

const maxDepth = 6;

/** One embedded field on the way. */
export type EmbeddedField = TypedName;

function embeddedFields(pkg: GoPackage, type: GoType): readonly EmbeddedField[] {
  const info = pkg.definedType(type);
  if (info && info.fields.size > 0) return [...info.fields.values()].filter((field) => field.embedded);
  // `type T U` has the fields of U.
  const below = info && pkg.underlying(info.type);
  if (below && below !== type && (below.kind === 'struct' || below.kind === 'named')) return embeddedFields(pkg, below);
  const base = type.kind === 'pointer' ? type.elem : type;
  if (base.kind !== 'struct') return [];
  // In an unnamed struct type an embedded field has no name, or that of its type.
  const embedded = base.fields.filter((field) => field.name === '' || nameOf(field.type) === field.name);
  return embedded.map((field) => ({ name: fieldName(field), type: field.type }));
}

/** The name of a field; an embedded one is called after its type. */
export function fieldName(field: TypedName): string {
  return field.name || (nameOf(field.type) ?? '');
}

function nameOf(type: GoType): string | undefined {
  const base = type.kind === 'pointer' ? type.elem : type;
  return base.kind === 'named' ? base.name : undefined;
}

/** Searches breadth first, as Go does; `found` is asked for each type met, the outermost one included. */
export function embeddingPath(
  pkg: GoPackage,
  type: GoType,
  found: (type: GoType) => boolean,
): readonly EmbeddedField[] | undefined {
  let level: { readonly type: GoType; readonly path: readonly EmbeddedField[] }[] = [{ type, path: [] }];
  const seen = new Set<TypeInfo>();
  for (let depth = 0; depth < maxDepth && level.length > 0; depth++) {
    const next: typeof level = [];
    for (const { type: here, path } of level) {
      if (found(here)) return path;
      const info = pkg.definedType(here);
      if (info && seen.has(info)) continue;
      if (info) seen.add(info);
      for (const field of embeddedFields(pkg, here)) next.push({ type: field.type, path: [...path, field] });
    }
    level = next;
  }
  return undefined;
}

/** The path to the embedded struct that declares a field. */
export function pathToField(pkg: GoPackage, type: GoType, field: FieldInfo): readonly EmbeddedField[] {
  return embeddingPath(pkg, type, (here) => pkg.definedType(here) === field.owner) ?? [];
}

/** The path to the embedded value whose type declares a method. */
export function pathToMethod(pkg: GoPackage, type: GoType, decl: FuncDecl): readonly EmbeddedField[] {
  return embeddingPath(pkg, type, (here) => pkg.definedType(here)?.methods.get(decl.name.name) === decl) ?? [];
}

/** The path to an embedded value of a type of another package, e.g. an embedded sync.Mutex. */
export function pathToExternal(pkg: GoPackage, type: GoType, path: string, name: string): readonly EmbeddedField[] {
  const is = (here: GoType): boolean => {
    const base = here.kind === 'pointer' ? here.elem : here;
    return base.kind === 'named' && base.path === path && base.name === name;
  };
  return embeddingPath(pkg, type, is) ?? [];
}
