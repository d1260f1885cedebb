/** The version of this package, from its package.json. */
import { readFileSync } from 'node:fs';

export const version: string = readVersion();

function readVersion(): string {
  // Both src/cli and dist/cli lie two levels below package.json.
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const { version } = JSON.parse(text) as { readonly version: string };
  return version;
}
