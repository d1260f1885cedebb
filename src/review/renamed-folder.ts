/** A package whose folder was renamed is still the same package: its findings are old. */
import type { PackageSources, PullRequestSnapshot } from './ports.ts';

/**
 * The base's sources as they would stand at head, when the change moved the whole folder: fingerprints hold the folder,
 * so the base is read under its new name. Any other sources are returned as they are.
 */
export function underHeadFolder(sources: PackageSources, snapshot: PullRequestSnapshot): PackageSources {
  if (snapshot.head.some(({ dir }) => dir === sources.dir)) return sources;
  const moves = snapshot.changedFiles.flatMap(({ path, previousPath }) =>
    previousPath !== undefined && folderOf(previousPath) === sources.dir ? [{ path, previousPath }] : [],
  );
  const targets = new Set(moves.map(({ path }) => folderOf(path)));
  const [dir] = targets;
  if (dir === undefined || targets.size > 1) return sources;
  // A folder that held Go files before is another package; taking this one for it would hide new findings there.
  if (snapshot.base.some((other) => other.dir === dir)) return sources;
  const newPath = new Map(moves.map(({ path, previousPath }) => [previousPath, path]));
  return {
    ...sources,
    dir,
    files: sources.files.map((file) => ({ ...file, path: newPath.get(file.path) ?? file.path })),
  };
}

/** The folder of a path; `.` for the root. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '.' : path.slice(0, slash);
}
