/** Colours of a terminal (ECMA-48 SGR), or none. */

const codes = {
  bold: '1',
  faint: '2',
  error: '1;31',
  warning: '1;33',
  info: '1;36',
  added: '32',
  deleted: '31',
} as const;

export type Paint = (style: keyof typeof codes, text: string) => string;

/** A function that colours a text, or leaves it as it is. */
export function painter(colours: boolean): Paint {
  return colours ? (style, text) => `\u001b[${codes[style]}m${text}\u001b[0m` : (_, text) => text;
}
