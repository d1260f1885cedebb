import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseFile } from '../../src/go/file.ts';
import { walk } from '../../src/go/walk.ts';
import { orSkipped } from '../skipped.ts';
import { goSourceRoot } from './exported-declarations.ts';

const root = goSourceRoot();

/** All Go files below a folder, outside testdata. */
function goFiles(dir: string): readonly string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) return entry.name === 'testdata' ? [] : goFiles(path);
    return entry.name.endsWith('.go') ? [path] : [];
  });
}

const noGo = 'no GOROOT with its source';

/** Every eighth file tells of a mistake as soon; all of them take minutes, which the nightly run has. */
const stride = process.env['GOPLUMBER_NIGHTLY'] ? 1 : 8;
test.skipIf(!root)(
  orSkipped(!root, "Go's own source parses without an error", noGo),
  { timeout: 600_000 },
  async () => {
    const broken: string[] = [];
    const files = goFiles(root ?? '').filter((_, at) => at % stride === 0);
    for (const [i, path] of files.entries()) {
      // Node frees native trees between turns of the event loop only.
      if (i % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
      const file = parseFile({ path, text: readFileSync(path, 'utf8') });
      for (const part of file.broken) broken.push(`${path}: ${part.reason}`);
    }
    expect(broken).toEqual([]);
    expect(files.length).toBeGreaterThan(5000 / stride);
  },
);

test.skipIf(!root).each(['net', 'sync', 'runtime', 'go', 'context', 'time'])(
  orSkipped(!root, '%s is lowered without a Bad node', noGo),
  (dir) => {
    const bad: string[] = [];
    for (const path of goFiles(join(root ?? '', dir))) {
      const file = parseFile({ path, text: readFileSync(path, 'utf8') });
      for (const decl of file.decls) {
        walk(decl, (node) => {
          if (node.kind.startsWith('Bad')) bad.push(`${path}:${file.lines.lineAt(node.range.start)}`);
        });
      }
    }
    expect(bad).toEqual([]);
  },
);
