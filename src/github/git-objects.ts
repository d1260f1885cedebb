/**
 * Git objects through GraphQL, many in one request: folders by `commit:path`, blobs by id. GitHub cuts the text of a
 * blob at 512,000 bytes and recodes what is not UTF-8; both show in the size, and such blobs are read raw.
 */
import type { RepositoryRef } from '../review/ports.ts';
import type { GitHubClient } from './client.ts';
import { GitHubError } from './errors.ts';
import { graphqlLimits } from './limits.ts';

export interface TreeEntry {
  readonly name: string;
  readonly oid: string;
  /** Bytes. */
  readonly size: number;
  readonly symlink: boolean;
}

/** Git's mode of a symbolic link; GraphQL gives it as a number. */
const symlinkMode = 0o120000;

/** Where to look: `path` is slash-separated, '' is the root. */
export interface Place {
  readonly commit: string;
  readonly path: string;
}

export type BlobText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'omitted'; readonly reason: string };

/** What stands at a place: a folder with its files, or a text file (go.mod is asked for in this way). */
export type Found =
  | { readonly kind: 'folder'; readonly files: readonly TreeEntry[] }
  | { readonly kind: 'text'; readonly text: string };

const eitherKind =
  '... on Tree { entries { name oid type mode object { ... on Blob { byteSize } } } } ... on Blob { text }';

/** What was found, and the answer to the fields that were asked for besides. */
export interface Places {
  /** In the order asked; undefined where there is nothing, or a file without text. */
  readonly found: readonly (Found | undefined)[];
  readonly besides: Readonly<Record<string, unknown>>;
}

/** Looks at each place. `besides` are fields of the query's root that travel with the first request. */
export async function readPlaces(
  client: GitHubClient,
  repository: RepositoryRef,
  places: readonly Place[],
  besides = '',
): Promise<Places> {
  const parts: (readonly Place[])[] = [];
  const size = graphqlLimits.objectsPerListing;
  for (let at = 0; at < places.length; at += size) parts.push(places.slice(at, at + size));
  const answers = await inParallel(parts, (part) =>
    queryObjects(client, repository, part.map(expressionOf), eitherKind, part === parts[0] ? besides : ''),
  );
  return { found: answers.flatMap(({ objects }) => objects.map(foundOf)), besides: answers[0]?.data ?? {} };
}

function foundOf(object: Fields): Found | undefined {
  if (Array.isArray(object?.['entries'])) return { kind: 'folder', files: object['entries'].flatMap(treeEntry) };
  return typeof object?.['text'] === 'string' ? { kind: 'text', text: object['text'] } : undefined;
}

/** The texts of blobs by id. Ids that are not there, binary or not UTF-8 are `omitted` with the reason. */
export async function readBlobs(
  client: GitHubClient,
  repository: RepositoryRef,
  blobs: readonly TreeEntry[],
): Promise<ReadonlyMap<string, BlobText>> {
  const texts = new Map<string, BlobText>();
  const large = blobs.filter((blob) => blob.size > graphqlLimits.textBytes);
  const batches = batchesOf(blobs.filter((blob) => blob.size <= graphqlLimits.textBytes));
  await inParallel(batches, async (batch) => {
    const objects = await queryBlobs(client, repository, batch);
    for (const [index, blob] of batch.entries()) {
      const text = blobText(objects[index], blob.size);
      if (text) texts.set(blob.oid, text);
      else large.push(blob);
    }
  });
  await inParallel(large, async (blob) => {
    texts.set(blob.oid, await readRawBlob(client, repository, blob.oid));
  });
  return texts;
}

async function queryBlobs(
  client: GitHubClient,
  repository: RepositoryRef,
  batch: readonly TreeEntry[],
): Promise<readonly Fields[]> {
  const selectors = batch.map(({ oid }) => `oid: "${oid}"`);
  try {
    return (await queryObjects(client, repository, selectors, '... on Blob { isBinary isTruncated text }')).objects;
  } catch (error) {
    const bytes = batch.reduce((sum, { size }) => sum + size, 0);
    const isTooMuch = error instanceof GitHubError && error.mayHaveHappened && bytes > graphqlLimits.bytesToHalve;
    if (!isTooMuch || batch.length === 1) throw error;
    const middle = Math.ceil(batch.length / 2);
    const first = await queryBlobs(client, repository, batch.slice(0, middle));
    return [...first, ...(await queryBlobs(client, repository, batch.slice(middle)))];
  }
}

