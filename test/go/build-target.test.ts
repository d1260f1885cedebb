/** The platform for which a package is read follows the files under review. */
import { describe, expect, it } from 'vitest';
import { targetFor } from '../../src/go/build-target.ts';
import { parseFile } from '../../src/go/file.ts';

const files = [
  ['watch.go', 'package w\n'],
  ['watch_linux.go', 'package w\n'],
  ['watch_windows.go', 'package w\n'],
  ['kqueue.go', '//go:build freebsd || openbsd || netbsd || darwin\n\npackage w\n'],
  ['bsd.go', '//go:build openbsd || netbsd\n\npackage w\n'],
  ['mine.go', '//go:build ignore\n\npackage w\n'],
].map(([path = '', text = '']) => parseFile({ path, text }));

const reviewing =
  (...paths: readonly string[]) =>
  (path: string) =>
    paths.includes(path);

describe('the target of a package', () => {
  it('is the one asked for when all of the files take part', () => {
    expect(targetFor(files, reviewing('watch.go', 'watch_linux.go'))).toEqual({});
  });

  it('is one that builds the only file under review', () => {
    expect(targetFor(files, reviewing('watch_windows.go'))).toEqual({ goos: 'windows', goarch: 'amd64' });
    expect(targetFor(files, reviewing('kqueue.go'))).toEqual({ goos: 'darwin', goarch: 'arm64' });
    expect(targetFor(files, reviewing('kqueue.go', 'bsd.go'))).toEqual({ goos: 'openbsd', goarch: 'amd64' });
  });

  it('stays when no other has more of them', () => {
    expect(targetFor(files, reviewing('watch_linux.go', 'watch_windows.go'))).toEqual({});
    expect(targetFor(files, reviewing('mine.go'))).toEqual({});
    expect(targetFor(files, reviewing())).toEqual({});
  });

  it('keeps tags, and a system that was named', () => {
    expect(targetFor(files, reviewing('watch_windows.go'), { tags: ['x'] })).toEqual({
      goos: 'windows',
      goarch: 'amd64',
      tags: ['x'],
    });
    expect(targetFor(files, reviewing('watch_windows.go'), { goos: 'linux' })).toEqual({ goos: 'linux' });
  });
});
