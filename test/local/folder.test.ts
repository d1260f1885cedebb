import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { displayPath, readPackage, wantedFolders } from '../../src/local/folder.ts';
import { goVersionsOnDisk } from '../../src/local/go-mod.ts';
import { isRoot, orSkipped } from '../skipped.ts';
import { folderWith, temporaryFolder, writeFiles } from './git-sandbox.ts';

async function found(root: string, ...args: readonly string[]): Promise<readonly string[]> {
  const folders: string[] = [];
  const unreadable: string[] = [];
  for await (const { folder, only } of wantedFolders(root, args, ({ path }) => unreadable.push(path))) {
    folders.push([displayPath(root, folder), ...(only ?? [])].join(' '));
  }
  return [...folders, ...unreadable.map((path) => `unreadable ${path}`)];
}

const tree = {
  'main.go': 'package main\n',
  'b/b.go': 'package b\n',
  'a/deep/d.go': 'package deep\n',
  'a/readme.md': '',
  'vendor/v/v.go': 'package v\n',
  'a/testdata/t.go': 'package t\n',
  'node_modules/n/n.go': 'package n\n',
  '_old/o.go': 'package o\n',
  '.hidden/h.go': 'package h\n',
  'hidden/_x.go': 'package x\n',
};

describe('path arguments', () => {
  it('walk as the go command does', async () => {
    const root = folderWith(tree);
    expect(await found(root, './...')).toEqual(['.', 'a/deep', 'b']);
    expect(await found(root, 'a/...')).toEqual(['a/deep']);
    expect(await found(root, 'vendor/...')).toEqual(['vendor/v']);
  });

  it('name a folder or files of one', async () => {
    const root = folderWith(tree);
    expect(await found(root, 'b')).toEqual(['b']);
    expect(await found(root, 'b/b.go', 'main.go')).toEqual(['b b/b.go', '. main.go']);
    expect(await found(root, 'b/b.go', './...', 'b')).toEqual(['.', 'a/deep', 'b']);
  });

  it('that are not there or no Go files are refused by name', async () => {
    const root = folderWith(tree);
    await expect(found(root, 'gone')).rejects.toThrow('cannot read gone: no such file or folder');
    await expect(found(root, 'gone/...')).rejects.toThrow('cannot read gone/...: no such file or folder');
    await expect(found(root, 'main.go/x.go')).rejects.toThrow('no such file or folder');
    await expect(found(root, 'a/readme.md')).rejects.toThrow('a/readme.md is neither');
    await expect(found(root, 'hidden/_x.go')).rejects.toThrow('hidden/_x.go is neither');
  });

  it('do not run in circles', async () => {
    const root = folderWith(tree);
    symlinkSync(root, join(root, 'b/loop'));
    symlinkSync('self', join(root, 'b/self'));
    expect(await found(root, './...')).toEqual(['.', 'a/deep', 'b']);
    await expect(found(root, 'b/self')).rejects.toThrow('links that form a cycle');
  });

  it.skipIf(isRoot)(orSkipped(isRoot, 'go around folders that cannot be read', 'root may read all'), async () => {
    const root = folderWith(tree);
    chmodSync(join(root, 'b'), 0);
    expect(await found(root, './...')).toEqual(['.', 'a/deep', 'unreadable b']);
    chmodSync(join(root, 'b'), 0o755);
  });
});

describe('a package', () => {
  it('is read with reasons for what is not', async () => {
    const root = folderWith({
      'p/a.go': '\ufeffpackage p\r\n',
      'p/latin.go': new Uint8Array([0x70, 0xff]),
      'p/big.go': '/'.repeat(4_000_001),
      'p/_no.go': 'x',
      'p/c.txt': '',
    });
    mkdirSync(join(root, 'p/folder.go'));
    symlinkSync('nowhere', join(root, 'p/dangling.go'));
    symlinkSync('/dev/zero', join(root, 'p/zero.go'));
    symlinkSync('a.go', join(root, 'p/link.go'));
    expect(await readPackage(root, join(root, 'p'))).toEqual({
      dir: 'p',
      files: [
        { path: 'p/a.go', text: '\ufeffpackage p\r\n' },
        { path: 'p/link.go', text: '\ufeffpackage p\r\n' },
      ],
      skipped: [
        { path: 'p/big.go', reason: 'larger than 4 MB (4.0 MB)' },
        { path: 'p/dangling.go', reason: 'cannot be read: no such file or folder' },
        { path: 'p/latin.go', reason: 'not UTF-8' },
        { path: 'p/zero.go', reason: 'a symbolic link that leads out of the checkout' },
      ],
    });
  });

  it('outside the root is shown by its absolute path', () => {
    expect(displayPath('/a/b', '/a/b/c/d.go')).toBe('c/d.go');
    expect(displayPath('/a/b', '/a/bc/d.go')).toBe('/a/bc/d.go');
    expect(displayPath('/a/b', '/a/b/..c/d.go')).toBe('..c/d.go');
    expect(displayPath('/a/b', '/a/b')).toBe('.');
  });
});

describe('the Go version on disk', () => {
  it('is that of the nearest go.mod, not above the repository', async () => {
    const root = temporaryFolder();
    writeFiles(root, {
      'go.mod': 'module outer\n\ngo 1.18\n',
      'repo/.git/HEAD': '',
      'repo/a/go.mod': 'module a\n\ngo 1.22.3\n',
      'repo/a/b/x.go': '',
      'repo/c/x.go': '',
    });
    const versions = goVersionsOnDisk();
    expect(await versions(join(root, 'repo/a/b'))).toEqual({ major: 1, minor: 22 });
    expect(await versions(join(root, 'repo/c'))).toBeUndefined();
    expect(await versions(root)).toEqual({ major: 1, minor: 18 });
  });
});
