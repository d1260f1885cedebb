/** The repositories of the stand-in, and finding things in them as GitHub does: by name, number and id, or 404. */

import { type DiffFile, diffFiles } from './diff.ts';
import { GitRepository } from './git-repository.ts';
import { type Call, notFound } from './http.ts';
import { Ids, type Pull, type Repository } from './state.ts';

export class World {
  readonly ids = new Ids();
  readonly repositories: Repository[] = [];

  create(owner: string, name: string): Repository {
    const repository: Repository = {
      id: this.ids.next(),
      owner,
      name,
      git: new GitRepository(),
      pulls: [],
      checkRuns: [],
      protectedBranches: new Set(),
      people: new Map([[owner, 'admin']]),
    };
    this.repositories.push(repository);
    return repository;
  }

  /** Names that repositories had before, as `owner/name` in small letters. */
  readonly #formerNames = new Map<string, Repository>();

  find(owner: string, name: string): Repository | undefined {
    const key = `${owner}/${name}`.toLowerCase();
    return this.repositories.find((repository) => `${repository.owner}/${repository.name}`.toLowerCase() === key);
  }

  /** The repository of this name now or before: GraphQL follows renames. */
  follow(owner: string, name: string): Repository | undefined {
    return this.find(owner, name) ?? this.#formerNames.get(`${owner}/${name}`.toLowerCase());
  }

  /** Gives a repository another name, or another owner. */
  rename(repository: Repository, owner: string, name: string): void {
    this.#formerNames.set(`${repository.owner}/${repository.name}`.toLowerCase(), repository);
    Object.assign(repository, { owner, name });
  }

  repository(call: Call): Repository {
    const { owner = '', repo = '' } = call.path;
    const found = this.find(owner, repo);
    if (found) return found;
    const moved = this.#formerNames.get(`${owner}/${repo}`.toLowerCase());
    if (moved) throw new Moved(call.method, `/repos/${owner}/${repo}`, `/repos/${moved.owner}/${moved.name}`);
    throw notFound();
  }

  pull(call: Call): { readonly repository: Repository; readonly pull: Pull } {
    const repository = this.repository(call);
    const pull = repository.pulls.find((candidate) => String(candidate.number) === call.path['pull_number']);
    if (!pull) throw notFound();
    return { repository, pull };
  }
}

/** The repository has another name: GitHub redirects, and keeps method and body of what is not a GET. */
export class Moved extends Error {
  readonly method: string;
  readonly from: string;
  readonly to: string;

  constructor(method: string, from: string, to: string) {
    super('Moved Permanently');
    this.method = method;
    this.from = from;
    this.to = to;
  }
}

/** Where two histories share nothing, everything is new. */
const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** Three-dot comparison of a pull request, as GitHub shows it. */
export function pullFiles(repository: Repository, pull: Pull): readonly DiffFile[] {
  const base = repository.git.mergeBase(baseOf(repository, pull), pull.head) || emptyTree;
  return diffFiles(repository.git, base, pull.head);
}

/** A diff beyond these is not shown with its file (GitHub's documentation: 20,000 lines or 500 KB). */
const fileLimits = { lines: 20_000, bytes: 500_000 };

/** The patch of a file as GitHub gives it, to be listed and to be commented on. */
export function shownPatch({ changes, patch }: DiffFile): string | undefined {
  if (patch === undefined || changes > fileLimits.lines || patch.length > fileLimits.bytes) return undefined;
  return patch;
}

/** The tip of the base branch. */
export function baseOf(repository: Repository, pull: Pull): string {
  const tip = repository.git.resolve(`refs/heads/${pull.baseRef}`);
  if (!tip) throw notFound();
  return tip;
}
