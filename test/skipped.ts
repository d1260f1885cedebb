/** Tests that some machines cannot run say so in their name, so that a skip in the output carries its reason. */

/** The name of a test, with the reason when it is skipped. Give the same condition to `skipIf`. */
export function orSkipped(skips: boolean, name: string, reason: string): string {
  return skips ? `${name} (skipped: ${reason})` : name;
}

/** Nothing is unreadable to root. */
export const isRoot = process.getuid?.() === 0;
