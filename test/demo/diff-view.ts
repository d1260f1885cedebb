/** A file's diff with the comments between its lines. */
import { hunksBetween } from '../../src/text/diff.ts';
import { type Hunk, hunkLines, parsePatch } from '../../src/text/hunk.ts';
import type { DiffFile } from '../stand-in/diff.ts';
import type { Comment } from '../stand-in/state.ts';
import { escapeHtml } from './markdown.ts';

/** One card: the path, its hunks, and `talk` rendered below the line of each comment. */
export function fileCard(file: DiffFile, comments: readonly Comment[], talk: (comment: Comment) => string): string {
  const parsed = parsePatch(file.patch ?? '');
  const hunks = 'kind' in parsed ? [] : parsed;
  const rows = hunks.map((hunk) => `${hunkRow(hunk)}${lineRows(hunk, comments, talk)}`).join('');
  const counts = `<span class="soft">+${file.additions} −${file.deletions}</span>`;
  return `<section class="card"><header><span>${escapeHtml(file.filename)}</span>${counts}</header><table class="diff">${columns}${rows}</table></section>`;
}

/** The lines that a suggestion takes away and puts in, as a small diff. */
export function suggestionBox(before: string, after: string): string {
  const rows = hunksBetween(before, after, 3)
    .flatMap((hunk) => hunkLines(hunk))
    .map((line) => {
      const [kind, mark] = line.kind === 'added' ? ['add', '+'] : line.kind === 'deleted' ? ['del', '−'] : ['', ''];
      return `<tr class="${kind}"><td class="mark">${mark}</td><td>${highlight(line.text)}</td></tr>`;
    });
  return `<div class="suggestion"><header>Suggested change<span>Commit suggestion</span></header><table class="diff"><colgroup><col style="width:22px"><col></colgroup>${rows.join('')}</table></div>`;
}

const columns = '<colgroup><col style="width:46px"><col style="width:46px"><col style="width:22px"><col></colgroup>';

function hunkRow(hunk: Hunk): string {
  const range = `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`;
  return `<tr class="hunk"><td class="num"></td><td class="num"></td><td class="mark"></td><td>${range}</td></tr>`;
}

function lineRows(hunk: Hunk, comments: readonly Comment[], talk: (comment: Comment) => string): string {
  return hunkLines(hunk)
    .map((line) => {
      const oldLine = line.kind === 'added' ? undefined : line.oldLine;
      const newLine = line.kind === 'deleted' ? undefined : line.newLine;
      const [kind, mark] = line.kind === 'added' ? ['add', '+'] : line.kind === 'deleted' ? ['del', '−'] : ['', ''];
      const here = comments.filter(({ side, originalLine }) => originalLine === (side === 'LEFT' ? oldLine : newLine));
      const row = `<tr class="${kind}"><td class="num">${oldLine ?? ''}</td><td class="num">${newLine ?? ''}</td><td class="mark">${mark}</td><td>${highlight(line.text)}</td></tr>`;
      return row + here.map((comment) => `<tr><td class="talk" colspan="4">${talk(comment)}</td></tr>`).join('');
    })
    .join('');
}

const tokens =
  /(\/\/.*$)|("(?:[^"\\]|\\.)*"|`[^`]*`|'(?:[^'\\]|\\.)*')|\b(break|case|chan|const|continue|default|defer|else|fallthrough|for|func|go|goto|if|import|interface|map|package|range|return|select|struct|switch|type|var)\b/g;

/** One line of Go with comments, strings and keywords marked. */
export function highlight(line: string): string {
  let html = '';
  let done = 0;
  for (const match of line.matchAll(tokens)) {
    const kind = match[1] ? 'c' : match[2] ? 's' : 'k';
    html += `${escapeHtml(line.slice(done, match.index))}<span class="${kind}">${escapeHtml(match[0])}</span>`;
    done = match.index + match[0].length;
  }
  return html + escapeHtml(line.slice(done));
}
