/** Text built from parts until a limit is reached, honest about what did not fit. */

/**
 * Joins parts by blank lines while they fit into `limit` bytes of UTF-8; then says how many were left out. The limits
 * of check runs are in characters, but a database column of as many bytes stands behind them.
 */
export function boundedText(parts: readonly string[], limit: number): string {
  const wanted = parts.filter((part) => part !== '');
  const whole = wanted.join('\n\n');
  if (byteLength(whole) <= limit) return whole;
  const kept: string[] = [];
  const room = limit - 200;
  let used = 0;
  for (const part of wanted) {
    const size = byteLength(part) + 2;
    if (used + size > room) break;
    kept.push(part);
    used += size;
  }
  return [...kept, `*${wanted.length - kept.length} more sections did not fit here.*`].join('\n\n');
}

/** A bulleted list of at most `most` items, and how many more there are. */
export function boundedList(items: readonly string[], most: number): string {
  const shown = items.slice(0, most).map((item) => `- ${item}`);
  if (items.length > most) shown.push(`- … and ${items.length - most} more`);
  return shown.join('\n');
}

/** Cuts plain text to `limit` UTF-16 units with an ellipsis, never inside a surrogate pair. */
export function clipped(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

const encoder = new TextEncoder();

function byteLength(text: string): number {
  return encoder.encode(text).length;
}
