/** The Go version that the nearest go.mod states, on disk and in a commit. */
import { dirname, join, posix } from 'node:path';
import { parseGoMod } from '../go/go-mod.ts';
import type { GoVersion } from '../go/package.ts';
import { isRepositoryTop } from './config-file.ts';
import { listPaths, readBlobs } from './git-tree.ts';
import { readRegularFile } from './regular-file.ts';
import type { Repository } from './repository.ts';

/** Versions by folder of a tree; a folder without a go.mod at or above it, or whose go.mod states none, is left out. */
export async function goVersionsAt(
  repository: Repository,
  tree: string,
  folders: readonly string[],
): Promise<ReadonlyMap<string, GoVersion>> {
  const paths = [...new Set(folders.flatMap(goModPaths))];
  const entries = await listPaths(repository, tree, paths);
  const texts = await readBlobs(repository, entries);
  const byPath = new Map(entries.map((entry) => [entry.path, texts.get(entry.id)]));
  const versions = new Map<string, GoVersion>();
  for (const folder of folders) {
    const nearest = goModPaths(folder).find((path) => byPath.has(path));
    const text = nearest === undefined ? undefined : byPath.get(nearest);
    const version = text?.kind === 'text' ? parseGoMod(text.text).goVersion : undefined;
    if (version !== undefined) versions.set(folder, version);
  }
  return versions;
}

/** Where the go.mod of a folder can be, nearest first. */
function goModPaths(folder: string): readonly string[] {
  const paths: string[] = [];
  for (let at = folder; at !== '.'; at = posix.dirname(at)) paths.push(`${at}/go.mod`);
  return [...paths, 'go.mod'];
}

/**
 * Looks up versions on disk, from a folder upward to the top of the repository around it (a folder that holds `.git`)
 * or of the file system. Each folder is read once.
 */
export function goVersionsOnDisk(): (folder: string) => Promise<GoVersion | undefined> {
  const known = new Map<string, Promise<GoVersion | undefined>>();
  const lookup = (folder: string): Promise<GoVersion | undefined> => {
    const answer = known.get(folder) ?? versionOf(folder);
    known.set(folder, answer);
    return answer;
  };
  const versionOf = async (folder: string): Promise<GoVersion | undefined> => {
    const text = await moduleText(join(folder, 'go.mod'));
    if (text !== undefined) return parseGoMod(text).goVersion;
    const above = dirname(folder);
    if (above === folder || (await isRepositoryTop(folder))) return undefined;
    return lookup(above);
  };
  return lookup;
}

/** The module around a folder, as the nearest go.mod names it; undefined when there is none. */
export async function modulePathOnDisk(
  folder: string,
): Promise<{ readonly path: string; readonly folder: string } | undefined> {
  for (let at = folder; ; at = dirname(at)) {
    const text = await moduleText(join(at, 'go.mod'));
    if (text !== undefined) {
      const { modulePath } = parseGoMod(text);
      return modulePath === undefined ? undefined : { path: modulePath, folder: at };
    }
    if (dirname(at) === at || (await isRepositoryTop(at))) return undefined;
  }
}

/** A go.mod that a tool wrote is far smaller. Bytes. */
const maxGoModBytes = 1_000_000;

/** The text of a go.mod or go.work; undefined when it is absent, larger, or no regular file. */
export async function moduleText(path: string): Promise<string | undefined> {
  const file = await readRegularFile(path, maxGoModBytes).catch(() => undefined);
  return file?.kind === 'bytes' ? file.bytes.toString('utf8') : undefined;
}
