/** How deeply a YAML text nests, told without parsing it: parsers recurse, and a short text can nest thousands deep. */

/**
 * Whether collections nest deeper than `limit`. Counts at most more than there is: brackets in strings count, and so does
 * each step of indentation. Linear in the text.
 */
export function nestsDeeper(text: string, limit: number): boolean {
  const indents: number[] = [];
  let flow = 0;
  for (const line of text.split('\n')) {
    const indent = line.length - line.trimStart().length;
    const content = withoutComment(line.trimStart());
    if (content === '') continue;
    while ((indents.at(-1) ?? -1) >= indent) indents.pop();
    indents.push(indent);
    const markers = /^(?:[-?:][ \t]+)*/.exec(content)?.[0].match(/[-?:]/g)?.length ?? 0;
    for (const char of content) {
      if (char === '[' || char === '{') flow++;
      else if ((char === ']' || char === '}') && flow > 0) flow--;
      if (flow > limit) return true;
    }
    if (indents.length + markers + flow > limit) return true;
  }
  return false;
}

function withoutComment(content: string): string {
  if (content.startsWith('#')) return '';
  const at = content.indexOf(' #');
  return at < 0 ? content : content.slice(0, at);
}
