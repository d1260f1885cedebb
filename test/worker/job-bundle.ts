/** The process of a job as it is shipped: bundled, since Node runs no TypeScript in its oldest supported version. */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '../..');

export interface JobBundle {
  readonly entry: URL;
  remove(): void;
}

/** Builds it into a folder of this test process; a second or two. */
export function buildJob(): JobBundle {
  const folder = `dist-job-${process.pid}`;
  execFileSync(process.execPath, [join(root, 'tools/build.mjs'), 'job', folder], { cwd: root });
  return {
    entry: pathToFileURL(join(root, folder, 'job-process.js')),
    remove: () => rmSync(join(root, folder), { recursive: true, force: true }),
  };
}
