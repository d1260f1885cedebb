/** Modules of the fixtures, for Go to compile: those whose code runs stand in the folder `stand-ins`, the others are only declared. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { moduleDeclarations } from '../../src/go/module-declarations.ts';

/** Writes them below `root`; gives the lines of a go.mod that uses them. */
export function writeStandIns(root: string): string {
  const folders = new Map([['golang.org/x/sync', join(import.meta.dirname, 'stand-ins', 'sync')]]);
  for (const [path, declarations] of Object.entries(moduleDeclarations)) {
    if (path.startsWith('golang.org/x/sync')) continue;
    const folder = join(root, 'modules', path);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'declarations.go'), declarations);
    // With a file of assembly beside them, functions may be declared without a body.
    writeFileSync(join(folder, 'bodies.s'), '');
    const module = moduleOfImport(path);
    writeFileSync(join(root, 'modules', module, 'go.mod'), `module ${module}\n\ngo 1.18\n`);
    folders.set(module, join(root, 'modules', module));
  }
  return [...folders].map(([path, folder]) => replacement(path, folder)).join('');
}

/** The module that holds a package, by the conventions of where it is hosted. */
function moduleOfImport(path: string): string {
  const known = /^(?:k8s\.io\/[^/]+|github\.com\/[^/]+\/[^/]+(?:\/v\d+)?|go\.etcd\.io\/etcd\/client\/v3)/.exec(path);
  return known?.[0] ?? path;
}

function replacement(path: string, folder: string): string {
  return `require ${path} ${standInVersion(path)}\n\nreplace ${path} => ${folder}\n\n`;
}

function standInVersion(path: string): string {
  const major = /\/v(\d+)$/.exec(path)?.[1] ?? /\.v(\d+)$/.exec(path)?.[1] ?? '0';
  return `v${major}.0.0`;
}
