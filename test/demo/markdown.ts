/**
 * The Markdown that the review writes, as HTML: headings, lists, tables, fences, links, code, bold, and the few HTML
 * tags it uses. Everything else is escaped.
 */
import { sequenceSvg } from './sequence.ts';

const passedTags = /^&lt;(\/?)(details|summary|sub|br|kbd)(?: ?\/)?&gt;/;

/** Renders a whole text. `fence` may render a fenced block by its language; undefined leaves it to the default. */
export function markdownToHtml(text: string, fence: (language: string, code: string) => string | undefined): string {
  const lines = text.replace(/<!--.*?-->/gs, '').split(/\r?\n/);
  const out: string[] = [];
  for (let at = 0; at < lines.length; ) {
    const block = readBlock(lines, at, fence);
    if (block.html !== '') out.push(block.html);
    at = block.next;
  }
  return out.join('\n');
}

interface Block {
  readonly html: string;
  readonly next: number;
}

function readBlock(
  lines: readonly string[],
  at: number,
  fence: (language: string, code: string) => string | undefined,
): Block {
  const line = lines[at] ?? '';
  const opening = /^(`{3,})(\w*)\s*$/.exec(line);
  if (opening) return readFence(lines, at, opening[1] ?? '```', opening[2] ?? '', fence);
  const heading = /^(#{1,6}) (.*)$/.exec(line);
  if (heading) return { html: `<h4>${inline(heading[2] ?? '')}</h4>`, next: at + 1 };
  if (line.startsWith('|') && /^\|[-: |]+\|$/.test(lines[at + 1] ?? '')) return readTable(lines, at);
  if (/^- /.test(line)) return readList(lines, at, 'ul', /^- /);
  if (/^\d+\. /.test(line)) return readList(lines, at, 'ol', /^\d+\. /);
  if (line.trim() === '') return { html: '', next: at + 1 };
  if (/^<\/?(details|summary)/.test(line)) return { html: inline(line), next: at + 1 };
  return { html: `<p>${inline(line)}</p>`, next: at + 1 };
}

function readFence(
  lines: readonly string[],
  at: number,
  mark: string,
  language: string,
  fence: (language: string, code: string) => string | undefined,
): Block {
  let end = at + 1;
  while (end < lines.length && lines[end]?.trimEnd() !== mark) end++;
  const code = lines.slice(at + 1, end).join('\n');
  const html =
    language === 'mermaid'
      ? sequenceSvg(code)
      : (fence(language, code) ?? `<pre><code>${escapeHtml(code)}</code></pre>`);
  return { html, next: end + 1 };
}

function readTable(lines: readonly string[], at: number): Block {
  const rows: string[] = [];
  let next = at;
  for (; lines[next]?.startsWith('|'); next++) {
    if (next === at + 1) continue;
    const cells = (lines[next] ?? '').replace(/^\||\|$/g, '').split(/(?<!\\)\|/);
    const tag = next === at ? 'th' : 'td';
    rows.push(`<tr>${cells.map((cell) => `<${tag}>${inline(cell.trim())}</${tag}>`).join('')}</tr>`);
  }
  return { html: `<table>${rows.join('')}</table>`, next };
}

function readList(lines: readonly string[], at: number, tag: 'ul' | 'ol', mark: RegExp): Block {
  const items: string[] = [];
  let next = at;
  for (; mark.test(lines[next] ?? ''); next++) items.push(`<li>${inline((lines[next] ?? '').replace(mark, ''))}</li>`);
  return { html: `<${tag}>${items.join('')}</${tag}>`, next };
}

/** Code spans, bold, links, backslash escapes and the tags that pass. */
function inline(text: string): string {
  const spans: string[] = [];
  const keep = (html: string): string => `\uE000${spans.push(html) - 1}\uE001`;
  return escapeHtml(text)
    .replace(/(`+)(.+?)\1/g, (_, __, code: string) => keep(`<code>${code.trim()}</code>`))
    .replace(/\\([\\`*_{}[\]()#+.!|<>~-])/g, (_, char: string) => keep(char))
    .replace(/\[([^\]]*)\]\((https?:[^)\s]+)\)/g, '<a href="$2">$1</a>')
    .replace(/\*\*(.+?)\*\*/g, '<strong>$1</strong>')
    .replace(/&lt;.+?&gt;/g, (tag) => (passedTags.test(tag) ? tag.replace(/&lt;/g, '<').replace(/&gt;/g, '>') : tag))
    .replace(/\uE000(\d+)\uE001/g, (_, index: string) => spans[Number(index)] ?? '');
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
