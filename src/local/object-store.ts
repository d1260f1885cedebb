/**
 * A git directory of our own in a temporary folder, beside the repository's objects: what is read from it obeys no
 * configuration, attribute, hook or index of the repository, and what is written never reaches the repository.
 */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { type GitCall, runGit } from './git.ts';
import type { Repository } from './repository.ts';

/** The objects of a repository, with those that are added here, until it is closed. */
export interface ObjectStore {
  /** The same repository, its commands run on our git directory. It knows no references: commits are named by id. */
  readonly repository: Repository;
  /** The id of a blob. Nothing is written. */
  idOf(content: Buffer): string;
  /** Adds a blob; returns its id. */
  add(content: Buffer): Promise<string>;
  close(): Promise<void>;
}

/** Opens a store on the objects of a repository. */
export async function openObjectStore(repository: Repository): Promise<ObjectStore> {
  const folder = await mkdtemp(join(tmpdir(), 'goplumber-'));
  const close = () => rm(folder, { recursive: true, force: true });
  try {
    const format = await answerOf(repository, ['rev-parse', '--show-object-format']);
    const objects = await answerOf(repository, ['rev-parse', '--path-format=absolute', '--git-path', 'objects']);
    await layOut(folder, format);
    const limits = repository.limits === undefined ? {} : { limits: repository.limits };
    const env = { GIT_DIR: folder, GIT_ALTERNATE_OBJECT_DIRECTORIES: quotePath(objects) };
    const git = (args: readonly string[], call: GitCall = {}) =>
      runGit(folder, args, { ...limits, ...call, env: { ...call.env, ...env } });
    const idOf = (content: Buffer) => hashOf(format, content);
    const add = async (content: Buffer) => {
      const id = idOf(content);
      await writeBlob(folder, id, content);
      return id;
    };
    return { repository: { ...repository, git }, idOf, add, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function answerOf(repository: Repository, args: readonly string[]): Promise<string> {
  const output = await repository.git(args);
  return output.stdout.toString('utf8').replace(/\n$/, '');
}

/** See gitrepository-layout(5): these three make a folder a git directory. */
async function layOut(folder: string, format: string): Promise<void> {
  await mkdir(join(folder, 'objects'));
  await mkdir(join(folder, 'refs'));
  await writeFile(join(folder, 'HEAD'), 'ref: refs/heads/none\n');
  const extension = format === 'sha256' ? '[extensions]\n\tobjectFormat = sha256\n' : '';
  await writeFile(
    join(folder, 'config'),
    `[core]\n\trepositoryFormatVersion = ${extension === '' ? 0 : 1}\n\tbare = true\n${extension}`,
  );
}

function hashOf(format: string, content: Buffer): string {
  return createHash(format === 'sha256' ? 'sha256' : 'sha1')
    .update(header(content))
    .update(content)
    .digest('hex');
}

function header(content: Buffer): string {
  return `blob ${content.length}\0`;
}

/** A loose object, as gitformat-loose(5) says. */
async function writeBlob(folder: string, id: string, content: Buffer): Promise<void> {
  const shelf = join(folder, 'objects', id.slice(0, 2));
  await mkdir(shelf, { recursive: true });
  const bytes = deflateSync(Buffer.concat([Buffer.from(header(content)), content]), { level: 1 });
  await writeFile(join(shelf, id.slice(2)), bytes);
}

/** A list of alternates is split at colons; a quoted entry is taken whole (git(1)). */
function quotePath(path: string): string {
  return `"${path.replace(/[\\"]/g, '\\$&')}"`;
}
