/**
 * What the changed packages can reach by imports, in a handful of requests: one for the tree of head, then a few queries
 * for blobs, level by level. Blobs are content, so those that were read once are kept for the next review.
 */
import type { Omission, RepositoryRef } from '../review/ports.ts';
import {
  type Sides,
  type SidesWithImports,
  type TreeFile,
  withImports,
  withoutImports,
} from '../review/tree-imports.ts';
import type { GitHubClient } from './client.ts';
import { GitHubError } from './errors.ts';
import { readBlobs, type TreeEntry } from './git-objects.ts';
import { graphqlLimits, importLimits } from './limits.ts';
import type { HeadTree, Packages } from './package-sources.ts';

/** Adds what the packages import. Without a tree, or when it is cut, that is an omission: the packages are there. */
export async function readImports(
  client: GitHubClient,
  repository: RepositoryRef,
  tree: RepositoryTree,
  packages: Packages,
  queries: number,
): Promise<SidesWithImports> {
  if (packages.head.length === 0) return withoutImports(packages);
  const reader = new BlobReader(client, repository, packages, queries);
  const head = { files: tree.files, modules: packages.modules };
  const read = await withImports(packages, head, (files) => reader.read(files), importLimits);
  return { ...read, omissions: [...read.omissions, ...tree.omissions] };
}

/** The files of a commit, in one request. */
export class RepositoryTree implements HeadTree {
  readonly files: readonly TreeFile[];
  readonly omissions: readonly Omission[];
  readonly #folders = new Map<string, TreeEntry[]>();
  readonly #paths: ReadonlySet<string>;

  private constructor(files: readonly TreeFile[], omissions: readonly Omission[]) {
    this.files = files;
    this.omissions = omissions;
    this.#paths = new Set(files.map(({ path }) => path));
    for (const { path, id, size, symlink } of files) {
      const slash = path.lastIndexOf('/');
      const folder = path.slice(0, Math.max(0, slash));
      const entries = this.#folders.get(folder) ?? [];
      entries.push({ name: path.slice(slash + 1), oid: id, size, symlink });
      this.#folders.set(folder, entries);
    }
  }

  static async read(client: GitHubClient, { owner, name }: RepositoryRef, commit: string): Promise<RepositoryTree> {
    try {
      const parameters = { owner, repo: name, tree_sha: commit, recursive: '1' };
      const answer = await client.read('GET /repos/{owner}/{repo}/git/trees/{tree_sha}', parameters);
      const files = answer.tree.flatMap(({ path, type, sha, size, mode }): readonly TreeFile[] =>
        type === 'blob' && path && sha ? [{ path, id: sha, size: size ?? 0, symlink: mode === '120000' }] : [],
      );
      return new RepositoryTree(files, answer.truncated ? [omitted('GitHub lists only a part of the files')] : []);
    } catch (error) {
      if (!(error instanceof GitHubError) || error.code !== 'gone') throw error;
      return new RepositoryTree([], [omitted('GitHub gives no list of the files')]);
    }
  }

  get complete(): boolean {
    return this.omissions.length === 0;
  }

  filesIn(folder: string): readonly TreeEntry[] {
    return this.#folders.get(folder) ?? [];
  }

  has(path: string): boolean {
    return this.#paths.has(path);
  }
}

/** By design: the changed packages are read all the same. */
function omitted(reason: string): Omission {
  return { path: '.', reason: `${reason}: imports may be missing`, expected: true };
}

/** Texts by blob id, of all reviews of this process; the oldest go first. */
const kept = new Map<string, string>();
let keptSize = 0;

class BlobReader {
  readonly #client: GitHubClient;
  readonly #repository: RepositoryRef;
  readonly #known: ReadonlyMap<string, string>;
  #queriesLeft: number;

  constructor(client: GitHubClient, repository: RepositoryRef, sides: Sides, queries: number) {
    this.#queriesLeft = queries;
    this.#client = client;
    this.#repository = repository;
    const files = [...sides.head, ...sides.base].flatMap((sources) => sources.files);
    this.#known = new Map(files.flatMap(({ blob, text }) => (blob === undefined ? [] : [[blob, text] as const])));
  }

  /** Those that would take more queries than one review may ask are left out. */
  async read(files: readonly TreeFile[]): Promise<ReadonlyMap<string, string>> {
    const texts = new Map<string, string>();
    const missing: TreeEntry[] = [];
    for (const { id, size, path, symlink } of new Map(files.map((file) => [file.id, file])).values()) {
      const known = this.#known.get(id) ?? kept.get(id);
      if (known !== undefined) texts.set(id, known);
      else if (size <= graphqlLimits.textBytes) missing.push({ oid: id, size, name: path, symlink });
    }
    const affordable = this.#affordable(missing);
    for (const [id, text] of await readBlobs(this.#client, this.#repository, affordable)) {
      if (text.kind !== 'text') continue;
      texts.set(id, text.text);
      keep(id, text.text);
    }
    return texts;
  }

  #affordable(blobs: readonly TreeEntry[]): readonly TreeEntry[] {
    const chosen: TreeEntry[] = [];
    let bytes = 0;
    let count = 0;
    let left = this.#queriesLeft;
    for (const blob of blobs) {
      const fits =
        chosen.length > 0 && count < graphqlLimits.blobsPerQuery && bytes + blob.size <= graphqlLimits.bytesPerQuery;
      if (!fits && left <= 0) break;
      if (!fits) left -= 1;
      bytes = (fits ? bytes : 0) + blob.size;
      count = (fits ? count : 0) + 1;
      chosen.push(blob);
    }
    this.#queriesLeft = left;
    return chosen;
  }
}

function keep(id: string, text: string): void {
  kept.set(id, text);
  keptSize += text.length;
  for (const [oldest, old] of kept) {
    if (keptSize <= importLimits.kept) break;
    kept.delete(oldest);
    keptSize -= old.length;
  }
}
