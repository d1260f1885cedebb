import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FolderTaken, lockFolder } from '../../src/queue/folder-lock.ts';

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'goplumber-lock-'));

/** A holder in a process of its own: a socket at the place of the lock is all that others see of it. */
async function holder(folder: string): Promise<ChildProcess> {
  const script = `require('node:net').createServer().listen(${JSON.stringify(join(folder, 'lock.sock'))}, () => console.log('held'))`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve) => child.stdout?.once('data', resolve));
  return child;
}

describe('the lock of a folder', () => {
  it('refuses a second process with a sentence, and is free after the first', async () => {
    const folder = newFolder();
    const first = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toThrow(FolderTaken);
    await expect(lockFolder(folder)).rejects.toThrow(`another process is using ${folder}`);
    first.release();
    (await lockFolder(folder)).release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('of a process that was killed is free', async () => {
    const folder = newFolder();
    const child = await holder(folder);
    await expect(lockFolder(folder)).rejects.toThrow(FolderTaken);
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
    expect(readdirSync(folder)).toEqual(['lock.sock']);
    (await lockFolder(folder)).release();
  });

  it('of a process that was killed is taken by one of many', async () => {
    const folder = newFolder();
    const child = await holder(folder);
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
    const locks = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(folder)));
    expect(locks.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('works in a folder whose path is longer than that of a socket may be', async () => {
    const folder = join(newFolder(), 'a'.repeat(120));
    mkdirSync(folder);
    const first = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toThrow(FolderTaken);
    first.release();
  });
});
