/** `goplumber prove FINDING`: writes a Go test beside the package that shows the leak. Nothing is run. */
import { writeFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { parseFile } from '../../go/file.ts';
import type { GoPackage } from '../../go/package.ts';
import { readPackage, reasonOf } from '../../local/folder.ts';
import { ImportsOnDisk } from '../../local/imports-on-disk.ts';
import { loadFolder } from '../../review/package-analysis.ts';
import { check } from '../check.ts';
import { visible } from '../escape.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { chosen, nameOf, pathsOf, wantedOf } from './choose.ts';
import { proofOf } from './proof.ts';

export interface ProveOptions {
  readonly config?: string;
  /** Where the test goes; `-` prints it. */
  readonly output?: string;
  readonly force?: boolean;
}

/** Writes the test. Returns 0 when it is whole, 1 when parts are left to write; throws `UsageError` for the rest. */
export async function prove(words: readonly string[], options: ProveOptions, terminal: Terminal): Promise<number> {
  const { config } = options;
  const wanted = wantedOf(words);
  const checked = await check(
    pathsOf(wanted),
    { format: 'github', ...(config === undefined ? {} : { config }) },
    terminal,
  );
  const finding = chosen(wanted, checked.report.diagnostics);
  const proof = proofOf(finding, await packageOf(checked.root, finding.defect.path));
  if ('kind' in proof) throw new UsageError(proof.reason);
  if (options.output === '-') {
    terminal.out(proof.text);
    return proof.gaps.length > 0 ? 1 : 0;
  }
  const folder = dirname(resolve(checked.root, finding.defect.path));
  const target = options.output === undefined ? resolve(folder, proof.file) : resolve(terminal.cwd, options.output);
  await write(target, proof.text, options.force === true);
  const shown = relative(terminal.cwd, target).split('\\').join('/');
  const place = relative(terminal.cwd, folder).split('\\').join('/');
  terminal.out(
    [
      `wrote ${visible(shown)}, which shows ${visible(nameOf(finding))}`,
      ...proof.gaps.map((gap) => `  left for you to write: ${visible(gap)}`),
      'run it with Go 1.26 or newer:',
      `  GOEXPERIMENT=goroutineleakprofile go test -run ${proof.test} ./${visible(place)}`,
      '',
    ].join('\n'),
  );
  return proof.gaps.length > 0 ? 1 : 0;
}

/** The package that holds a file, with what it imports in sight. */
async function packageOf(root: string, path: string): Promise<GoPackage> {
  const folder = dirname(resolve(root, path));
  const { dir, files } = await readPackage(root, folder);
  const { module, importPath } = await new ImportsOnDisk(root).of(folder, files);
  const sources = { dir, files, ...(module && importPath !== undefined ? { importPath } : {}) };
  const loaded = loadFolder(sources, { parse: parseFile, moduleOf: () => module });
  const found = loaded.find(({ pkg }) => pkg.files.some((file) => file.path === path));
  if (!found) throw new UsageError(`${path} changed while it was checked`);
  return found.pkg;
}

async function write(target: string, text: string, force: boolean): Promise<void> {
  try {
    await writeFile(target, text, { flag: force ? 'w' : 'wx' });
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    throw new UsageError(
      exists ? `${target} exists; --force replaces it` : `cannot write ${target}: ${reasonOf(error)}`,
    );
  }
}
