/** The version of this package, from its package.json. */
import { readFileSync } from 'node:fs';
import { shippedFile } from './package-root.ts';

export const version: string = readVersion();

function readVersion(): string {
  const text = readFileSync(shippedFile('package.json'), 'utf8');
  const { version } = JSON.parse(text) as { readonly version: string };
  return version;
}