function expressionOf({ commit, path }: Place): string {
  return `expression: ${JSON.stringify(`${commit}:${path}`)}`;
}

function treeEntry(entry: unknown): readonly TreeEntry[] {
  const { name, oid, type, mode, object } = entry as {
    mode?: unknown;
    name?: unknown;
    oid?: unknown;
    type?: unknown;
    object?: { byteSize?: unknown } | null;
  };
  if (type !== 'blob' || typeof name !== 'string' || typeof oid !== 'string') return [];
  const size = typeof object?.byteSize === 'number' ? object.byteSize : 0;
  return [{ name, oid, size, symlink: mode === symlinkMode }];
}

/** The text when it is whole; undefined when it must be read raw. */
function blobText(object: Record<string, unknown> | undefined, size: number): BlobText | undefined {
  if (!object) return { kind: 'omitted', reason: 'the file is no longer there' };
  if (object['isBinary'] === true) return { kind: 'omitted', reason: 'binary file' };
  const text = object['text'];
  if (typeof text !== 'string' || object['isTruncated'] === true) return undefined;
  return Buffer.byteLength(text) === size ? { kind: 'text', text } : undefined;
}

async function readRawBlob(client: GitHubClient, repository: RepositoryRef, oid: string): Promise<BlobText> {
  const blob = await client.read('GET /repos/{owner}/{repo}/git/blobs/{file_sha}', {
    owner: repository.owner,
    repo: repository.name,
    file_sha: oid,
  });
  const bytes = Buffer.from(blob.content, blob.encoding === 'base64' ? 'base64' : 'utf8');
  if (bytes.includes(0)) return { kind: 'omitted', reason: 'binary file' };
  try {
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { kind: 'omitted', reason: 'not UTF-8' };
  }
}

/** Cuts a list of blobs so that each part keeps to the limits of one query. */
function batchesOf(blobs: readonly TreeEntry[]): readonly (readonly TreeEntry[])[] {
  const batches: TreeEntry[][] = [];
  let bytes = 0;
  for (const blob of blobs) {
    const batch = batches.at(-1);
    const fits =
      batch && batch.length < graphqlLimits.blobsPerQuery && bytes + blob.size <= graphqlLimits.bytesPerQuery;
    if (fits) batch.push(blob);
    else batches.push([blob]);
    bytes = (fits ? bytes : 0) + blob.size;
  }
  return batches;
}

type Fields = Record<string, unknown> | undefined;

/** One query with an alias for each selector, and `besides` at its root. */
async function queryObjects(
  client: GitHubClient,
  repository: RepositoryRef,
  selectors: readonly string[],
  fields: string,
  besides = '',
): Promise<{ readonly objects: readonly Fields[]; readonly data: Readonly<Record<string, unknown>> }> {
  const objects = selectors.map((selector, index) => `o${index}: object(${selector}) { ${fields} }`).join('\n');
  const text = `query($owner: String!, $name: String!) { repository(owner: $owner, name: $name) {\n${objects}\n} ${besides} }`;
  const { data, errors } = await client.query(text, { owner: repository.owner, name: repository.name });
  const found = data['repository'];
  if (typeof found !== 'object' || found === null) {
    throw new GitHubError(
      'gone',
      errors[0]?.message ?? `The repository ${repository.owner}/${repository.name} was not found.`,
    );
  }
  const broken = errors.find(({ type, path }) => type !== 'NOT_FOUND' && path.startsWith('repository'));
  if (broken) throw new GitHubError('unavailable', `GitHub answered only a part of a query: ${broken.message}`);
  return {
    objects: selectors.map((_, index) => ((found as Record<string, unknown>)[`o${index}`] ?? undefined) as Fields),
    data,
  };
}

/** Maps with a few at a time, results in order. */
async function inParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(items[index] as T);
    }
  };
  await Promise.all(Array.from({ length: Math.min(graphqlLimits.parallel, items.length) }, worker));
  return results;
}
