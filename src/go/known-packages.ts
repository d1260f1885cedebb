/** Facts about other packages: their exported declarations, written as Go and read by this very front end. */
import { unbilled } from '../work/meter.ts';
import { parseFile } from './file.ts';
import type { Model } from './model.ts';
import { moduleDeclarations } from './module-declarations.ts';
import { PackageModel } from './package-model.ts';
import { concurrencyDeclarations } from './stdlib-concurrency.ts';
import { ioDeclarations } from './stdlib-io.ts';
import { netDeclarations } from './stdlib-net.ts';

/** Import path to declarations; `stdlib-*.ts` have Go's own packages, `module-declarations.ts` those of modules. */
const declarations: ReadonlyMap<string, string> = new Map([
  ...Object.entries(concurrencyDeclarations),
  ...Object.entries(ioDeclarations),
  ...Object.entries(netDeclarations),
  ...Object.entries(moduleDeclarations),
]);

const loaded = new Map<string, Model>();

/** Whether there are facts about the package of an import path. */
export function isKnownPackage(path: string): boolean {
  return declarations.has(path);
}

/** What is known about the package of an import path; undefined when nothing is. Made on first use and kept. */
export function knownPackage(path: string): Model | undefined {
  const known = loaded.get(path);
  if (known) return known;
  const text = declarations.get(path);
  if (text === undefined) return undefined;
  const file = parseFile({ path: `${path}/facts.go`, text });
  unbilled(() => file.decls);
  const facts = new PackageModel({
    dir: path,
    name: file.packageName,
    files: [file],
    skipped: [],
    selfPath: path,
    external: knownPackage,
  });
  loaded.set(path, facts);
  return facts;
}
