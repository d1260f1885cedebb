/** Texts that a program may obey, reorder or trip over, and texts made from others by small changes. */
import fc, { type Arbitrary } from 'fast-check';

/** Pieces that mean something to a terminal, to GitHub, to a CI runner, to HTML, YAML, Go or git. */
const pieces: readonly string[] = [
  ...['\u0000', '\u0007', '\b', '\t', '\n', '\r', '\r\n', '\u001b[31m', '\u001b]8;;http://a.b\u0007', '\u007f'],
  ...['\u0085', '\u009b31m', '\u009d0;x\u009c', '\u2028', '\u2029', '\u202e', '\u2066', '\u2069', '\u200f', '\ufeff'],
  ...['\ud800', '\udc00', '😀', 'é', '\u00a0', '\u3000', '%0A', '%25', '\\u001b', '&#10;', '&lt;'],
  ...['::error::x', '::add-mask::x', '##[group]x', '##vso[task.x]', '::stop-commands::x', '\n::set-output name=a::b'],
  ...[
    '@team',
    '@acme/owners',
    '#1',
    'GH-7',
    'acme/x#2',
    'deadbeef1',
    'www.evil.example',
    'https://a.b/c',
    'mailto:a@b.c',
  ],
  ...[
    '`',
    '``',
    '```',
    '~~~',
    '```suggestion',
    '<!--',
    '-->',
    '<!-- goplumber: {} -->',
    '<script>',
    '</details>',
    '<img src=x>',
  ],
  ...['[a](b)', '![a](b)', '](', '*', '**', '_', '|', '\\', '\\`', '> ', '# ', '- ', '$x$', '"', "'", '&', '<', '>'],
  ...['//', '/*', '*/', '/', '..', '../', './', ':', ',', ';', '=', '{', '}', '(', ')', '[', ']', '!', '?'],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'null',
    'true',
    '0',
    '-1',
    '1e999',
    '99999999999999999999',
    ' ',
    '  ',
    'a',
    'xyz',
  ],
];

const piece = fc.constantFrom(...pieces);

/** A text of pieces and of arbitrary characters. */
export const hostileText: Arbitrary<string> = fc
  .array(fc.oneof({ weight: 4, arbitrary: piece }, fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 12 })
  .map((parts) => parts.join(''));

/** The same on one line, not empty. */
export const hostileLine: Arbitrary<string> = hostileText.map((text) => `x${text.replace(/[\r\n\u2028\u2029]/g, ' ')}`);

/** One change of a text. Places are shares of its length, so that a change means something in any text. */
interface Change {
  readonly kind: 'delete' | 'double' | 'insert' | 'move' | 'swap' | 'cut' | 'splice';
  readonly unit: 'line' | 'word';
  readonly at: number;
  readonly to: number;
  readonly length: number;
  readonly text: string;
}

const place = fc.integer({ min: 0, max: 9_999 });

function change(words: readonly string[]): Arbitrary<Change> {
  const inserted = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...words) }, { weight: 1, arbitrary: piece });
  return fc.record({
    kind: fc.constantFrom('delete', 'double', 'insert', 'move', 'swap', 'cut', 'splice'),
    unit: fc.constantFrom('line', 'word'),
    at: place,
    to: place,
    length: fc.integer({ min: 1, max: 4 }),
    text: inserted,
  });
}

/** Texts like those of a corpus: one of them with a few changes, `words` among what is put in. */
export function mutated(corpus: readonly string[], words: readonly string[], changes = 6): Arbitrary<string> {
  const base = fc.nat(corpus.length - 1);
  return fc
    .record({ base, other: base, changes: fc.array(change(words), { maxLength: changes }) })
    .map(({ base, other, changes }) =>
      changes.reduce((text, one) => changed(text, one, corpus[other] ?? ''), corpus[base] ?? ''),
    );
}

function changed(text: string, { kind, unit, at, to, length, text: inserted }: Change, other: string): string {
  const parts = partsOf(text, unit);
  const index = (share: number, of: number): number => Math.floor((share / 10_000) * of);
  const from = index(at, parts.length);
  const there = index(to, parts.length);
  const taken = parts.slice(from, from + length);
  switch (kind) {
    case 'delete':
      return parts.toSpliced(from, length).join('');
    case 'double':
      return parts.toSpliced(from, 0, ...taken).join('');
    case 'insert':
      return parts.toSpliced(from, 0, inserted).join('');
    case 'move':
      return parts
        .toSpliced(from, length)
        .toSpliced(there, 0, ...taken)
        .join('');
    case 'swap':
      return parts.map((part, i) => (i === from ? parts[there] : i === there ? parts[from] : part)).join('');
    case 'cut':
      return parts.slice(0, from).join('');
    case 'splice': {
      const strange = partsOf(other, unit);
      const start = index(to, strange.length);
      return parts.toSpliced(from, 0, ...strange.slice(start, start + length * 4)).join('');
    }
  }
}

/** Words keep what is between them, so that the parts make the text again. */
function partsOf(text: string, unit: Change['unit']): string[] {
  return unit === 'line' ? text.split(/(?<=\n)/) : (text.match(/\w+|[^\w\s]|\s+/g) ?? []);
}
