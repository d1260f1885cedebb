/**
 * Fixtures of several packages: every folder `test/modules/<case>/` is a module with a go.mod, each folder below it that
 * holds Go files a package; below `vendor` they are packages of other modules, which are in sight and not analysed. All
 * packages are analysed with all rules; `// want` comments are as in `test/rules`, and `*.go.golden` is a file after the
 * first verified fix of each diagnostic has been applied.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import type { Analysed } from '../../src/analysis/verify.ts';
import { defaultConfig } from '../../src/config/config.ts';
import { parseFile } from '../../src/go/file.ts';
import { parseGoMod } from '../../src/go/go-mod.ts';
import { GoModule } from '../../src/go/module.ts';
import type { SourceFile } from '../../src/go/package.ts';
import { analyseFolder, analysisOptions } from '../../src/review/package-analysis.ts';
import { rules } from '../../src/rules/index.ts';

const vendor = 'vendor/';

export interface ModuleFixture {
  readonly name: string;
  readonly folder: string;
  readonly modulePath: string;
  readonly sources: readonly SourceFile[];
  readonly goldens: readonly SourceFile[];
}

export function readModuleFixtures(): readonly ModuleFixture[] {
  return readdirSync(import.meta.dirname, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => readFixture(name, join(import.meta.dirname, name)));
}

function readFixture(name: string, folder: string): ModuleFixture {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .flatMap((entry) => (entry.isFile() ? [relative(folder, join(entry.parentPath, entry.name))] : []))
    .sort();
  const read = (ending: string) =>
    paths
      .filter((path) => path.endsWith(ending))
      .map((path) => ({
        path: `${path.slice(0, path.length - ending.length)}.go`.replaceAll('\\', '/'),
        text: readFileSync(join(folder, path), 'utf8'),
      }));
  const { modulePath } = parseGoMod(readFileSync(join(folder, 'go.mod'), 'utf8'));
  if (modulePath === undefined) throw new Error(`${name}: go.mod names no module`);
  return { name, folder, modulePath, sources: read('.go'), goldens: read('.go.golden') };
}

/** Every package of the fixture, analysed with the others in sight. */
export function analyseModule({
  modulePath,
  sources,
}: Pick<ModuleFixture, 'modulePath' | 'sources'>): readonly Analysed[] {
  const dirs = [...new Set(sources.map(({ path }) => dirname(path)))];
  const packages = dirs.map((dir) => ({
    path: dir.startsWith(vendor) ? dir.slice(vendor.length) : posix.join(modulePath, dir),
    dir,
    files: sources.filter(({ path }) => dirname(path) === dir),
    local: !dir.startsWith(vendor),
  }));
  const module = new GoModule(packages);
  const loading = { parse: parseFile, moduleOf: () => module };
  const own = packages.filter(({ local }) => local);
  return own.flatMap(({ path, dir, files }) =>
    analyseFolder({ dir, files, importPath: path, module: '.' }, rules, analysisOptions(defaultConfig, rules), loading),
  );
}
