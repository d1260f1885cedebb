/** Text from source files on its way to a terminal or a log. */

/** Code units that a terminal obeys or that reorder what is seen (Unicode TR 36): first and last of each range. */
const unsafeRanges: readonly (readonly [number, number])[] = [
  [0x00, 0x08],
  [0x0a, 0x1f],
  [0x7f, 0x9f],
  [0x061c, 0x061c],
  [0x200e, 0x200f],
  [0x2028, 0x202e],
  [0x2066, 0x2069],
  [0xfeff, 0xfeff],
];

/** Makes visible what a terminal would obey: `\u001b` in place of an escape. Tabs stay. */
export function visible(text: string): string {
  let result = '';
  let done = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (!unsafeRanges.some(([first, last]) => unit >= first && unit <= last)) continue;
    result += `${text.slice(done, at)}\\u${unit.toString(16).padStart(4, '0')}`;
    done = at + 1;
  }
  return result + text.slice(done);
}

/** The same for a text of several lines, whose newlines stay. */
export function visibleLines(text: string): string {
  return text
    .split('\n')
    .map((line) => visible(line.replace(/\r$/, '')))
    .join('\n');
}

/**
 * Takes the meaning from lines that a CI runner would obey as workflow commands (`::add-mask::x`, which may be indented,
 * and `##[group]`, which may stand anywhere): a source file may hold such a line, and so may a diff of it.
 */
export function withoutCommands(text: string): string {
  return text
    .split('\n')
    .map((line) => (line.trimStart().startsWith('::') ? line.replace('::', ':\\u003a') : line))
    .join('\n')
    .replaceAll('##[', '#\\u0023[');
}

/** JSON leaves these as they are, and a terminal obeys them or reorders what is seen; as escapes they mean the same. */
export function jsonText(value: object): string {
  const text = JSON.stringify(value, null, 2);
  return `${text.replace(/[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, jsonEscape)}\n`;
}

function jsonEscape(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
