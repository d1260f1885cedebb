/** Changed files named like Go that nobody read and nothing says so: none is dropped silently. */
import type { ChangedFile, Omission, PackageSources } from '../review/ports.ts';

/** Omissions for files that are neither among the sources at head nor left out already, alone or with their folder. */
export function unreadFiles(
  changed: readonly ChangedFile[],
  head: readonly PackageSources[],
  known: readonly Omission[],
): readonly Omission[] {
  const seen = new Set([
    ...head.flatMap(({ files }) => files.map(({ path }) => path)),
    ...known.map(({ path }) => path),
  ]);
  return changed.flatMap(({ path, status }) => {
    if (!path.endsWith('.go') || status === 'removed' || seen.has(path) || seen.has(dirOf(path))) return [];
    return isHidden(path)
      ? [{ path, reason: 'the go command ignores files with this name', expected: true }]
      : [{ path, reason: 'not a regular file; it may be a submodule' }];
  });
}

function dirOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/'))) || '.';
}

function isHidden(path: string): boolean {
  return /(?:^|\/)[_.][^/]*$/.test(path);
}
