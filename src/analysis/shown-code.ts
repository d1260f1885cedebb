/** Code as messages quote it. */

/**
 * A piece of Go source between two backquotes of a message: on one line, cut to `limit` UTF-16 units with an ellipsis.
 * The backquotes of raw strings become double quotes, so that the code cannot leave the quotation.
 */
export function shownCode(text: string, limit = 60): string {
  const folded = text.replace(/\s+/g, ' ').trim().replaceAll('`', '"');
  if (folded.length <= limit) return folded;
  return `${folded
    .slice(0, limit - 1)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()}…`;
}
