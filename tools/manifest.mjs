/**
 * The package.json that is published names no dependencies, since the bundle holds their code; nobody who installs the
 * command line downloads the App's libraries or compiles the native parser. `publish` writes it, `restore` takes the
 * repository's own back; npm calls both around `npm pack` and `npm publish`.
 */
import { copyFile, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const manifest = join(root, 'package.json');
const kept = join(root, '.package.full.json');

const restore = async () => {
  const isKept = await stat(kept).then(
    () => true,
    () => false,
  );
  if (isKept) await rename(kept, manifest);
};

await restore();
if (process.argv[2] === 'publish') {
  await copyFile(manifest, kept);
  const { scripts, dependencies, optionalDependencies, devDependencies, allowScripts, overrides, ...rest } = JSON.parse(
    await readFile(manifest, 'utf8'),
  );
  await writeFile(manifest, `${JSON.stringify(rest, null, 2)}\n`);
}
