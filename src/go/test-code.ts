/** Which code only runs in tests: the process that runs it ends soon. */
import type { File, FuncDecl, FuncLit } from './ast.ts';
import type { GoPackage } from './package.ts';
import { isNamed } from './types.ts';

/** Files that only `go test` compiles. */
export function isTestFile(path: string): boolean {
  return path.endsWith('_test.go');
}

/** Test files, and files of helpers for tests: they import the package testing. */
export function isTestCode({ path, imports }: File): boolean {
  return isTestFile(path) || imports.some((spec) => spec.path === 'testing');
}

/** A function that is given a test (`t *testing.T`, `testing.TB`) belongs to it wherever it stands, and ends with it. */
export function isTestHelper(pkg: GoPackage, { type }: FuncDecl | FuncLit): boolean {
  return type.params.some((param) => {
    const of = pkg.typeOfTypeExpr(param.type);
    return ['T', 'B', 'F', 'TB'].some((name) => isNamed(of, 'testing', name));
  });
}
