/** The length of all texts together, in characters. */
export function charactersOf(files: readonly { readonly text: string }[]): number {
  return files.reduce((sum, { text }) => sum + text.length, 0);
}
