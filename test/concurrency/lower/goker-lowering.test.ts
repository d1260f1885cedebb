import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lowerPackage } from '../../../src/concurrency/lower/program.ts';
import type { FuncLit } from '../../../src/go/ast.ts';
import { loadPackage } from '../../../src/go/load.ts';
import { walk } from '../../../src/go/walk.ts';
import { orSkipped } from '../../skipped.ts';

/** Folder of Go's own leak kernels; absent where Go is not installed. */
function kernelFolder(): string | undefined {
  try {
    const root = execFileSync('go', ['env', 'GOROOT'], { encoding: 'utf8' }).trim();
    const folder = join(root, 'src/runtime/testdata/testgoroutineleakprofile/goker');
    return existsSync(folder) ? folder : undefined;
  } catch {
    return undefined;
  }
}

const folder = kernelFolder();

const noKernels = folder === undefined;
test.skipIf(noKernels)(
  orSkipped(noKernels, 'every function of the GoKer kernels is understood', 'Go ships them from 1.26 on'),
  () => {
    const names = readdirSync(folder ?? '').filter((name) => name.endsWith('.go'));
    const problems: string[] = [];
    for (const name of names) {
      const text = readFileSync(join(folder ?? '', name), 'utf8');
      const pkg = loadPackage('goker', [{ path: name, text }]);
      const lowered = lowerPackage(pkg);
      for (const decl of pkg.funcDecls) {
        expect(lowered.codeOf(decl).resolve(), `${name}: ${decl.name.name}`).toBeDefined();
        walk(decl, (node) => (node.kind === 'FuncLit' ? lowered.codeOfLit(node as FuncLit).resolve() : undefined));
      }
      problems.push(...lowered.problems.map((problem) => `${name}: ${problem.name}: ${problem.reason}`));
    }
    expect(problems).toEqual([]);
  },
);
