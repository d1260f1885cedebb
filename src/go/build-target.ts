/** For which platform a package is read, when the platform that was asked for leaves out what is to be reviewed. */
import type { File } from './ast.ts';
import { excludedBy } from './build-constraint.ts';
import { readHeader } from './file-header.ts';
import type { LoadOptions } from './package.ts';

type Target = Pick<LoadOptions, 'goos' | 'goarch' | 'tags'>;

/** Platforms that are tried in this order, after the one that was asked for. */
const platforms: readonly Target[] = [
  { goos: 'darwin', goarch: 'arm64' },
  { goos: 'windows', goarch: 'amd64' },
  { goos: 'freebsd', goarch: 'amd64' },
  { goos: 'openbsd', goarch: 'amd64' },
  { goos: 'netbsd', goarch: 'amd64' },
  { goos: 'dragonfly', goarch: 'amd64' },
  { goos: 'solaris', goarch: 'amd64' },
  { goos: 'linux', goarch: 'arm64' },
  { goos: 'linux', goarch: '386' },
  { goos: 'js', goarch: 'wasm' },
];

/**
 * The target under which most of the files under review take part: the one asked for unless another one has more of them.
 * Who names a system keeps it.
 */
export function targetFor(files: readonly File[], reviewed: (path: string) => boolean, asked: Target = {}): Target {
  const wanted = files.filter(({ path }) => reviewed(path));
  if (asked.goos !== undefined || asked.goarch !== undefined || wanted.length === 0) return asked;
  const headers = wanted.map(({ path, text }) => ({ path, comments: readHeader(text).comments }));
  const taking = (target: Target): number =>
    headers.filter(({ path, comments }) => excludedBy(path, comments, target) === undefined).length;
  let best = asked;
  let most = taking(asked);
  for (const platform of most === wanted.length ? [] : platforms) {
    const target = { ...asked, ...platform };
    const count = taking(target);
    if (count > most) [best, most] = [target, count];
  }
  return best;
}
