/**
 * Reads files of a checkout that is not trusted: only regular ones, only up to a size, and never by way of a link that
 * leaves the checkout. A pipe or a device never blocks the reader.
 */
import { constants } from 'node:fs';
import { type FileHandle, lstat, open, realpath } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';

export type RegularFile =
  | { readonly kind: 'bytes'; readonly bytes: Buffer; readonly executable: boolean }
  | { readonly kind: 'absent' }
  | { readonly kind: 'folder' }
  | { readonly kind: 'too-large'; readonly size: number }
  | { readonly kind: 'refused'; readonly reason: string };

/** Reads a file of at most `limit` bytes. Links are followed; see `leavesCheckout`. Throws errors of the file system but ENOENT. */
export async function readRegularFile(path: string, limit: number): Promise<RegularFile> {
  let handle: FileHandle;
  try {
    // Without O_NONBLOCK, opening a pipe waits for its writer.
    handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'absent' };
    if (code === 'ENXIO' || code === 'ENODEV') return notRegular;
    if (code === 'EISDIR') return { kind: 'folder' };
    throw error;
  }
  try {
    const info = await handle.stat();
    if (info.isDirectory()) return { kind: 'folder' };
    if (!info.isFile()) return notRegular;
    if (info.size > limit) return { kind: 'too-large', size: info.size };
    return { kind: 'bytes', bytes: await readUpTo(handle, limit), executable: (info.mode & 0o100) !== 0 };
  } finally {
    await handle.close();
  }
}

const notRegular: RegularFile = { kind: 'refused', reason: 'not a regular file' };

/** Files of some file systems say that they are empty, and a file can grow while it is read. */
async function readUpTo(handle: FileHandle, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for (let size = 0; size < limit; ) {
    const { bytesRead, buffer } = await handle.read({ buffer: Buffer.allocUnsafe(Math.min(65_536, limit - size)) });
    if (bytesRead === 0) break;
    chunks.push(buffer.subarray(0, bytesRead));
    size += bytesRead;
  }
  return Buffer.concat(chunks);
}

/** Whether a path below `top` is a link, or lies behind one, that leads out of `top`. Both absolute. */
export async function leavesCheckout(top: string, path: string): Promise<boolean> {
  try {
    const inside = relative(await realpath(top), await realpath(path));
    return inside === '..' || inside.startsWith(`..${sep}`) || inside.startsWith(sep);
  } catch {
    return false;
  }
}

/** The first of these files that is there and is neither a regular file nor a link to one; undefined when all are. */
export async function firstIrregular(folder: string, names: readonly string[]): Promise<string | undefined> {
  for (const name of names) {
    const path = join(folder, name);
    const answer = await readRegularFile(path, 0).catch(() => undefined);
    if (answer?.kind === 'refused') return path;
  }
  return undefined;
}

/** The folder that holds `.git`, at or above a folder; undefined when there is none. */
export async function checkoutTop(folder: string): Promise<string | undefined> {
  for (let at = folder; ; at = dirname(at)) {
    const entry = await lstat(join(at, '.git')).catch(() => undefined);
    if (entry !== undefined) return at;
    if (dirname(at) === at) return undefined;
  }
}
