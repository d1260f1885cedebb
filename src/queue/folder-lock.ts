/**
 * One process for a folder. The lock is a socket that its holder listens on: it answers as long as the holder lives, also
 * from another container on the same machine, and no `kill -9` leaves it held.
 */
import { randomBytes } from 'node:crypto';
import { linkSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Thrown when another process has the folder. */
export class FolderTaken extends Error {
  constructor(folder: string) {
    super(
      `another process is using ${folder}; two on one folder would do everything twice. Stop it, or give this one a folder of its own`,
    );
    this.name = 'FolderTaken';
  }
}

export interface FolderLock {
  release(): void;
}

const name = 'lock.sock';
/** Paths of sockets are short (macOS: 103 bytes). */
const maxSocketPath = 100;
/** Two processes that find a dead lock at the same time are told apart after this long. */
const settleMs = 100;

/** Takes the lock. Throws `FolderTaken`, or the system's error when no socket can be made there. */
export async function lockFolder(folder: string): Promise<FolderLock> {
  if (process.platform === 'win32') return { release: () => {} };
  const at = shortPath(resolve(folder));
  const lock = join(at.folder, name);
  const own = join(at.folder, `${randomBytes(6).toString('hex')}.sock`);
  const server = await listenOn(own);
  const { ino } = statSync(own);
  const release = (): void => {
    if (inodeOf(lock) === ino) rmSync(lock, { force: true });
    rmSync(own, { force: true });
    server.close();
    at.remove();
  };
  try {
    if (!linked(own, lock)) {
      if (await answers(lock)) throw new FolderTaken(folder);
      rmSync(lock, { force: true });
      if (!linked(own, lock)) throw new FolderTaken(folder);
      await sleep(settleMs);
      if (inodeOf(lock) !== ino) throw new FolderTaken(folder);
    }
    rmSync(own, { force: true });
    return { release };
  } catch (error) {
    release();
    throw error;
  }
}

interface ShortPath {
  readonly folder: string;
  remove(): void;
}

/** The folder itself, or a short name for it. */
function shortPath(folder: string): ShortPath {
  if (Buffer.byteLength(join(folder, 'xxxxxxxxxxxx.sock')) <= maxSocketPath) return { folder, remove: () => {} };
  const own = mkdtempSync(join(tmpdir(), 'goplumber-'));
  symlinkSync(folder, join(own, 's'));
  return { folder: join(own, 's'), remove: () => rmSync(own, { recursive: true, force: true }) };
}

function listenOn(path: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', reject);
    server.listen(path, () => {
      server.unref();
      resolve(server);
    });
  });
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function inodeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.ino;
}
