/**
 * Texts of the merge base that need not be read: a changed file is what head has, with the hunks taken back. The blob id
 * says whether that is so to the byte; where it is not (a patch that GitHub cut, another encoding) the blob is read.
 */
import { createHash } from 'node:crypto';
import type { ChangedFile } from '../review/ports.ts';
import { type Hunk, hunkLines } from '../text/hunk.ts';
import type { BlobText } from './git-objects.ts';

/** A blob of the base with what it became. */
export interface Derivation {
  readonly oid: string;
  /** Blob at head; undefined when the file is gone. */
  readonly headOid: string | undefined;
  readonly hunks: readonly Hunk[];
}

/** Blob ids by path, of each side. */
export type Oids = ReadonlyMap<string, string>;

/** Blobs that stand at the base only and are described by hunks. */
export function derivations(changed: readonly ChangedFile[], base: Oids, head: Oids): readonly Derivation[] {
  const atHead = new Set(head.values());
  return changed.flatMap(({ path, previousPath, status, hunks }): readonly Derivation[] => {
    const oid = base.get(previousPath ?? path);
    const headOid = head.get(path);
    if (oid === undefined || atHead.has(oid) || hunks.length === 0) return [];
    return headOid === undefined && status !== 'removed' ? [] : [{ oid, headOid, hunks }];
  });
}

/** The text, when its id proves it. */
export function derived(
  { oid, headOid, hunks }: Derivation,
  texts: ReadonlyMap<string, BlobText>,
): BlobText | undefined {
  const head = headOid === undefined ? ({ kind: 'text', text: '' } as const) : texts.get(headOid);
  if (head?.kind !== 'text') return undefined;
  const lines = withoutHunks(head.text, hunks);
  if (!lines) return undefined;
  const text = lines.join('\n');
  // Hunks do not keep whether the last line ends.
  const found = [`${text}\n`, text].find((one) => blobId(one, oid.length) === oid);
  return found === undefined ? undefined : { kind: 'text', text: found };
}

function withoutHunks(text: string, hunks: readonly Hunk[]): readonly string[] | undefined {
  const now = text.split('\n');
  if (now.at(-1) === '') now.pop();
  const before: string[] = [];
  let at = 0;
  for (const hunk of hunks) {
    const start = hunk.newLines === 0 ? hunk.newStart : hunk.newStart - 1;
    if (start < at || start > now.length) return undefined;
    for (const line of now.slice(at, start)) before.push(line);
    at = start;
    for (const line of hunkLines(hunk)) {
      if (line.kind !== 'deleted' && now[at++] !== line.text) return undefined;
      if (line.kind !== 'added') before.push(line.text);
    }
  }
  for (const line of now.slice(at)) before.push(line);
  return before;
}

/** As git names a blob, in a repository whose ids have that many hexadecimal digits. */
function blobId(text: string, digits: number): string {
  const bytes = Buffer.from(text);
  return createHash(digits === 64 ? 'sha256' : 'sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex');
}
