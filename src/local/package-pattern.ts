/** Package patterns as the go command means them: paths as they are, and import paths of the module and `all` as paths. */
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { nearest } from '../config/config-issue.ts';
import { modulePathOnDisk } from './go-mod.ts';
import { LocalError } from './local-error.ts';

/**
 * Turns arguments into paths relative to `folder`. A path that exists wins over an import path. Throws `LocalError`
 * for an argument that is neither, with the nearest name where there is one.
 */
export async function resolvePatterns(folder: string, args: readonly string[]): Promise<readonly string[]> {
  return Promise.all(args.map((arg) => resolvePattern(folder, arg)));
}

async function resolvePattern(folder: string, arg: string): Promise<string> {
  const { path, tail } = splitPattern(arg);
  if (path === '' || (await exists(resolve(folder, path)))) return arg;
  const module = await modulePathOnDisk(folder);
  const below =
    module === undefined ? undefined : insideModule(arg === 'all' ? `${module.path}/...` : arg, module.path);
  if (module && below !== undefined) {
    const target = relative(folder, join(module.folder, splitPattern(below).path)) || '.';
    if (await exists(resolve(folder, target))) return `${target.split(sep).join('/')}${splitPattern(below).tail}`;
  }
  throw new LocalError('unreadable-path', `cannot read ${arg}: ${await why(resolve(folder, path), tail)}`);
}

/** `a/...` is the path `a` and the tail `/...`. */
function splitPattern(arg: string): { readonly path: string; readonly tail: string } {
  if (arg === '...') return { path: '', tail: '...' };
  return arg.endsWith('/...') ? { path: arg.slice(0, -4) || '/', tail: '/...' } : { path: arg, tail: '' };
}

/** The rest of an import path below the module's own; undefined for another module's. */
function insideModule(arg: string, module: string): string | undefined {
  if (arg === module) return '.';
  return arg.startsWith(`${module}/`) ? `./${arg.slice(module.length + 1)}` : undefined;
}

async function why(path: string, tail: string): Promise<string> {
  const names = await readdir(dirname(path)).catch((): string[] => []);
  const near = nearest(
    basename(path),
    names.filter((name) => tail === '' || !name.includes('.')),
  );
  return `no such file or folder${near === undefined ? '' : `; did you mean ${near}${tail}?`}`;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT' && error.code !== 'ENOTDIR',
  );
}
