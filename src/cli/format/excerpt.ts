/** The source line of a range with carets below it. */
import { visible } from '../escape.ts';
import type { Excerpt } from '../report.ts';
import type { Paint } from './paint.ts';

const tabWidth = 4;
/** Longer lines are cut around the range. In columns of the terminal. */
const maxWidth = 160;

/** Two lines: the source line with its number, and the carets. Nothing for an empty line. */
export function excerptLines(excerpt: Excerpt, paint: Paint): readonly string[] {
  if (excerpt.text.trim() === '') return [];
  const cutBefore = excerpt.cutBefore ?? 0;
  const from = excerpt.startColumn - 1 - cutBefore;
  const end = excerpt.endColumn - 1 - cutBefore;
  const to = excerpt.endLine === excerpt.startLine ? Math.max(end, from + 1) : excerpt.text.length;
  const before = shown(excerpt.text.slice(0, from));
  const marked = shown(excerpt.text.slice(from, to));
  const after = shown(excerpt.text.slice(to));
  const indent = /^ */.exec(before)?.[0].length ?? 0;
  const lead = widthOf(before) - indent > maxWidth / 2 ? `... ${before.slice(-maxWidth / 4)}` : before.slice(indent);
  const room = Math.max(maxWidth - widthOf(lead), 10);
  const line = cut(marked + after, room);
  const number = String(excerpt.startLine);
  const carets = '^'.repeat(Math.max(1, Math.min(widthOf(marked.trimEnd()), widthOf(line))));
  return [
    `  ${paint('faint', `${number} |`)} ${lead}${line}`,
    `  ${paint('faint', `${' '.repeat(number.length)} |`)} ${' '.repeat(widthOf(lead))}${paint('bold', carets)}`,
  ];
}

/** Tabs become blanks and control characters become visible, so that the carets stand where they should. */
function shown(text: string): string {
  return visible(text).replace(/\t/g, ' '.repeat(tabWidth));
}

function cut(text: string, room: number): string {
  const trimmed = text.trimEnd();
  return trimmed.length <= room ? trimmed : `${trimmed.slice(0, room)} ...`;
}

const wide =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\uff01-\uff60]/u;

/** Columns that a terminal gives to a text; combining marks take none. */
function widthOf(text: string): number {
  let width = 0;
  for (const char of text) width += wide.test(char) ? 2 : /\p{Mn}/u.test(char) ? 0 : 1;
  return width;
}
