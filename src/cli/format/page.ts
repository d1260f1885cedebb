/** A rule page (Markdown) for a terminal: headings, code and links are coloured instead of marked. */
import { visible } from '../escape.ts';
import { type Paint, painter } from './paint.ts';

/** Colours a page; its line breaks stay. */
export function renderPage(markdown: string): string {
  const paint = painter(true);
  let fenced = false;
  const lines: string[] = [];
  for (const line of markdown.split('\n')) {
    if (/^```/.test(line)) fenced = !fenced;
    else lines.push(fenced ? paint('faint', `    ${visible(line)}`) : renderLine(visible(line), paint));
  }
  return lines.join('\n');
}

function renderLine(line: string, paint: Paint): string {
  const heading = /^#{1,6}\s+(.*)$/.exec(line)?.[1];
  if (heading !== undefined) return paint('bold', heading.replaceAll('`', ''));
  return line
    .replace(/\[([^\]]+)\]\(([^)]+)\)/g, (_, text: string, target: string) =>
      /^https?:/.test(target) ? `${text} (${target})` : text,
    )
    .replace(/\*\*([^*]+)\*\*/g, (_, text: string) => paint('bold', text))
    .replace(/`([^`]+)`/g, (_, text: string) => paint('info', text))
    .replace(/^(\s*)- /, '$1• ');
}
