/**
 * The working tree as a git tree, so that uncommitted and untracked files are compared by the same code as commits.
 * Index and objects are written to a temporary folder: the repository itself is only read.
 */
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GitCall } from './git.ts';
import type { Repository } from './repository.ts';

/** A repository whose object store also holds the tree of the working tree, until it is closed. */
export interface WorkingTree {
  readonly repository: Repository;
  /** Id of the tree. */
  readonly tree: string;
  close(): Promise<void>;
}

/** What the analysis reads; the rest of the working tree is as the index says. */
const pathspecs: readonly string[] = [':(top,glob)**/*.go', ':(top,glob)**/go.mod'];

/** Makes a tree of the Go files and go.mod files on disk, tracked or not, without those that git ignores. */
export async function snapshotWorkingTree(repository: Repository): Promise<WorkingTree> {
  const folder = await mkdtemp(join(tmpdir(), 'goplumber-'));
  const close = () => rm(folder, { recursive: true, force: true });
  try {
    return { ...(await writeTree(repository, folder)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function writeTree(repository: Repository, folder: string): Promise<Omit<WorkingTree, 'close'>> {
  const index = join(folder, 'index');
  const objects = join(folder, 'objects');
  await mkdir(objects);
  await copyIndex(repository, index);
  const env = {
    GIT_INDEX_FILE: index,
    GIT_OBJECT_DIRECTORY: objects,
    GIT_ALTERNATE_OBJECT_DIRECTORIES: quotePath(await gitPath(repository, 'objects')),
  };
  // Any command that meets the index may look at files again, and so run filters.
  const filters = await filterOverrides(repository);
  const inside: Repository = {
    ...repository,
    git: (args, call: GitCall = {}) => repository.git([...filters, ...args], { ...call, env: { ...call.env, ...env } }),
  };
  await dropUnmerged(inside);
  const add = ['add', '--all', '--ignore-errors', '--pathspec-from-file=-', '--pathspec-file-nul'];
  // 128: no path matches one of the patterns; 1: a file could not be read. The others are added all the same.
  for (const pathspec of pathspecs) {
    await inside.git(add, {
      input: `${pathspec}\0`,
      accept: [1, 128],
      env: { GIT_LITERAL_PATHSPECS: '0' },
    });
  }
  const output = await inside.git(['write-tree', '--missing-ok']);
  return { repository: inside, tree: output.stdout.toString('utf8').trim() };
}

async function copyIndex(repository: Repository, to: string): Promise<void> {
  try {
    await copyFile(await gitPath(repository, 'index'), to);
  } catch {
    // No index yet: nothing is tracked, and every file counts as new.
  }
}

async function gitPath(repository: Repository, name: string): Promise<string> {
  const output = await repository.git(['rev-parse', '--path-format=absolute', '--git-path', name]);
  return output.stdout.toString('utf8').replace(/\n$/, '');
}

/** A list of alternates is split at colons; a quoted entry is taken whole (git(1)). */
function quotePath(path: string): string {
  return `"${path.replace(/[\\"]/g, '\\$&')}"`;
}

/** A merge in progress leaves entries that cannot be written as a tree. They are taken out; Go files come back from disk. */
async function dropUnmerged(repository: Repository): Promise<void> {
  const output = await repository.git(['ls-files', '--unmerged', '-z']);
  const paths = new Set(
    output.stdout
      .toString('utf8')
      .split('\0')
      .map((record) => record.slice(record.indexOf('\t') + 1)),
  );
  paths.delete('');
  if (paths.size === 0) return;
  await repository.git(['update-index', '--force-remove', '-z', '--stdin'], {
    input: [...paths].map((path) => `${path}\0`).join(''),
  });
}

/** Clean filters are programs that attributes of the repository choose: each configured one is emptied. */
async function filterOverrides(repository: Repository): Promise<readonly string[]> {
  const output = await repository.git(['config', '--name-only', '-z', '--get-regexp', '^filter\\.'], { accept: [1] });
  const names = new Set(
    output.stdout
      .toString('utf8')
      .split('\0')
      .flatMap((key) => /^(filter\..+)\.[^.]+$/s.exec(key)?.[1] ?? []),
  );
  return [...names].flatMap((name) => [
    '-c',
    `${name}.clean=`,
    '-c',
    `${name}.process=`,
    '-c',
    `${name}.required=false`,
  ]);
}
