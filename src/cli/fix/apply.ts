/** Writes planned fixes to disk. A file that is no longer what was analysed is left alone. */
import { chmod, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { reasonOf } from '../../local/folder.ts';
import type { PlannedFile } from './plan.ts';

export interface Written {
  readonly written: readonly string[];
  /** Files that were not written, with the reason. */
  readonly refused: readonly { readonly path: string; readonly reason: string }[];
}

/** Writes each file whole or not at all; paths are relative to `root`. Never throws. */
export async function writeFixes(root: string, files: readonly PlannedFile[]): Promise<Written> {
  const written: string[] = [];
  const refused: { path: string; reason: string }[] = [];
  for (const file of files) {
    const reason = await writeOne(resolve(root, file.path), file);
    if (reason === undefined) written.push(file.path);
    else refused.push({ path: file.path, reason });
  }
  return { written, refused };
}

async function writeOne(path: string, { oldText, newText }: PlannedFile): Promise<string | undefined> {
  const draft = join(dirname(path), `.${basename(path)}.goplumber-${process.pid}`);
  try {
    const before = await readFile(path);
    if (!before.equals(Buffer.from(oldText))) return 'it changed since it was analysed';
    const { mode } = await stat(path);
    await writeFile(draft, newText, { flag: 'wx' });
    await chmod(draft, mode);
    await rename(draft, path);
    return undefined;
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    return reasonOf(error);
  }
}
