/** Facts about other packages: their exported declarations, written as Go and read by this very front end. */
import { parseFile } from './file.ts';
import type { Model } from './model.ts';
import { PackageModel } from './package-model.ts';
import { stdlibDeclarations } from './stdlib-declarations.ts';

const loaded = new Map<string, Model>();

/** What is known about the package of an import path; undefined when nothing is. Made on first use and kept. */
export function stdlibPackage(path: string): Model | undefined {
  const known = loaded.get(path);
  if (known) return known;
  const text = Object.hasOwn(stdlibDeclarations, path) ? stdlibDeclarations[path] : undefined;
  if (text === undefined) return undefined;
  const file = parseFile({ path: `${path}/facts.go`, text });
  const facts = new PackageModel({
    dir: path,
    name: file.packageName,
    files: [file],
    skipped: [],
    selfPath: path,
    external: stdlibPackage,
  });
  loaded.set(path, facts);
  return facts;
}
