import { describe, expect, it } from 'vitest';
import { gofmtComplaint } from '../../src/analysis/gofmt-shape.ts';
import { analysePackage, crashText } from '../../src/analysis/run.ts';
import { explorePackage } from '../../src/concurrency/explore.ts';
import { loadPackage } from '../../src/go/load.ts';
import { parseModuleFile } from '../../src/go/module-file.ts';
import { ModuleMap } from '../../src/go/module-map.ts';
import { rules } from '../../src/rules/index.ts';
import { explorerWork, stepsFor } from '../../src/work/limits.ts';
import { bounded } from '../../src/work/meter.ts';
import { goInputs } from './go-inputs.ts';
import { moreGoInputs } from './more-go-inputs.ts';

const inputs = new Map([...goInputs, ...moreGoInputs].map((input) => [input.name, input]));

function textOf(name: string): string {
  const input = inputs.get(name);
  if (!input) throw new Error(`no input is named ${name}`);
  return input.text(input.usual);
}

describe('the work of a search', () => {
  it.each(['functions that start each other', 'a chain of functions'])(
    'ends, and counts what was not decided: %s',
    (name) => {
      const text = textOf(name);
      const pkg = loadPackage('p', [{ path: 'p/a.go', text }]);
      const searched = bounded(Number.MAX_SAFE_INTEGER, () => explorePackage(pkg));
      // The last step before the end of an account may be a long one.
      expect(searched.used).toBeLessThan(stepsFor(explorerWork, pkg.size) * 1.1);
      expect(searched.kind === 'done' && searched.value.undecided.length).toBeGreaterThan(0);
    },
    600_000,
  );

  it('is not hidden when a rule does not come to its end', () => {
    const pkg = loadPackage('p', [
      { path: 'p/a.go', text: 'package p\n\nfunc f(c chan int) { go func() { c <- 1 }() }\n' },
    ]);
    const run = bounded(200, () => analysePackage(pkg, rules, {}));
    const notes = run.kind === 'done' ? run.value.crashes.map(crashText) : [];
    expect(notes).toContain('rule untracked-goroutine was not finished: it takes more work than the limit');
  });
});

describe('a text that is slow to read', () => {
  it('is given up when the parser looks at it again and again: comments that open and never end', () => {
    const pkg = loadPackage('p', [{ path: 'p/a.go', text: textOf('a comment without an end') }]);
    const reasons = pkg.files.flatMap(({ broken }) => broken.map(({ reason }) => reason));
    expect(reasons).toEqual(['the file takes too long to parse']);
  });

  it('has the shape of its lines looked at once, however many are empty', () => {
    const text = `${textOf('empty lines')}\nvar x = 1\n`;
    const last = text.split('\n').length - 1;
    expect(gofmtComplaint(text, new Set([last]))).toBeUndefined();
  });
});

describe('syntax that is nested too deeply', () => {
  it('is counted, and hides nothing else of its function', () => {
    const nested = textOf('literals nested in literals');
    const pkg = loadPackage('p', [{ path: 'p/a.go', text: nested }]);
    expect(pkg.files.flatMap(({ broken }) => broken.map(({ reason }) => reason))).toEqual([
      expect.stringMatching(/^nested too deeply on line \d+$/),
    ]);
    expect(pkg.funcDecls[0]?.body?.list).toHaveLength(2);
  });
});

describe('go.mod', () => {
  it('ends comments at the line, whatever looks like an end of line in them', () => {
    const text = `module m\n\nrequire a.b/c v1.0.0 //${'\u2028//'.repeat(300)}\n${'//\u2028'.repeat(200_000)}\n`;
    expect([...parseModuleFile(text).requires]).toEqual([['a.b/c', 'v1.0.0']]);
  });

  it('finds the longest of many replacements by its path', () => {
    const replaces = Array.from({ length: 15_000 }, (_, i) => `replace x.y/m${i} => ./m${i}\n`).join('');
    const map = new ModuleMap(new Map([['go.mod', `module m\n\n${replaces}replace x.y/m7/deep => ./other\n`]]));
    const scope = map.scopeOf('.');
    expect(scope?.candidates('x.y/m7/deep/p')).toEqual([{ kind: 'folder', dir: 'other/p', vendored: false }]);
    expect(scope?.candidates('x.y/m7/p')).toEqual([{ kind: 'folder', dir: 'm7/p', vendored: false }]);
    for (let i = 0; i < 20_000; i += 1) scope?.candidates(`x.y/m${i}/p`);
  });
});
