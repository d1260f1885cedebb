/** A real bare git repository in a temporary folder, driven by git's own commands. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { findPath, type Objects, readObjects, type TreeEntry, treeEntries } from './object-store.ts';

/** An entry that is no file: a commit of a submodule, or a symbolic link with its target. */
export type SpecialEntry = { readonly submodule: string } | { readonly link: string };

/** Files of a commit by path; null deletes one. */
export type Files = Readonly<Record<string, string | Buffer | SpecialEntry | null>>;

const environment = {
  PATH: process.env['PATH'] ?? '',
  HOME: tmpdir(),
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
};

export class GitRepository {
  readonly dir: string;
  #clock = 1_700_000_000;
  #objects: Objects | undefined;
  readonly #answers = new Map<string, string>();

  constructor() {
    this.dir = mkdtempSync(join(tmpdir(), 'goplumber-stand-in-'));
    // What `git init --bare` makes and git asks for; a process for each repository would cost more than all the rest.
    for (const folder of ['objects', 'refs/heads']) mkdirSync(join(this.dir, folder), { recursive: true });
    writeFileSync(join(this.dir, 'HEAD'), 'ref: refs/heads/main\n');
    writeFileSync(join(this.dir, 'config'), '[core]\n\trepositoryformatversion = 0\n\tbare = true\n');
  }

  /** Runs git here and returns its standard output. Throws with git's message. */
  git(args: readonly string[], input?: Buffer): Buffer {
    const options = { cwd: this.dir, env: environment, input, maxBuffer: 512 * 1024 * 1024 };
    return execFileSync('git', args, { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
  }

  text(args: readonly string[]): string {
    return this.git(args).toString('utf8').trimEnd();
  }

  /** As `text`, remembered: for commands whose arguments are ids and whose answer can therefore not change. */
  answer(args: readonly string[]): string {
    const key = args.join('\0');
    const known = this.#answers.get(key) ?? this.git(args).toString('utf8');
    this.#answers.set(key, known);
    return known;
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
      else if (isSpecial(content) && 'submodule' in content) write(`M 160000 ${content.submodule} ${quote(path)}\n`);
      else {
        const [mode, bytes] = isSpecial(content)
          ? ['120000', Buffer.from(content.link)]
          : ['100644', Buffer.from(content)];
        write(`M ${mode} inline ${quote(path)}\ndata ${bytes.length}\n`);
        write(bytes);
        write('\n');
      }
    }
    this.git(['fast-import', '--quiet', '--force'], Buffer.concat(chunks));
    this.#objects = undefined;
    return this.#tip(branch) ?? '';
  }

  /** The commit of a branch; undefined when there is no such branch. Nothing packs references here. */
  #tip(branch: string): string | undefined {
    const path = join(this.dir, 'refs/heads', branch);
    return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined;
  }

  /** Points `branch` at a commit that git made here by other means. Returns the commit. */
  adopt(branch: string, commit: string): string {
    this.git(['update-ref', `refs/heads/${branch}`, commit]);
    this.#objects = undefined;
    return commit;
  }

  /** The id of a commit or other object, also `<commit>:<path>`; undefined when there is none. */
  resolve(expression: string): string | undefined {
    const [, id = '', , path] = /^([0-9a-f]{40})(?:\^\{\w+\})?(:(.*))?$/s.exec(expression) ?? [];
    if (id) return path === undefined ? (this.#all().has(id) ? id : undefined) : findPath(this.#all(), id, path);
    const [, branch] = /^refs\/heads\/([\w./-]+)$/.exec(expression) ?? [];
    if (branch !== undefined) return this.#tip(branch);
    try {
      return this.text(['rev-parse', '--verify', '-q', expression]) || undefined;
    } catch {
      return undefined;
    }
  }

  /** The merge base of two commits, given by id. */
  mergeBase(a: string, b: string): string {
    try {
      return this.answer(['merge-base', a, b]).trim();
    } catch {
      return '';
    }
  }

  typeOf(oid: string): string {
    return this.#all().get(oid)?.type ?? '';
  }

  blob(oid: string): Buffer {
    return this.#all().get(oid)?.bytes ?? Buffer.alloc(0);
  }

  tree(oid: string): readonly TreeEntry[] {
    return treeEntries(this.#all(), oid);
  }

  #all(): Objects {
    this.#objects ??= readObjects(this.dir);
    return this.#objects;
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

function isSpecial(content: string | Buffer | SpecialEntry): content is SpecialEntry {
  return typeof content !== 'string' && !Buffer.isBuffer(content);
}

function quote(path: string): string {
  return /["\n\\ ]/.test(path) ? `"${path.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"` : path;
}
