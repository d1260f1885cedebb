/** Exported identifiers (https://go.dev/ref/spec#Exported_identifiers). */
export function isExported(name: string): boolean {
  return /^\p{Lu}/u.test(name);
}
