/** What is left of a Markdown text when everything that GitHub shows as it stands is taken out. */

/** Without fenced blocks, code spans, our hidden lines, `<code>` and the addresses of links. */
export function outsideOfCode(markdown: string): string {
  const lines: string[] = [];
  let fence = '';
  for (const line of markdown.split('\n')) {
    const [, mark = ''] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? [];
    if (fence === '' && mark === '') lines.push(line);
    else if (fence === '') fence = mark;
    else if (line.trim().startsWith(fence) && line.trim().replaceAll(fence.charAt(0), '') === '') fence = '';
  }
  const text = lines
    .filter((line) => !/^<!-- .* -->$/s.test(line))
    .map((line) => withoutSpans(line))
    .join('\n');
  return text.replace(/<code>.*?<\/code>|\]\(https?:[^)]*\)/gs, '');
}

/** Takes CommonMark code spans out of one line: a run of backquotes to the next run of equal length. */
export function withoutSpans(line: string): string {
  let rest = line;
  let outside = '';
  for (;;) {
    const text = /^(?:\\.|[^`\\]|\\$)+/s.exec(rest);
    if (text) {
      outside += text[0];
      rest = rest.slice(text[0].length);
    }
    const open = /^`+/.exec(rest);
    if (!open) return outside + rest;
    const after = rest.slice(open[0].length);
    const close = [...after.matchAll(/`+/g)].find((run) => run[0].length === open[0].length);
    if (close?.index === undefined) throw new Error(`an open code span: ${line}`);
    rest = after.slice(close.index + close[0].length);
  }
}
