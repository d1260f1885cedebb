/** A real bare git repository in a temporary folder, driven by git's own commands. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

/** Files of a commit by path; null deletes one. */
export type Files = Readonly<Record<string, string | Buffer | null>>;

/** An entry of a tree; sizes in bytes, 0 for what is not a blob. */
export interface TreeEntry {
  readonly mode: number;
  readonly type: string;
  readonly oid: string;
  readonly size: number;
  readonly name: string;
}

const environment = {
  PATH: process.env['PATH'] ?? '',
  HOME: tmpdir(),
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
};

export class GitRepository {
  readonly dir: string;
  #clock = 1_700_000_000;

  constructor() {
    this.dir = mkdtempSync(join(tmpdir(), 'goplumber-stand-in-'));
    this.git(['init', '-q', '--bare', '-b', 'main', '.']);
  }

  /** Runs git here and returns its standard output. Throws with git's message. */
  git(args: readonly string[], input?: Buffer): Buffer {
    const options = { cwd: this.dir, env: environment, input, maxBuffer: 512 * 1024 * 1024 };
    return execFileSync('git', args, { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
  }

  text(args: readonly string[]): string {
    return this.git(args).toString('utf8').trimEnd();
  }

  /** Commits changes on top of `parent` (or on nothing) and points `branch` at the result. Returns the commit's id. */
  commit(branch: string, files: Files, message: string, parent?: string): string {
    const chunks: Buffer[] = [];
    const write = (text: string | Buffer): void => void chunks.push(Buffer.from(text));
    const when = `${++this.#clock} +0000`;
    write(
      `commit refs/heads/${branch}\nauthor Ada <ada@example.org> ${when}\ncommitter Ada <ada@example.org> ${when}\n`,
    );
    write(`data ${Buffer.byteLength(message)}\n${message}\n`);
    if (parent) write(`from ${parent}\n`);
    for (const [path, content] of Object.entries(files)) {
      if (content === null) write(`D ${quote(path)}\n`);
      else {
        const bytes = Buffer.from(content);
        write(`M 100644 inline ${quote(path)}\ndata ${bytes.length}\n`);
        write(bytes);
        write('\n');
      }
    }
    this.git(['fast-import', '--quiet', '--force'], Buffer.concat(chunks));
    return this.text(['rev-parse', `refs/heads/${branch}`]);
  }

  /** The id of a commit or other object; undefined when there is none. */
  resolve(expression: string): string | undefined {
    try {
      return this.text(['rev-parse', '--verify', '-q', expression]) || undefined;
    } catch {
      return undefined;
    }
  }

  mergeBase(a: string, b: string): string {
    return this.text(['merge-base', a, b]);
  }

  typeOf(oid: string): string {
    return this.text(['cat-file', '-t', oid]);
  }

  blob(oid: string): Buffer {
    return this.git(['cat-file', 'blob', oid]);
  }

  /** Direct entries of a tree, with sizes. */
  tree(oid: string): readonly TreeEntry[] {
    return this.text(['ls-tree', '-l', '-z', oid])
      .split('\0')
      .filter((line) => line !== '')
      .map((line) => {
        const match = /^(\d+) (\w+) ([0-9a-f]+) +(-|\d+)\t(.*)$/s.exec(line);
        if (!match) throw new Error(`git ls-tree printed ${line}`);
        const [, mode = '', type = '', oid = '', size, name = ''] = match;
        return { mode: Number.parseInt(mode, 8), type, oid, size: Number(size) || 0, name };
      });
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }
}

/** Reads a folder of the real file system as the files of a commit. */
export function filesOf(folder: string): Files {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [relative(folder, path).replaceAll('\\', '/'), readFileSync(path)];
    }),
  );
}

function quote(path: string): string {
  return /["\n\\ ]/.test(path) ? `"${path.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"` : path;
}
