/**
 * Reports of changes that were checked before: a hook and a second run in CI ask for the same change again. Kept on disk by
 * everything that the answer hangs on, beside the outcomes of folders.
 */
import { createHash } from 'node:crypto';
import type { Config } from '../config/config.ts';
import { DiskCache } from '../local/disk-cache.ts';
import type { PullRequestSnapshot } from '../review/ports.ts';
import type { CachePlace } from './files/outcome-cache.ts';
import type { CheckReport } from './report.ts';

export class ChangeCache {
  readonly #build: string;
  readonly #disk: DiskCache;

  constructor({ folder, build }: CachePlace) {
    this.#build = build;
    this.#disk = new DiskCache(folder);
  }

  /** The report of a change, made by `check` when it is not known. What `isWhole` denies is not kept. */
  async reportOf(
    snapshot: PullRequestSnapshot,
    config: Config,
    check: () => CheckReport,
    isWhole: (report: CheckReport) => boolean,
  ): Promise<CheckReport> {
    const key = this.#keyOf(snapshot, config);
    const known = await this.#disk.get(key);
    if (isReport(known)) return known;
    const report = check();
    if (!isWhole(report)) return report;
    await this.#disk.put(key, report);
    await this.#disk.trim();
    return report;
  }

  /** In hexadecimal digits. A snapshot is plain data: both sides with all that they import, the hunks, and what is left out. */
  #keyOf(snapshot: PullRequestSnapshot, config: Config): string {
    const parts = ['change', this.#build, process.env['GOPLUMBER_PARSER'], config, snapshot];
    return createHash('sha256').update(JSON.stringify(parts, withMaps)).digest('hex');
  }
}

/** Maps as lists of their entries, in an order that does not hang on how they were filled. */
function withMaps(_: string, value: unknown): unknown {
  return value instanceof Map ? [...value].sort() : value;
}

/** Entries carry a digest, so that one of this version is of this shape; the look is for files that others put there. */
function isReport(value: unknown): value is CheckReport {
  if (typeof value !== 'object' || value === null) return false;
  const { diagnostics, notes, summary } = value as Record<string, unknown>;
  return Array.isArray(diagnostics) && Array.isArray(notes) && typeof summary === 'object' && summary !== null;
}
