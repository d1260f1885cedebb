/**
 * Markdown from parts that are not to be trusted. Messages hold text of the source under review: nothing of it may
 * mention a team, link an issue, open a tag, close a fence or fake one of our markers.
 */
import { clipped } from './bounded-text.ts';

/** Longer texts are cut before they are formatted: formatting costs more than reading. UTF-16 units. */
const longestProse = 4_000;

/**
 * A sentence in which identifiers stand in backquotes: these become code, everything else is escaped. An unpaired
 * backquote is shown as one.
 */
export function prose(text: string): string {
  const parts = clipped(text, longestProse).replace(/\s+/g, ' ').split('`');
  const paired = parts.length % 2 === 1 ? parts.length : parts.length - 1;
  return parts
    .map((part, at) => {
      if (at >= paired) return `\\\`${escaped(part)}`;
      return at % 2 === 1 && part !== '' ? codeSpan(part) : escaped(part);
    })
    .join('');
}

/** Inline code, whatever the text holds: the fence is longer than any run of backquotes in it. Two backquotes around nothing
 *  would open code that ends at the next two. */
export function codeSpan(text: string): string {
  if (text === '') return '';
  const flat = printable(text.replace(/\s+/g, ' '));
  const fence = '`'.repeat(longestRun(flat, '`') + 1);
  // A blank next to the fence is taken off when both ends have one, so backquotes and blanks at the ends stay.
  const pad = /^[` ]|[` ]$/.test(flat) ? ' ' : '';
  return `${fence}${pad}${flat}${pad}${fence}`;
}

/** A fenced block, byte for byte; the fence is longer than any in the text. */
export function fenced(info: string, text: string, ending = '\n'): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text, '`') + 1));
  const body = text === '' || text.endsWith('\n') ? text : text + ending;
  return `${fence}${info}\n${body}${fence}`;
}

/** A folded section. The summary is plain text in which backquoted parts become code. */
export function details(summary: string, body: string): string {
  return `<details><summary>${htmlProse(summary)}</summary>\n\n${body}\n\n</details>`;
}

export function link(text: string, url: string): string {
  return `[${text}](${url})`;
}

/** A path in the label of a link: code, so that nothing in it is markup. */
export function pathLink(path: string, line: number, url: string): string {
  return link(codeSpan(`${path}:${line}`), url);
}

/** Text for a cell of a table. */
export function cell(markdown: string): string {
  return markdown.replace(/\|/g, '\\|').replace(/\r?\n/g, ' ');
}

/** Words that GitHub would turn into a link or a notification are shown as code, which it leaves alone. */
const autolinked = /@|#\d|:\/\/|www\.|\bGH-\d|^[0-9a-f]{7,40}$/i;

function escaped(text: string): string {
  return printable(text)
    .split(/(\s+)/)
    .map((word) => {
      if (!autolinked.test(word)) return escapedWord(word);
      const [start, end] = coreOf(word);
      return escapedWord(word.slice(0, start)) + codeSpan(word.slice(start, end)) + escapedWord(word.slice(end));
    })
    .join('');
}

/** Where a word starts behind the brackets and quotes around it, and where it ends before its punctuation. */
function coreOf(word: string): readonly [number, number] {
  let start = 0;
  while (start < word.length && `(["'`.includes(word.charAt(start))) start += 1;
  let end = word.length;
  while (end > start && `)]"'.,;:!?`.includes(word.charAt(end - 1))) end -= 1;
  return [start, end];
}

function escapedWord(word: string): string {
  return word
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\*_{}[\]()#+!|~$]/g, (char) =>
      char === '(' || char === ')' || char === '!' || char === '+' ? char : `\\${char}`,
    );
}

function htmlProse(text: string): string {
  return printable(clipped(text, longestProse).replace(/\s+/g, ' '))
    .split('`')
    .map((part, at) => {
      const safe = part.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
      return at % 2 === 1
        ? `<code>${safe}</code>`
        : safe.replace(/\S+/g, (word) => (autolinked.test(word) ? `<code>${word}</code>` : word));
    })
    .join('');
}

/** Control and direction characters made visible: they could hide or reorder what is read. */
function printable(text: string): string {
  return text.replace(
    /(?![\t\n])[\p{Cc}\p{Cf}]/gu,
    (char) => `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}

function longestRun(text: string, char: string): number {
  let longest = 0;
  let run = 0;
  for (const one of text) {
    run = one === char ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}
