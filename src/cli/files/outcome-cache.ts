/** Outcomes of earlier runs. Only the bundled program has it: sources that are edited have no version. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DiskCache } from '../../local/disk-cache.ts';
import type { FolderOutcome } from './outcome.ts';

/** Where outcomes are kept, and by which build of the program they were made. */
export interface CachePlace {
  /** Absolute. */
  readonly folder: string;
  readonly build: string;
}

export class OutcomeCache {
  readonly build: string;
  readonly #disk: DiskCache;

  constructor({ folder, build }: CachePlace) {
    this.build = build;
    this.#disk = new DiskCache(folder);
  }

  async get(key: string): Promise<FolderOutcome | undefined> {
    const value = await this.#disk.get(key);
    return isOutcome(value) ? value : undefined;
  }

  async put(key: string, outcome: FolderOutcome): Promise<void> {
    await this.#disk.put(key, outcome);
  }

  async trim(): Promise<void> {
    await this.#disk.trim();
  }
}

/** Entries carry a digest, so that one of this version is of this shape; the look is for files that others put there. */
function isOutcome(value: unknown): value is FolderOutcome {
  if (typeof value !== 'object' || value === null) return false;
  const { diagnostics, skipped, notes, implausible, unread } = value as Record<string, unknown>;
  return [diagnostics, skipped, notes, implausible, unread].every(Array.isArray);
}

/** What tells two builds of the program apart, in hexadecimal digits; undefined when it runs from its sources. */
export function buildId(): string | undefined {
  if (!import.meta.url.endsWith('.js')) return undefined;
  const bundle = dirname(fileURLToPath(import.meta.url));
  const hash = createHash('sha256');
  for (const name of readdirSync(bundle).sort()) {
    if (!/\.(js|wasm)$/.test(name)) continue;
    hash.update(`${name}\n`).update(readFileSync(join(bundle, name)));
  }
  return hash.digest('hex').slice(0, 32);
}
