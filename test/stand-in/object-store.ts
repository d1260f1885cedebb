/** All objects of a git repository in memory, read with one process: thousands of blobs are asked for one by one. */
import { execFileSync } from 'node:child_process';

export interface GitObject {
  readonly type: string;
  readonly bytes: Buffer;
}

/** An entry of a tree; sizes in bytes, 0 for what is not a blob. */
export interface TreeEntry {
  readonly mode: number;
  readonly type: string;
  readonly oid: string;
  readonly size: number;
  readonly name: string;
}

export type Objects = ReadonlyMap<string, GitObject>;

/** Reads every object of the repository in `dir`. */
export function readObjects(dir: string): Objects {
  const args = ['cat-file', '--batch', '--batch-all-objects', '--buffer'];
  const output = execFileSync('git', args, { cwd: dir, maxBuffer: 1024 * 1024 * 1024 });
  const objects = new Map<string, GitObject>();
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(10, at);
    const [oid = '', type = '', size = '0'] = output.toString('utf8', at, end).split(' ');
    const start = end + 1;
    objects.set(oid, { type, bytes: output.subarray(start, start + Number(size)) });
    at = start + Number(size) + 1;
  }
  return objects;
}

/** The id that `path` has below a commit or tree; '' is the root tree. Undefined when there is nothing. */
export function findPath(objects: Objects, start: string, path: string): string | undefined {
  const first = objects.get(start);
  const tree = first?.type === 'commit' ? /^tree ([0-9a-f]+)/.exec(first.bytes.toString('latin1'))?.[1] : start;
  let at = tree;
  for (const name of path.split('/').filter((part) => part !== '')) {
    at = at && treeEntries(objects, at).find((entry) => entry.name === name)?.oid;
  }
  return at;
}

/** Direct entries of a tree; none when it is no tree. */
export function treeEntries(objects: Objects, oid: string): readonly TreeEntry[] {
  const tree = objects.get(oid);
  const entries: TreeEntry[] = [];
  if (tree?.type !== 'tree') return entries;
  for (let at = 0; at < tree.bytes.length; ) {
    // `<octal mode> <name>\0<20 bytes of id>`
    const zero = tree.bytes.indexOf(0, at);
    const [mode = '', ...name] = tree.bytes.toString('utf8', at, zero).split(' ');
    const id = tree.bytes.toString('hex', zero + 1, zero + 21);
    const object = objects.get(id);
    const size = object?.type === 'blob' ? object.bytes.length : 0;
    entries.push({
      mode: Number.parseInt(mode, 8),
      type: object?.type ?? 'commit',
      oid: id,
      size,
      name: name.join(' '),
    });
    at = zero + 21;
  }
  return entries;
}
