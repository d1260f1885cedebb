/** Small Go packages for the slicer's tests, and what the explorer's parts make of them. */
import { defaultBudget } from '../../../src/concurrency/explore-budget.ts';
import type { CodeRef, Hint, Instruction, Op } from '../../../src/concurrency/ir.ts';
import type { PackageLowering } from '../../../src/concurrency/lower/package-lowering.ts';
import { lowerPackage } from '../../../src/concurrency/lower/program.ts';
import { search } from '../../../src/concurrency/machine/search.ts';
import { type Slice, sliceEntry } from '../../../src/concurrency/relevance/slice.ts';
import type { FuncDecl } from '../../../src/go/ast.ts';
import { loadPackage } from '../../../src/go/load.ts';
import type { GoPackage, SourceFile } from '../../../src/go/package.ts';

export interface Sliced {
  readonly slice: Slice;
  readonly whole: CodeRef;
  readonly hints: readonly Hint[];
  readonly lowering: PackageLowering;
}

/** Slices each declared function of a package that has a body. */
export function slicesOf(files: readonly SourceFile[]): readonly Sliced[] {
  const pkg: GoPackage = loadPackage('p', files);
  const lowering = lowerPackage(pkg);
  return pkg.funcDecls.flatMap((decl) => sliceOf(lowering, decl) ?? []);
}

function sliceOf(lowering: PackageLowering, decl: FuncDecl): Sliced | undefined {
  const whole = lowering.codeOf(decl);
  if (whole.resolve() === undefined) return undefined;
  const hints = lowering.hintsOf(decl);
  const slice = sliceEntry(whole, hints, (type, name) => lowering.method(type, name));
  return { slice, whole, hints, lowering };
}

/** The slice of one function of a file without its package clause. */
export function slice(text: string, name: string): Slice {
  const found = slicesOf([{ path: 'p/p.go', text: `package p\n${text}` }]).find(({ whole }) => whole.name === name);
  if (!found) throw new Error(`no function ${name}`);
  return found.slice;
}

/** Kinds of what is stuck in a slice. */
export function leaksOf({ entry, method }: Slice): readonly string[] {
  const hints = Array.from({ length: entry.resolve()?.paramCount ?? 0 }, () => 'any' as const);
  const { leaks } = search({ entry, entryHints: hints, method }, defaultBudget);
  return leaks.flatMap(({ stuck }) => stuck.map(({ kind }) => kind));
}

/** The instructions of the entry and of all that it reaches, in the order in which they are met. */
export function instructionsOf(entry: CodeRef): readonly Instruction[] {
  const seen = new Set<CodeRef>();
  const work = [entry];
  const all: Instruction[] = [];
  for (let ref = work.pop(); ref; ref = work.pop()) {
    if (seen.has(ref)) continue;
    seen.add(ref);
    for (const instruction of ref.resolve()?.instructions ?? []) {
      all.push(instruction);
      if (instruction.op === 'closure') work.push(instruction.code);
      if ('callee' in instruction && instruction.callee.kind === 'static') work.push(instruction.callee.code);
    }
  }
  return all;
}

export function opsOf({ entry }: Slice): readonly Op[] {
  return instructionsOf(entry).map(({ op }) => op);
}
