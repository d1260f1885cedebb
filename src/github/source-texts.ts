/** The texts of the files of listed folders, each distinct blob once, within limits. */
import type { ChangedFile, Omission, RepositoryRef } from '../review/ports.ts';
import { derivations, derived } from './base-texts.ts';
import type { GitHubClient } from './client.ts';
import { type BlobText, readBlobs, type TreeEntry } from './git-objects.ts';
import { snapshotLimits } from './limits.ts';

/** A folder at one commit with its Go files. */
export interface Folder {
  readonly dir: string;
  readonly commit: string;
  readonly atBase: boolean;
  /** Its own go.mod. */
  readonly module?: TreeEntry;
  readonly files: readonly TreeEntry[];
}

/**
 * Reads head's blobs, and those of the base that do not follow from them and the hunks of `changed`. What goes beyond the
 * limits is added to `omissions`.
 */
export async function readTexts(
  client: GitHubClient,
  repository: RepositoryRef,
  folders: readonly Folder[],
  changed: readonly ChangedFile[],
  omissions: Omission[],
): Promise<ReadonlyMap<string, BlobText>> {
  const blobs = chooseBlobs(folders, omissions);
  const [base, head] = [oidsOf(folders, true), oidsOf(folders, false)];
  const deriving = new Map(derivations(changed, base, head).map((one) => [one.oid, one]));
  const read = await readBlobs(
    client,
    repository,
    blobs.filter(({ oid }) => !deriving.has(oid)),
  );
  const left: TreeEntry[] = [];
  const texts = new Map(read);
  for (const blob of blobs) {
    const derivation = deriving.get(blob.oid);
    if (!derivation) continue;
    const text = derived(derivation, read);
    if (text) texts.set(blob.oid, text);
    else left.push(blob);
  }
  for (const [oid, text] of await readBlobs(client, repository, left)) texts.set(oid, text);
  return texts;
}

function oidsOf(folders: readonly Folder[], atBase: boolean): ReadonlyMap<string, string> {
  const own = folders.filter((folder) => folder.atBase === atBase);
  return new Map(own.flatMap(({ dir, files }) => files.map(({ name, oid }) => [join(dir, name), oid] as const)));
}

/** Distinct blobs within the limits; what goes beyond them becomes an omission. */
function chooseBlobs(folders: readonly Folder[], omissions: Omission[]): readonly TreeEntry[] {
  const chosen = new Map<string, TreeEntry>();
  let bytes = 0;
  for (const folder of folders) {
    if (folder.module) chosen.set(folder.module.oid, folder.module);
    for (const file of folder.files) {
      if (chosen.has(file.oid)) continue;
      const reason = file.symlink ? 'a symbolic link' : beyondLimits(file, chosen.size, bytes);
      if (reason) {
        omissions.push(omission(folder, file, reason));
        continue;
      }
      chosen.set(file.oid, file);
      bytes += file.size;
    }
  }
  return [...chosen.values()];
}

function beyondLimits(file: TreeEntry, count: number, bytes: number): string | undefined {
  if (file.size > snapshotLimits.fileBytes) return `larger than ${snapshotLimits.fileBytes / 1_000_000} MB`;
  if (count >= snapshotLimits.files) return `more than ${snapshotLimits.files} files in the changed packages`;
  if (bytes + file.size > snapshotLimits.totalBytes) {
    return `more than ${snapshotLimits.totalBytes / 1_000_000} MB in the changed packages`;
  }
  return undefined;
}

export function omission({ dir, atBase }: Folder, file: TreeEntry, reason: string): Omission {
  return { path: join(dir, file.name), reason: atBase ? `at the merge base: ${reason}` : reason };
}

export function join(dir: string, name: string): string {
  return dir === '' ? name : `${dir}/${name}`;
}
