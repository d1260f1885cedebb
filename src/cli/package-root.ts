/** Files that ship with the program, wherever it runs from: the sources, a bundle, or an installed package. */
import { existsSync } from 'node:fs';

/** A file by its path from the folder of package.json. */
export function shippedFile(path: string): URL {
  let folder = new URL('.', import.meta.url);
  while (!existsSync(new URL('package.json', folder)) && folder.pathname !== '/') folder = new URL('..', folder);
  return new URL(path, folder);
}
