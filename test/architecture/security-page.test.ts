/** The limits in docs/security.md are those of the sources. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { defaultTimeout } from '../../src/cli/time-limit.ts';
import { defaultPackageStates } from '../../src/concurrency/explore-budget.ts';
import { defaultConfig } from '../../src/config/config.ts';
import { maxChangedFiles, snapshotLimits, writeLimits } from '../../src/github/limits.ts';
import { maxFileLength } from '../../src/go/file.ts';
import { maxSyntaxDepth } from '../../src/go/parser/flat-tree.ts';
import { maxCommentLength } from '../../src/review/comment.ts';
import { entryShare, explorerWork, fixWork, rulesWork } from '../../src/work/limits.ts';
import { workLimits } from '../../src/worker/isolated-work.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/security.md'), 'utf8');
const number = (value: number): string => value.toLocaleString('en-US');
const share = ({ steps, stepsPerCharacter }: typeof rulesWork): string =>
  `${number(steps)} steps, plus ${stepsPerCharacter} for each character`;

function bound(what: string): string {
  const row = page.split('\n').find((line) => line.startsWith(`| ${what} |`));
  if (row === undefined) throw new Error(`docs/security.md has no limit for ${what}`);
  return row;
}

it.each([
  ['a Go file', number(maxFileLength)],
  ['a Go file', `${snapshotLimits.fileBytes / 1_000_000} MB`],
  ['nesting of syntax', `${maxSyntaxDepth} levels`],
  ['searches of a package', share(explorerWork)],
  ['searches of a package', `${number(defaultPackageStates)} states`],
  ['rules of a package', share(rulesWork)],
  ['verifying fixes of a package', share(fixWork)],
  ['`check` as a whole', defaultTimeout.replace('m', ' minutes')],
  ['a job of the App', `${workLimits.timeoutMs / 1_000} s`],
  ['a job of the App', `${number(workLimits.heapMb)} MB of heap, ${number(workLimits.memoryMb)} MB of memory`],
  ['a job of the App', `${number(workLimits.messages)} messages`],
  [
    'a pull request',
    `${number(maxChangedFiles)} files, ${snapshotLimits.folders} packages, ${number(snapshotLimits.files)} Go files`,
  ],
  [
    'a comment, a check',
    `${number(maxCommentLength)} and ${number(writeLimits.checkText)} characters, ${writeLimits.annotations} annotations`,
  ],
])('%s: %s', (what, figure) => {
  expect(bound(what)).toContain(figure);
});

it('says what an entry may take, and what `undecided` is by default', () => {
  expect(entryShare).toBe(1 / 4);
  expect(bound('one function of the package')).toContain('a quarter');
  expect(page).toContain(`\`${defaultConfig.undecided}\` (the default)`);
});
