/** By what an outcome is found again: everything that the answer hangs on, as one hash. */
import { createHash } from 'node:crypto';
import type { Config } from '../../config/config.ts';
import type { SourceFile } from '../../go/package.ts';
import type { FolderPackage, WantedFolder } from '../../local/folder.ts';
import type { ImportsOfFolder } from '../../local/imports-on-disk.ts';
import type { PackageSources } from '../../review/ports.ts';

export interface KeyParts {
  /** Tells two builds of the program apart. */
  readonly build: string;
  readonly config: Config;
  readonly fixes: boolean;
  readonly wanted: WantedFolder;
  readonly read: FolderPackage;
  readonly sources: PackageSources;
  readonly imports: ImportsOfFolder;
}

/** In hexadecimal digits. */
export function keyOf({ build, config, fixes, wanted, read, sources, imports }: KeyParts): string {
  const hash = createHash('sha256');
  // Every part is one line of JSON, so that no two lists of parts read the same.
  const add = (...parts: readonly unknown[]) => hash.update(`${JSON.stringify(parts)}\n`);
  const { rules, ignore, tests, goVersion, budgets, resources } = config;
  add('program', build, process.env['GOPLUMBER_PARSER']);
  add('settings', [...rules].sort(), ignore, tests, goVersion, config.build, budgets, resources, fixes);
  add('folder', sources.dir, sources.goVersion, sources.importPath, wanted.only && [...wanted.only].sort());
  for (const { path, reason } of [...read.skipped, ...imports.omissions]) add('skipped', path, reason);
  for (const file of read.files) add('file', file.path, digestOf(file));
  for (const { path, dir, goVersion: version, local, files } of imports.packages) {
    add('package', path, dir, version, local);
    for (const file of files) add('file', file.path, digestOf(file));
  }
  return hash.digest('hex');
}

/** Many folders import the same files. */
const digests = new WeakMap<SourceFile, string>();

function digestOf(file: SourceFile): string {
  const known = digests.get(file) ?? createHash('sha256').update(file.text).digest('hex');
  digests.set(file, known);
  return known;
}
