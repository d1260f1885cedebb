/** The bundled program with threads and a cache: the same answers as one thread without. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeFiles } from '../../local/git-sandbox.ts';

const root = join(import.meta.dirname, '../../..');
const bundle = join(root, 'dist-test', 'threads');
const work = mkdtempSync(join(tmpdir(), 'goplumber-threads-'));
const cache = join(work, '.cache');

const kernels = ['cockroach1055', 'grpc660', 'kubernetes5316'];

beforeAll(() => {
  execFileSync(process.execPath, [join(root, 'tools/build.mjs'), 'app', 'dist-test/threads'], { cwd: root });
  writeFiles(work, { 'go.mod': 'module example.org/kernels\n\ngo 1.24\n' });
  for (const name of kernels) {
    const text = readFileSync(join(root, `test/concurrency/goker/${name}.go`), 'utf8');
    writeFiles(work, { [`${name}/${name}.go`]: text });
  }
}, 120_000);
afterAll(() => {
  for (const folder of [work, bundle]) rmSync(folder, { recursive: true, force: true });
});

function check(...args: readonly string[]): {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
} {
  const line = [join(bundle, 'main.js'), 'check', '--cache-dir', cache, ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, line, { cwd: work, encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}

function entries(): readonly string[] {
  return readdirSync(cache, { recursive: true, encoding: 'utf8' }).filter((path) => path.length > 60);
}

describe('a check in threads', { timeout: 240_000 }, () => {
  it.each(['text', 'json', 'sarif'])(
    'says the same whatever their number, and whether it was said before: %s',
    (format) => {
      rmSync(cache, { recursive: true, force: true });
      const alone = check('--jobs', '1', '--no-cache', '--format', format);
      expect(alone.code).toBe(1);
      expect(alone.out).toContain('kubernetes5316.go');
      expect(check('--jobs', '3', '--no-cache', '--format', format)).toEqual(alone);
      expect(check('--jobs', '2', '--format', format)).toEqual(alone);
      expect(entries()).toHaveLength(kernels.length);
      expect(check('--jobs', '2', '--format', format)).toEqual(alone);
      expect(entries()).toHaveLength(kernels.length);
    },
  );

  it('looks again at what changed, and at an entry that was damaged', () => {
    rmSync(cache, { recursive: true, force: true });
    const before = check();
    const [entry = ''] = entries();
    writeFileSync(join(cache, entry), 'damaged');
    expect(check()).toEqual(before);
    const path = join(work, 'grpc660/grpc660.go');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, `// The kernel has one line more.\n${text}`);
    const after = check();
    writeFileSync(path, text);
    expect(after.out).not.toBe(before.out);
    expect(after.out.match(/: error /g)).toHaveLength(before.out.match(/: error /g)?.length ?? 0);
  });

  it('applies fixes that an earlier run found', () => {
    const copy = join(work, 'copied');
    cpSync(join(work, 'kubernetes5316'), copy, { recursive: true });
    const first = check('--diff', 'copied');
    expect(first.out).toContain('+++ b/copied/kubernetes5316.go');
    expect(check('--diff', 'copied')).toEqual(first);
    rmSync(copy, { recursive: true });
  });

  it('ends inside a package when Ctrl-C is pressed, and keeps what was printed', async () => {
    const text = readFileSync(join(root, 'test/concurrency/goker/kubernetes5316.go'), 'utf8');
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`many/p${at}/p.go`, text]));
    writeFiles(work, many);
    const line = [join(bundle, 'main.js'), 'check', '--jobs', '1', '--no-cache', './many/...'];
    const child = spawn(process.execPath, line, { cwd: work });
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => {
      if (out === '') child.kill('SIGINT');
      out += chunk.toString();
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code).toBe(130);
    expect(out).toMatch(/^many\/p0\/p\.go:/);
    expect(out).not.toContain('many/p99/');
    expect(out).toMatch(/ in \d+ files? ?.*\n$/);
  });
});
