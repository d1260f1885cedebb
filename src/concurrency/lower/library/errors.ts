/** Functions of the standard library that make an error: their result is never nil. */
const constructors: ReadonlySet<string> = new Set([
  'errors.New',
  'fmt.Errorf',
  'github.com/pkg/errors.New',
  'github.com/pkg/errors.Errorf',
]);

export function isErrorConstructor(path: string, name: string): boolean {
  return constructors.has(`${path}.${name}`);
}
