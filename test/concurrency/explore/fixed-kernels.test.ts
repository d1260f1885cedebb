import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { explorePackage } from '../../../src/concurrency/explore.ts';
import type { Site } from '../../../src/concurrency/ir.ts';
import { loadPackage } from '../../../src/go/load.ts';

const folder = new URL('../goker-fixed/', import.meta.url);

function at(site: Site): string {
  return site.file ? `line ${site.file.lines.lineAt(site.range.start)}` : 'library';
}

describe('the repaired version of a leak kernel is quiet', () => {
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.go'))) {
    test(name, () => {
      const text = readFileSync(new URL(name, folder), 'utf8');
      const { leaks, undecided } = explorePackage(loadPackage('fixed', [{ path: name, text }]));
      const errors = leaks.filter((leak) => !leak.outsider);
      expect(errors.flatMap((leak) => leak.stuck.map((stuck) => `${stuck.kind} at ${at(stuck.site)}`))).toEqual([]);
      // Loops that start goroutines without end cannot be followed to their end; all else must have been.
      const open = undecided.filter(({ reason }) => !/^more than \d+ goroutines/.test(reason));
      expect(open.map(({ entry, reason }) => `${entry.name}: ${reason}`)).toEqual([]);
    });
  }
});
