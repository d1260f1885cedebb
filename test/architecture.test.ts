import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

interface Import {
  readonly from: string;
  readonly to: string;
}

/** Every import of every file under src; `to` is a path relative to src, or a package name. */
function importsOfSources(): readonly Import[] {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.ts'),
  );
  return files.flatMap((path) => importsOf(path.split(sep).join('/'), readFileSync(join(root, 'src', path), 'utf8')));
}

function importsOf(from: string, text: string): readonly Import[] {
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\b[^'";]*?from\s*'([^']+)'|(?:\bimport|\brequire)\s*\(?\s*'([^']+)'/g,
  );
  return [...found].map((match) => {
    const target = match[1] ?? match[2] ?? '';
    return {
      from,
      to: target.startsWith('.')
        ? normalize(join(dirname(from), target))
            .split(sep)
            .join('/')
        : target,
    };
  });
}

/** The import order of ARCHITECTURE.md: folder -> rank; folders between commas share a rank. */
function readOrder(page: string): ReadonlyMap<string, number> {
  const line = /```[a-z]*\n((?:[a-z]+(?:, [a-z]+)*)(?: < [a-z]+(?:, [a-z]+)*)+)\n```/.exec(page)?.[1];
  if (line === undefined) throw new Error('ARCHITECTURE.md states no import order');
  return new Map(line.split(' < ').flatMap((group, rank) => group.split(', ').map((name) => [name, rank] as const)));
}

/** The folder of a path under src, or the name of a file that stands there by itself. */
function unitOf(path: string): string {
  return path.includes('/') ? (path.split('/', 1)[0] ?? '') : path.replace(/\.ts$/, '');
}

/** What breaks the order: an import of something to the right, or of a neighbour of the same rank. */
function breaches(imports: readonly Import[], order: ReadonlyMap<string, number>): readonly string[] {
  return imports.flatMap(({ from, to }) => {
    if (!to.endsWith('.ts')) return [];
    const [own, other] = [unitOf(from), unitOf(to)];
    if (own === other) return [];
    const [ownRank, otherRank] = [order.get(own), order.get(other)];
    if (ownRank === undefined || otherRank === undefined) return [`${from} -> ${to}: not in the import order`];
    return otherRank < ownRank ? [] : [`${from} -> ${to}`];
  });
}

/** Folders that import each other; a folder and the folders inside it count as one house. */
function folderCycles(imports: readonly Import[]): readonly string[] {
  return cyclesOf(
    imports
      .map(({ from, to }) => ({ from: dirname(from), to: dirname(to) }))
      .filter(({ from, to }) => !isInside(from, to) && !isInside(to, from)),
  );
}

function isInside(inner: string, outer: string): boolean {
  return inner === outer || inner.startsWith(`${outer}/`);
}

/** Everything that lies on a cycle of imports. */
function cyclesOf(imports: readonly Import[]): readonly string[] {
  const edges = new Map<string, Set<string>>();
  for (const { from, to } of imports) edges.set(from, (edges.get(from) ?? new Set()).add(to));
  return [...edges.keys()].filter((name) => reaches(edges, name)).sort();
}

function reaches(edges: ReadonlyMap<string, ReadonlySet<string>>, start: string): boolean {
  const seen = new Set<string>();
  const pending = [...(edges.get(start) ?? [])];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next === start) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    pending.push(...(edges.get(next) ?? []));
  }
  return false;
}

describe('the architecture that ARCHITECTURE.md states', () => {
  const order = readOrder(readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8'));
  const imports = importsOfSources();

  it('is read from real files', () => {
    expect(order.get('work')).toBe(0);
    expect(imports.length).toBeGreaterThan(50);
    expect(imports).toContainEqual({ from: 'analysis/locate.ts', to: 'go/ast.ts' });
  });

  it('lets a folder import only what stands left of it', () => {
    expect(breaches(imports, order)).toEqual([]);
  });

  it('would see a breach', () => {
    const wrong = importsOf(
      'go/model.ts',
      "import { rules } from '../rules/index.ts';\nconst x = await import('../unheard/of.ts');\n",
    );
    expect(breaches(wrong, order)).toEqual([
      'go/model.ts -> rules/index.ts',
      'go/model.ts -> unheard/of.ts: not in the import order',
    ]);
    expect(
      folderCycles([
        { from: 'a/x.ts', to: 'b/y.ts' },
        { from: 'b/z.ts', to: 'a/w.ts' },
      ]),
    ).toEqual(['a', 'b']);
  });

  it('has no import cycle between folders', () => {
    expect(folderCycles(imports.filter(({ to }) => to.endsWith('.ts')))).toEqual([]);
  });

  it('keeps tree-sitter in src/go, Probot and Octokit in src/github and src/app.ts', () => {
    const outside = (pattern: RegExp, allowed: RegExp) =>
      imports
        .filter(({ from, to }) => pattern.test(to) && !allowed.test(from))
        .map(({ from, to }) => `${relative('.', from)} -> ${to}`);
    expect(outside(/^(web-)?tree-sitter/, /^go\/parser\//)).toEqual([]);
    expect(outside(/^(probot|@octokit\/)/, /^(github\/|app\.ts$)/)).toEqual([]);
  });

  it('loads Redis and OpenTelemetry for those who use them alone', () => {
    const fixed = (from: string): boolean =>
      /^import (?!type)[^'";]*? from '[^']*(queue\/redis\/|redis-state|bullmq|ioredis|otel-tracing|@opentelemetry)/m.test(
        readFileSync(join(root, 'src', from), 'utf8'),
      );
    const files = [...new Set(imports.map(({ from }) => from))];
    expect(
      files
        .filter(fixed)
        .filter((from) => !from.startsWith('queue/redis/'))
        .sort(),
    ).toEqual(['github/otel-tracing.ts', 'github/redis-feedback.ts', 'github/redis-state.ts']);
  });

  it('keeps the core free of input and output', () => {
    const core = [...order].filter(([, rank]) => rank < (order.get('queue') ?? 0)).map(([name]) => name);
    const impure = imports.filter(
      ({ from, to }) =>
        core.includes(unitOf(from)) && /^node:/.test(to) && to !== 'node:crypto' && to !== 'node:module',
    );
    // The parser loads its own code, once, when the process starts.
    const loadsParser = { from: 'go/parser/wasm-engine.ts', to: 'node:fs/promises' };
    expect(impure).toEqual([loadsParser]);
  });
});

describe('tests', () => {
  it('that some machines skip say why in their name', () => {
    const files = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' });
    const silent = files
      .filter((path) => path.endsWith('.test.ts') && path !== 'architecture.test.ts')
      .flatMap((path) => {
        const text = readFileSync(join(root, 'test', path), 'utf8');
        return [...text.matchAll(/\.(?:skipIf|runIf)\([^\n]*\n?[^\n]*/g)]
          .filter(([line]) => !/orSkipped\(|not compared/.test(line))
          .map(([line]) => `${path}: ${line.split('\n', 1)[0]}`);
      });
    expect(silent).toEqual([]);
  });
});
