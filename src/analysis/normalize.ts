/** Go code with everything taken out that a formatter or a comment may change. A lexical job: works on broken code. */

/** One lexical piece that must stay whole: strings, runes, comments, words, or a single other character. */
const PIECE =
  /`[^`]*`?|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|[\p{L}\p{N}_]+|\s+|[\s\S]/gu;

/** The pieces of a text in order; their concatenation is the text. */
export function piecesOf(code: string): readonly string[] {
  return code.match(PIECE) ?? [];
}

/** Whether a piece is a comment. */
export function isComment(piece: string): boolean {
  return piece.startsWith('//') || piece.startsWith('/*');
}

/** Comments gone, tokens separated by one blank, optional trailing commas and semicolons dropped. */
export function normalizeCode(code: string): string {
  const tokens = piecesOf(code).filter((piece) => piece.trim() !== '' && !isComment(piece));
  const kept = tokens.filter((token, at) => token !== ';' && !(token === ',' && /^[)}\]]$/.test(tokens[at + 1] ?? '')));
  return kept.join(' ');
}

/** Normalised code with the content of every pair of braces left out. */
export function withoutBlocks(normalized: string): string {
  let depth = 0;
  const kept: string[] = [];
  for (const piece of piecesOf(normalized)) {
    if (piece === '}') depth = Math.max(0, depth - 1);
    if (depth === 0 || (depth === 1 && piece === '{' && kept.at(-1) !== '{')) kept.push(piece);
    if (piece === '{') depth += 1;
  }
  return kept.join('');
}

const keywords: ReadonlySet<string> = new Set(
  (
    'break case chan const continue default defer else fallthrough for func go goto if import interface map package ' +
    'range return select struct switch type var'
  ).split(' '),
);

/** Normalised code with each name replaced by the number of its first appearance: what stays when names change. */
export function withoutNames(normalized: string): string {
  const numbers = new Map<string, number>();
  const kept = piecesOf(normalized).map((piece) => {
    if (!/^[\p{L}_]/u.test(piece) || keywords.has(piece)) return piece;
    const number = numbers.get(piece) ?? numbers.size;
    numbers.set(piece, number);
    return `#${number}`;
  });
  return kept.join('');
}
