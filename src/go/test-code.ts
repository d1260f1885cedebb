/** Which code only runs in tests: the process that runs it ends soon. */
import type { File } from './ast.ts';

/** Files that only `go test` compiles. */
export function isTestFile(path: string): boolean {
  return path.endsWith('_test.go');
}

/** Test files, and files of helpers for tests: they import the package testing. */
export function isTestCode({ path, imports }: File): boolean {
  return isTestFile(path) || imports.some((spec) => spec.path === 'testing');
}
