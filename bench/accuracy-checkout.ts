/** Code at pinned commits, written out from git directories, and what `check` says of it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface Said {
  readonly path: string;
  readonly line: number;
  readonly endLine?: number;
  readonly severity: string;
  readonly rule: string;
  readonly related?: readonly { readonly path?: string; readonly line: number }[];
  readonly witness?: readonly { readonly path?: string; readonly line: number }[];
}

export class Checkouts {
  readonly #mirrors: string;
  readonly #said = new Map<string, readonly Said[] | undefined>();
  #current: { readonly key: string; readonly folder: string | undefined } | undefined;

  constructor(mirrors: string) {
    this.#mirrors = mirrors;
  }

  /** What is said of the folder of a file; undefined when the commit is not there or the run fails. */
  saidOf(repository: string, commit: string, path: string, goVersion?: string): readonly Said[] | undefined {
    const folder = this.#folderAt(repository, commit);
    if (folder === undefined) return undefined;
    const key = [repository, commit, dirname(path), goVersion].join(' ');
    if (!this.#said.has(key)) this.#said.set(key, check(folder, dirname(path), goVersion));
    return this.#said.get(key);
  }

  remove(): void {
    if (this.#current?.folder !== undefined) rmSync(this.#current.folder, { recursive: true, force: true });
    this.#current = undefined;
  }

  /** One checkout at a time: cases of the same commit stand beside each other. */
  #folderAt(repository: string, commit: string): string | undefined {
    const key = `${repository} ${commit}`;
    if (this.#current?.key !== key) {
      this.remove();
      this.#current = { key, folder: writeOut(gitDirectory(this.#mirrors, repository), commit) };
    }
    return this.#current.folder;
  }
}

function gitDirectory(mirrors: string, repository: string): string | undefined {
  const named = join(mirrors, repository.replace('/', '+'));
  return [join(named, 'repo'), named].find(
    (folder) => existsSync(join(folder, 'HEAD')) || existsSync(join(folder, '.git')),
  );
}

function writeOut(repository: string | undefined, commit: string): string | undefined {
  if (repository === undefined) return undefined;
  const archive = spawnSync('git', ['-C', repository, 'archive', commit], { maxBuffer: 2 ** 31 - 1 });
  if (archive.status !== 0) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'goplumber-accuracy-'));
  execFileSync('tar', ['xf', '-', '-C', folder], { input: archive.stdout });
  return folder;
}

/** An empty configuration: one in the checkout plays no part, the figures are those of the defaults. */
function noConfiguration(folder: string): string {
  const file = join(folder, 'no-configuration.yml');
  writeFileSync(file, '');
  return file;
}

function check(folder: string, path: string, goVersion: string | undefined): readonly Said[] | undefined {
  const version = goVersion === '' ? ['--go', '1.12'] : [];
  const program = join(import.meta.dirname, '../dist/main.js');
  const args = [
    program,
    'check',
    '--format',
    'json',
    '--no-cache',
    '--jobs',
    '1',
    '--config',
    noConfiguration(folder),
    ...version,
  ];
  const { stdout } = spawnSync(process.execPath, [...args, `./${path}`], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  try {
    return (JSON.parse(stdout) as { readonly diagnostics: readonly Said[] }).diagnostics;
  } catch {
    return undefined;
  }
}
