/**
 * The changed files of a pull request with their hunks, as GitHub shows them: its hunks decide where a comment may
 * stand. A patch can be missing because the file is binary or too large, or because the files before it on the same
 * page used up what GitHub gives in one answer; then smaller pages are asked for.
 */
import type { ChangedFile, Omission, ReviewRequest } from '../review/ports.ts';
import { type Hunk, parsePatch } from '../text/hunk.ts';
import type { GitHubClient } from './client.ts';
import { GitHubError } from './errors.ts';
import { maxChangedFiles } from './limits.ts';

/** One entry of GitHub's list, reduced to what is used. */
export interface ListedFile {
  readonly filename: string;
  readonly previous_filename?: string | undefined;
  readonly status: string;
  readonly changes: number;
  readonly patch?: string | undefined;
}

export interface ChangedFiles {
  readonly files: readonly ChangedFile[];
  /** Paths of Go files whose content changed and for which GitHub gives no hunks. */
  readonly withoutPatch: ReadonlySet<string>;
  readonly omissions: readonly Omission[];
}

const listRoute = 'GET /repos/{owner}/{repo}/pulls/{pull_number}/files';
const pageSize = 100;
const smallPage = 10;
/** Requests for smaller pages, at most. */
const maxSmallPages = 30;

/** The first page of the list; when it is not full, it is the whole list. */
export interface FirstPage {
  readonly files: readonly ListedFile[];
  readonly complete: boolean;
  /** GitHub makes no diff of this change; nothing is known of its files. */
  readonly withheld?: boolean;
}

export async function readFirstPage(client: GitHubClient, request: ReviewRequest): Promise<FirstPage> {
  try {
    const files = await client.read(listRoute, { ...parametersOf(request), per_page: pageSize, page: 1 });
    return { files, complete: files.length < pageSize };
  } catch (error) {
    if (error instanceof GitHubError && error.code === 'too-large') return withheldPage;
    throw error;
  }
}

const withheldPage: FirstPage = { files: [], complete: false, withheld: true };

/** Reads the rest of the list; `expected` is the pull request's own count, for the omission beyond GitHub's limit. */
export async function readChangedFiles(
  client: GitHubClient,
  request: ReviewRequest,
  first: FirstPage,
  expected: number,
): Promise<ChangedFiles> {
  const listed: ListedFile[] = [...first.files];
  for (let page = 2; !first.complete && page <= pagesFor(expected); page++) {
    listed.push(...(await client.read(listRoute, { ...parametersOf(request), per_page: pageSize, page })));
  }
  await repairPatches(client, request, listed);
  const omissions: Omission[] = [];
  if (expected > listed.length) {
    const reason = `GitHub lists ${listed.length} of the ${expected} changed files`;
    omissions.push({ path: '(pull request)', reason });
  }
  return { ...changedFilesOf(listed), omissions };
}

/** Entries of a list of GitHub's as changed files. */
export function changedFilesOf(listed: readonly ListedFile[]): Omit<ChangedFiles, 'omissions'> {
  return {
    files: listed.map(changedFile),
    withoutPatch: new Set(listed.filter(lacksPatch).map((file) => file.filename)),
  };
}

function parametersOf({ repository, pullNumber }: ReviewRequest): { owner: string; repo: string; pull_number: number } {
  return { owner: repository.owner, repo: repository.name, pull_number: pullNumber };
}

/** Pages to ask for: as many as GitHub's own count needs, so that no empty one is asked for. */
function pagesFor(expected: number): number {
  return Math.max(1, Math.ceil(Math.min(expected, maxChangedFiles) / pageSize));
}

/** Asks again, ten at a time, for the stretches of the list in which a Go file lacks its patch. */
async function repairPatches(client: GitHubClient, request: ReviewRequest, listed: ListedFile[]): Promise<void> {
  const pages = new Set(listed.flatMap((file, index) => (lacksPatch(file) ? [Math.floor(index / smallPage)] : [])));
  for (const page of [...pages].slice(0, maxSmallPages)) {
    const items = await client.read(listRoute, {
      ...parametersOf(request),
      per_page: smallPage,
      page: page + 1,
    });
    items.forEach((item, offset) => {
      const index = page * smallPage + offset;
      if (listed[index]?.filename === item.filename) listed[index] = item;
    });
  }
}

/** Whether hunks are to be expected and are not there (or not whole). A rename without changes rightly has none. */
function lacksPatch(file: ListedFile): boolean {
  if (!file.filename.endsWith('.go') || file.status === 'unchanged') return false;
  if (hunksOf(file).length > 0) return false;
  return file.changes > 0 || file.patch !== undefined || file.status === 'modified' || file.status === 'changed';
}

/** A patch that was cut in the middle counts as none: half a hunk proves no anchor. */
function hunksOf(file: ListedFile): readonly Hunk[] {
  const parsed = file.patch === undefined ? [] : parsePatch(file.patch);
  return 'kind' in parsed ? [] : parsed;
}

function changedFile(file: ListedFile): ChangedFile {
  const previous = file.status === 'renamed' ? file.previous_filename : undefined;
  return {
    path: file.filename,
    ...(previous === undefined ? {} : { previousPath: previous }),
    status: statusOf(file.status),
    hunks: hunksOf(file),
  };
}

function statusOf(status: string): ChangedFile['status'] {
  if (status === 'added' || status === 'copied') return 'added';
  return status === 'removed' || status === 'renamed' ? status : 'modified';
}
