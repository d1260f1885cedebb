/** Path arguments as questions to paths: which files a command line is about. */
import { posix, relative, resolve, sep } from 'node:path';

/** Whether a path, slash-separated and relative to the root, is meant. */
export type PathScope = (path: string) => boolean;

/** Where an argument lies below the root, `.` for the root itself; outside of it the path starts with `..`. */
export interface ArgumentPlace {
  readonly path: string;
  /** A pattern such as `./...`: what lies below is meant, too. */
  readonly isPattern: boolean;
}

/** `arg` is relative to `folder`, or absolute; `root` and `folder` are absolute. */
export function placeOf(root: string, folder: string, arg: string): ArgumentPlace {
  const isPattern = arg === '...' || arg.endsWith('/...');
  const named = isPattern ? arg.slice(0, -'...'.length) || '.' : arg;
  return { path: relative(root, resolve(folder, named)).split(sep).join('/') || '.', isPattern };
}

/** A file is the file, a folder the files in it, a pattern all files below. */
export function scopeOf({ path, isPattern }: ArgumentPlace): PathScope {
  if (isPattern) return path === '.' ? () => true : (candidate) => candidate.startsWith(`${path}/`);
  return path.endsWith('.go') ? (candidate) => candidate === path : (candidate) => posix.dirname(candidate) === path;
}

/** What any of the arguments means. */
export function scopeOfAll(root: string, folder: string, args: readonly string[]): PathScope {
  const scopes = args.map((arg) => scopeOf(placeOf(root, folder, arg)));
  return (path) => scopes.some((scope) => scope(path));
}
