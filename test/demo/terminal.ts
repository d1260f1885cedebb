/** The review as a person reads it in a terminal. */
import type { CheckRun, Comment, Pull } from '../stand-in/state.ts';

const colours = process.stdout.isTTY === true && !process.env['NO_COLOR'];
const paint = (code: number, text: string): string => (colours ? `\u001b[${code}m${text}\u001b[0m` : text);

/** A heading for a step of the story. */
export function step(text: string): void {
  console.log(`\n${paint(1, `▶ ${text}`)}`);
}

/** The conclusion and title of a check run. */
export function printCheck(run: CheckRun, milliseconds: number): void {
  const marks: Record<string, string> = { success: paint(32, '✔ success'), failure: paint(31, '✘ failure') };
  const mark = marks[run.conclusion ?? ''] ?? paint(33, `● ${run.conclusion}`);
  console.log(`  ${run.name}: ${mark}: ${run.title} (${(milliseconds / 1_000).toFixed(1)} s)`);
}

/** Every comment of a review with its place. */
export function printComments(pull: Pull, comments: readonly Comment[]): void {
  for (const comment of comments) {
    const { path, originalStartLine: start, originalLine: line } = comment;
    console.log(
      `\n  ${paint(36, `${path}:${start ? `${start}-` : ''}${line}`)}  ${paint(2, `${comment.author} on ${pull.headRef}`)}`,
    );
    for (const text of readable(comment.body)) console.log(`  ${paint(2, '│')} ${text}`);
  }
}

/** Markdown without what only a browser shows; fences keep their lines. */
function readable(markdown: string): readonly string[] {
  const text = markdown
    .replace(/<!--.*?-->/gs, '')
    .replace(/^```mermaid.*?^```\n/gms, '')
    .replace(/<details><summary>(.*?)<\/summary>/gs, '$1')
    .replace(/<\/?(details|summary|sub|code)>/g, '')
    .replace(/\[([^\]]*)\]\(https?:[^)]*\)/g, '$1')
    .replace(/\\([\\`*_[\]()<>-])/g, '$1')
    .trim();
  return text.split('\n').flatMap((line) => {
    if (/^`{3,}suggestion/.test(line)) return [paint(32, 'suggested change:')];
    if (/^`{3,}/.test(line)) return [];
    return [line.replace(/\*\*(.+?)\*\*/g, (_, bold: string) => paint(1, bold))];
  });
}
