/** The names of methods of several types of a package, as the tables of resources know them. */
export function methods(path: string, types: readonly string[], names: readonly string[]): readonly string[] {
  return types.flatMap((type) => names.map((name) => `${path}.${type}.${name}`));
}
