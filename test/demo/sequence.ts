/** The Mermaid sequence diagrams that the review writes, as SVG, since a page without network cannot load Mermaid. */
import { escapeHtml } from './markdown.ts';

interface Row {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly kind: 'note' | 'arrow' | 'stuck';
}

const columnWidth = 300;
const rowHeight = 44;
const top = 56;

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
    if (note) return [{ from: column(note[1]), to: column(note[1]), text: note[2] ?? '', kind: 'note' }];
    const arrow = /^\s*(\w+?)(--x|->>|-->>|-x)(\w+): (.*)$/.exec(line);
    if (!arrow) return [];
    const kind = arrow[2]?.endsWith('x') ? 'stuck' : 'arrow';
    return [{ from: column(arrow[1]), to: column(arrow[3]), text: arrow[4] ?? '', kind }];
  });
  const width = names.length * columnWidth;
  const height = top + rows.length * rowHeight + 10;
  const heads = names.map((match, index) => participant(plain(match[2] ?? ''), centre(index), height));
  const body = rows.map((row, index) => draw(row, top + index * rowHeight));
  return `<svg class="sequence" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${heads.join('')}${body.join('')}</svg>`;
}

function centre(column: number): number {
  return column * columnWidth + columnWidth / 2;
}

function participant(name: string, x: number, height: number): string {
  return `<line x1="${x}" y1="34" x2="${x}" y2="${height}" class="life"/><rect x="${x - 120}" y="6" width="240" height="28" rx="6" class="who"/><text x="${x}" y="25">${escapeHtml(short(name, 32))}</text>`;
}

function draw({ from, to, text, kind }: Row, y: number): string {
  const label = escapeHtml(short(plain(text), 46));
  if (from === to) {
    const x = centre(from);
    return `<rect x="${x - 140}" y="${y}" width="280" height="30" rx="4" class="${kind}"/><text x="${x}" y="${y + 20}" class="small">${label}</text>`;
  }
  const [start, end] = [centre(from), centre(to)];
  const tip = end > start ? -8 : 8;
  return `<text x="${(start + end) / 2}" y="${y + 10}" class="small">${label}</text><path d="M${start} ${y + 18}H${end}m${tip} -5l${-tip} 5l${tip} 5" class="arrow"/>`;
}

/** Mermaid's entities (`#35;`) and line breaks as plain text. */
function plain(text: string): string {
  return text.replace(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code))).replace(/<br\s*\/?>/g, ' ');
}

function short(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
