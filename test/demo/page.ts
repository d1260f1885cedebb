/** The pull request as a page of its own: check runs, conversation, diff with the comments in their places. */
import { diffFiles } from '../stand-in/diff.ts';
import type { CheckRun, Comment } from '../stand-in/state.ts';
import { fileAt, suggestionOf } from './apply.ts';
import { fileCard, suggestionBox } from './diff-view.ts';
import { escapeHtml, markdownToHtml } from './markdown.ts';
import type { Story } from './story.ts';
import { style } from './style.ts';

export interface Push {
  readonly head: string;
  readonly what: string;
  readonly run: CheckRun;
}

/**
 * The whole page, self-contained. Diff and comments are those of the first push, as `said` then; each comment bears what
 * became of it.
 */
export function pullRequestPage(story: Story, pushes: readonly Push[], said: readonly Comment[]): string {
  const { repository, pull, base } = story;
  const first = pushes[0];
  if (!first) throw new Error('nothing was pushed');
  const comments = said;
  const talk = (comment: Comment): string => commentBox(story, comment);
  const files = diffFiles(repository.git, base, first.head);
  const cards = files.map((file) =>
    fileCard(
      file,
      comments.filter((comment) => comment.path === file.filename),
      talk,
    ),
  );
  const title = `${escapeHtml(pull.title)} <small>#${pull.number}</small>`;
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(pull.title)}</title><style>${style}</style><main>
<h1>${title}</h1>
<p class="meta"><span class="open">Open</span><strong>${escapeHtml(pull.author)}</strong> wants to merge <code>${escapeHtml(pull.headRef)}</code> into <code>${escapeHtml(pull.baseRef)}</code> of <strong>${escapeHtml(`${repository.owner}/${repository.name}`)}</strong></p>
${runsCard(pushes)}
${pushes.map(({ run }, at) => checkCard(run, at + 1)).join('\n')}
<h2>Files changed <span class="soft">${files.length} files, ${comments.length} comments of the review</span></h2>
${cards.join('\n')}
</main></html>\n`;
}

const marks: Readonly<Record<string, string>> = { success: '✓', failure: '✕', neutral: '■', skipped: '–' };

function dot(run: CheckRun): string {
  return `<span class="dot ${run.conclusion}">${marks[run.conclusion ?? ''] ?? '?'}</span>`;
}

function runsCard(pushes: readonly Push[]): string {
  const items = pushes.map(
    ({ head, what, run }) =>
      `<li>${dot(run)}<span><code>${head.slice(0, 8)}</code> ${escapeHtml(what)}</span><span class="soft">${escapeHtml(run.title)}</span></li>`,
  );
  return `<section class="card"><header>Pushes and their checks</header><ul class="runs">${items.join('')}</ul></section>`;
}

function checkCard(run: CheckRun, push: number): string {
  const summary = markdownToHtml(run.summary, () => undefined);
  const details =
    run.text === '' ? '' : `<details><summary>Details</summary>${markdownToHtml(run.text, () => undefined)}</details>`;
  const head = `${dot(run)}<span>${run.name}, push ${push}</span><span class="soft">${escapeHtml(run.title)}; ${run.annotations.length} annotations</span>`;
  return `<section class="card"><header>${head}</header><div class="body">${summary}${details}</div></section>`;
}

/** What became of a comment in the end. */
function fateOf({ pull }: Story, { id }: Comment): string {
  const now = pull.comments.find((comment) => comment.id === id);
  if (!now) return 'deleted';
  if (now.hidden) return /^\*\*Silenced/.test(now.body) ? 'silenced' : 'fixed';
  return now.resolvedBy === undefined ? 'open' : `resolved by ${now.resolvedBy}`;
}

function commentBox(story: Story, comment: Comment): string {
  const { repository } = story;
  const start = comment.originalStartLine ?? comment.originalLine;
  const lines = fileAt(repository.git, comment.originalCommit, comment.path).split('\n');
  const before = `${lines.slice(start - 1, comment.originalLine).join('\n')}\n`;
  const fence = (language: string): string | undefined =>
    language === 'suggestion' ? suggestionBox(before, suggestionOf(comment) ?? '') : undefined;
  const range = comment.originalStartLine ? `lines ${start} to ${comment.originalLine}` : `line ${start}`;
  return `<article class="comment"><header><span class="face">g</span><strong>goplumber</strong><span class="bot">bot</span><span class="soft">on ${range}</span><span class="fate">${escapeHtml(fateOf(story, comment))}</span></header><div class="body">${markdownToHtml(comment.body, fence)}</div></article>`;
}
