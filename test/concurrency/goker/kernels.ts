/**
 * Leak kernels of real projects retold: `<kernel>.go` leaks, `<kernel>.go.golden` is as it was repaired. A comment
 * `// leaks` marks the operations at which the leak may be told. The names are those of GoKer, so that a kernel and its
 * retelling can be compared.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Kernel {
  readonly name: string;
  readonly leaking: string;
  readonly fixed: string;
}

export function readKernels(): readonly Kernel[] {
  const read = (file: string): string => readFileSync(join(import.meta.dirname, file), 'utf8');
  return readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('.go'))
    .sort()
    .map((file) => ({ name: file.slice(0, -3), leaking: read(file), fixed: read(`${file}.golden`) }));
}
