/** Finds and reads the configuration: a file that the user names, the one on disk, or the one at a commit. */
import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { reasonOf } from './folder.ts';
import { listPaths, readBlobs } from './git-tree.ts';
import { LocalError } from './local-error.ts';
import { leavesCheckout, type RegularFile, readRegularFile } from './regular-file.ts';
import type { Repository } from './repository.ts';

/** Where a repository keeps it. */
export const configPath = '.github/goplumber.yml';

export interface ConfigText {
  readonly text: string;
  /** For messages: `.github/goplumber.yml`. */
  readonly origin: string;
}

/** The file that the user names (`shown` in messages). Throws `LocalError` when it cannot be read. */
export async function namedConfig(path: string, shown: string): Promise<ConfigText> {
  const file = await readRegularFile(path, maxConfigBytes).catch(reasonOf);
  if (typeof file === 'object' && file.kind === 'bytes') return { text: file.bytes.toString('utf8'), origin: shown };
  const why = typeof file === 'string' ? file : unusable(file);
  throw new LocalError('unreadable-path', `cannot read the configuration ${shown}: ${why}`);
}

/** A configuration that a person wrote is far smaller. Bytes. */
const maxConfigBytes = 100_000;

function unusable(file: Exclude<RegularFile, { readonly kind: 'bytes' }>): string {
  switch (file.kind) {
    case 'absent':
      return 'no such file or folder';
    case 'folder':
      return 'not a regular file';
    case 'too-large':
      return `larger than ${maxConfigBytes / 1000} KB`;
    case 'refused':
      return file.reason;
  }
}

/** The configuration of the folder or of the repository around it; undefined when there is none. */
export async function configOnDisk(folder: string): Promise<ConfigText | undefined> {
  for (let at = folder; ; at = dirname(at)) {
    const path = join(at, configPath);
    if (await exists(path)) {
      if (await leavesCheckout(at, path))
        throw new LocalError(
          'unreadable-path',
          `cannot read ${configPath}: a symbolic link that leads out of the checkout`,
        );
      return namedConfig(path, configPath);
    }
    if (dirname(at) === at || (await isRepositoryTop(at))) return undefined;
  }
}

/** The configuration as a commit has it; undefined when there is none. */
export async function configAt(repository: Repository, commit: string): Promise<ConfigText | undefined> {
  const entries = (await listPaths(repository, commit, [configPath])).filter((entry) => entry.mode !== '120000');
  const texts = await readBlobs(repository, entries);
  const text = texts.get(entries[0]?.id ?? '');
  if (text?.kind === 'skipped')
    throw new LocalError('unreadable-path', `cannot read ${configPath} of ${commit.slice(0, 12)}: ${text.reason}`);
  return text && { text: text.text, origin: configPath };
}

/** Whether a folder is the top of a repository: it holds `.git`, a folder or (in a linked work tree) a file. */
export function isRepositoryTop(folder: string): Promise<boolean> {
  return exists(join(folder, '.git'));
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
