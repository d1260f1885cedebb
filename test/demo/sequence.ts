/** The Mermaid sequence diagrams that the review writes, as SVG, since a page without network cannot load Mermaid. */
import { escapeHtml } from './markdown.ts';

interface Row {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
  readonly kind: 'note' | 'arrow' | 'stuck';
}

const columnWidth = 270;
const lineHeight = 17;
const gap = 14;
const top = 52;

/** Draws participants, notes, arrows and the blocked step. Lines of another kind are left out. */
export function sequenceSvg(source: string): string {
  const names = [...source.matchAll(/^\s*participant (\w+) as (.*)$/gm)];
  const column = (id: string | undefined): number =>
    Math.max(
      0,
      names.findIndex((match) => match[1] === id),
    );
  const rows = source.split('\n').flatMap((line): Row[] => {
    const note = /^\s*Note over (\w+)(?:,\w+)?: (.*)$/.exec(line);
    if (note) return [{ from: column(note[1]), to: column(note[1]), lines: linesOf(note[2] ?? ''), kind: 'note' }];
    const arrow = /^\s*(\w+?)(--x|->>|-->>|-x)(\w+): (.*)$/.exec(line);
    if (!arrow) return [];
    const kind = arrow[2]?.endsWith('x') ? 'stuck' : 'arrow';
    return [{ from: column(arrow[1]), to: column(arrow[3]), lines: linesOf(arrow[4] ?? ''), kind }];
  });
  const width = Math.max(1, names.length) * columnWidth;
  const starts = rows.map((_, index) => top + rows.slice(0, index).reduce((sum, row) => sum + heightOf(row) + gap, 0));
  const height = (starts.at(-1) ?? top) + (rows.length > 0 ? heightOf(rows[rows.length - 1] as Row) : 0) + gap;
  const heads = names.map((match, index) => participant(plain(match[2] ?? ''), centre(index), height));
  const body = rows.map((row, index) => draw(row, starts[index] ?? top));
  return `<div class="scroll"><svg class="sequence" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${heads.join('')}${body.join('')}</svg></div>`;
}

/** Mermaid's entities (`#35;`) as plain text, one entry a line. */
function linesOf(text: string): readonly string[] {
  return text.split(/<br\s*\/?>/).map(plain);
}

function heightOf({ lines, from, to }: Row): number {
  return lines.length * lineHeight + (from === to ? 14 : 10);
}

function centre(column: number): number {
  return column * columnWidth + columnWidth / 2;
}

function participant(name: string, x: number, height: number): string {
  return `<line x1="${x}" y1="34" x2="${x}" y2="${height}" class="life"/><rect x="${x - 120}" y="6" width="240" height="28" rx="6" class="who"/><text x="${x}" y="25">${escapeHtml(short(name, 32))}</text>`;
}

function draw(row: Row, y: number): string {
  const { from, to, lines, kind } = row;
  const [start, end] = [centre(from), centre(to)];
  const text = lines
    .map(
      (line, at) =>
        `<tspan x="${(start + end) / 2}" y="${y + 7 + (at + 0.65) * lineHeight}">${escapeHtml(line)}</tspan>`,
    )
    .join('');
  const label = `<text class="small">${text}</text>`;
  const height = heightOf(row);
  if (from === to)
    return `<rect x="${start - 128}" y="${y}" width="256" height="${height}" rx="4" class="${kind}"/>${label}`;
  const tip = end > start ? -8 : 8;
  return `${label}<path d="M${start} ${y + height}H${end}m${tip} -5l${-tip} 5l${tip} 5" class="arrow"/>`;
}

function plain(text: string): string {
  return text.replace(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

function short(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
