/** `goplumber review OWNER/REPO#N`: a review of one pull request with a token, printed, and posted when asked. */
import { GitHubError } from '../github/errors.ts';
import { tokenReview } from '../github/review-command.ts';
import { reviewDeps } from '../github/review-deps.ts';
import type { CheckReport, ReviewDraft } from '../review/ports.ts';
import { reviewPullRequest } from '../review/review-pull-request.ts';
import { visible, visibleLines } from './escape.ts';
import { painter } from './format/paint.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** Reviews and prints. Returns 1 when the check fails, else 0; throws `UsageError` for what cannot be reviewed. */
export async function runReview(
  name: string,
  options: { readonly post: boolean },
  terminal: Terminal,
): Promise<number> {
  const target = readName(name);
  const token = terminal.env['GITHUB_TOKEN'] ?? '';
  if (token === '')
    throw new UsageError('GITHUB_TOKEN is not set; it needs to read the pull request, and to write it with --post');
  try {
    const onForbidden = () => terminal.err('goplumber: the token may not write check runs; reviewing without one\n');
    const { request, ports, recorded } = await tokenReview({
      ...target,
      token,
      post: options.post,
      env: terminal.env,
      onForbidden,
    });
    await reviewPullRequest(request, ports, reviewDeps(terminal.env));
    print(recorded.reviews, recorded.reports, options.post, terminal);
    return recorded.reports.some((report) => report.conclusion === 'failure') ? 1 : 0;
  } catch (error) {
    if (error instanceof GitHubError) throw new UsageError(`${name}: ${error.message}`);
    throw error;
  }
}

function readName(name: string): { readonly owner: string; readonly name: string; readonly pullNumber: number } {
  const page = /^https?:\/\/[^/\s]+\/([^/\s]+)\/([^/\s]+)\/pull\/(\d+)(?:[/?#].*)?$/.exec(name);
  if (page) return readName(`${page[1]}/${page[2]}#${page[3]}`);
  const match = /^([A-Za-z0-9][A-Za-z0-9-]{0,38})\/([A-Za-z0-9._-]{1,100})#([1-9]\d{0,9})$/.exec(name);
  if (!match)
    throw new UsageError(
      `${JSON.stringify(name)} is not a pull request; write OWNER/REPO#NUMBER or the address of its page`,
    );
  return { owner: match[1] ?? '', name: match[2] ?? '', pullNumber: Number(match[3]) };
}

function print(
  reviews: readonly ReviewDraft[],
  reports: readonly CheckReport[],
  posted: boolean,
  terminal: Terminal,
): void {
  const paint = painter(terminal.colours);
  for (const comment of reviews.flatMap((review) => review.comments)) {
    const lines = comment.startLine === undefined ? `${comment.line}` : `${comment.startLine}-${comment.line}`;
    const deleted = comment.side === 'LEFT' ? ' (deleted line)' : '';
    terminal.out(
      `${paint('bold', visible(`${comment.path}:${lines}${deleted}`))}\n${visibleLines(withoutMarker(comment.body))}\n\n`,
    );
  }
  for (const report of reports) {
    terminal.out(
      `${paint('bold', `check: ${report.conclusion}`)} ${visible(report.title)}\n${visibleLines(withoutMarker(report.summary))}\n`,
    );
  }
  if (!posted && reviews.length > 0) terminal.err('goplumber: nothing was posted; use --post to post it\n');
}

/** Hidden markers are for the App, not for readers. */
function withoutMarker(body: string): string {
  return body.replace(/<!--[\s\S]*?-->/g, '').trim();
}
