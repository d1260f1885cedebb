/** Texts that are read by hand-written readers: diffs, go.mod, build constraints, commands, markers, profiles. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { addedLines } from '../../../src/cli/diff-scope.ts';
import { readStacks } from '../../../src/cli/profile/stacks.ts';
import { UsageError } from '../../../src/cli/usage-error.ts';
import { loadPackage } from '../../../src/go/load.ts';
import { parseModuleFile } from '../../../src/go/module-file.ts';
import { ModuleMap } from '../../../src/go/module-map.ts';
import { parseCommand } from '../../../src/review/command.ts';
import { type Marker, markerText, readMarker, withoutMarker } from '../../../src/review/marker.ts';
import { hunksBetween, unifiedDiff } from '../../../src/text/diff.ts';
import { hunkLines, parsePatch } from '../../../src/text/hunk.ts';
import { must, type Target } from '../target.ts';
import { hostileText, mutated } from '../texts.ts';

const before = 'package p\n\nfunc f() {\n\tc := make(chan int)\n\tgo func() { c <- 1 }()\n}\n';
const after = before.replace('chan int)', 'chan int, 1)').concat('\nfunc g() {}\n');
const diff = `diff --git a/p/a.go b/p/a.go\nindex 1..2 100644\n${unifiedDiff([{ path: 'p/a.go', oldText: before, newText: after }])}`;
const diffs = [diff, diff.replaceAll('p/a.go', '"p/\\303\\274 x.go"'), diff.replaceAll('\n', '\r\n'), `${diff}${diff}`];
const diffWords = [
  '@@ -1,2 +3,4 @@\n',
  '@@ -0,0 +1 @@',
  '+',
  '-',
  ' ',
  '\\ No newline at end of file\n',
  '--- a/x\n',
  '+++ b/x\n',
  '/dev/null',
  '999999999',
  'diff --git a/x b/x\n',
];

/** Hunks of any text lie in it, and what a diff says leads from one text to the other. */
export const diffTarget: Target<{ readonly patch: string; readonly one: string; readonly other: string }> = {
  name: 'diffs',
  weight: 1,
  inputs: fc.record({
    patch: mutated(diffs, diffWords),
    one: mutated([before, after], ['\r\n', '\n', '']),
    other: mutated([after, before], ['\n', 'x']),
  }),
  check({ patch, one, other }) {
    const hunks = parsePatch(patch);
    if ('kind' in hunks) must(hunks.line >= 1, 'a malformed patch names no line');
    else
      for (const hunk of hunks)
        must(hunkLines(hunk).length === hunk.lines.length, 'a hunk has other lines than it says');
    readsOrRefuses(() => addedLines(patch));
    must(
      applied(one, other).join('\n') === linesOf(other).join('\n'),
      'the hunks between two texts do not lead from one to the other',
    );
    const again = parsePatch(unifiedDiff([{ path: 'a.go', oldText: one, newText: other }]));
    must(!('kind' in again), 'our own diff cannot be read');
  },
};

function readsOrRefuses(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
  }
}

/** Applies the hunks between two texts to the lines of the first. */
function applied(one: string, other: string): readonly string[] {
  const lines = [...linesOf(one)];
  let shift = 0;
  for (const hunk of hunksBetween(one, other)) {
    const at = (hunk.oldLines === 0 ? hunk.oldStart : hunk.oldStart - 1) + shift;
    const kept = hunk.lines.filter((line) => !line.startsWith('-')).map((line) => line.slice(1));
    lines.splice(at, hunk.oldLines, ...kept);
    shift += hunk.newLines - hunk.oldLines;
  }
  return lines;
}

/** Whether the last line has an end does not show. */
function linesOf(text: string): readonly string[] {
  const lines = text.split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

const modules = [
  'module example.org/m\n\ngo 1.24\n\ntoolchain go1.24.1\n\nrequire (\n\ta.b/c v1.2.3 // indirect\n\td.e/f/v2 v2.0.0\n)\n\nreplace a.b/c => ./c\n\nreplace d.e/f/v2 v2.0.0 => x.y/z v1.0.0\n',
  'go 1.24\n\nuse (\n\t.\n\t./sub\n)\n\nreplace a => ../b\n',
  '// Deprecated: no\nmodule "m" // x\nretract [v1.0.0, v1.1.0]\nexclude a.b/c v1.0.0\nignore ./x\n',
];
const moduleWords = [
  'require ',
  'replace ',
  '=>',
  '(',
  ')',
  '//',
  '"',
  '`',
  'v1.0.0',
  '../',
  './',
  '/etc',
  'module x\n',
  'go 1.99999999999\n',
  'use ',
  '\u2028',
];

/** Nothing that go.mod says leads out of the checkout. */
export const moduleTarget: Target<{
  readonly mod: string;
  readonly sub: string;
  readonly work: string;
  readonly path: string;
}> = {
  name: 'modules',
  weight: 1,
  inputs: fc.record({
    mod: mutated(modules, moduleWords),
    sub: mutated(modules, moduleWords),
    work: mutated(modules, moduleWords),
    path: fc.oneof(fc.constantFrom('a.b/c/d', 'd.e/f/v2', 'x.y/z', 'm/sub', 'fmt', 'C', '../a', '/etc'), hostileText),
  }),
  check({ mod, sub, work, path }) {
    parseModuleFile(mod);
    const map = new ModuleMap(
      new Map([
        ['go.mod', mod],
        ['sub/go.mod', sub],
        ['go.work', work],
      ]),
    );
    for (const dir of ['.', 'sub', 'sub/deep', 'other'])
      for (const candidate of map.scopeOf(dir)?.candidates(path) ?? []) {
        const at = 'dir' in candidate ? candidate.dir : '';
        must(
          !at.split('/').includes('..') && (candidate.kind !== 'folder' || !at.startsWith('/')),
          `${path} leads out: ${at}`,
        );
      }
  },
};

const headers = [
  '//go:build linux && !cgo\n\npackage p\n',
  '// +build linux,amd64 !windows\n\npackage p\n',
  '/* a\n//go:build ignore\n*/\n\n// Code generated by x. DO NOT EDIT.\n\npackage p\n',
];
const headerWords = [
  '//go:build ',
  '// +build ',
  '&&',
  '||',
  '!',
  '(',
  ')',
  'linux',
  'ignore',
  'go1.24',
  'cgo',
  '\u2028',
  '\r',
  '\ufeff',
  '/*',
  '*/',
  '// Code generated x DO NOT EDIT.\n',
  'package p\n',
  'package ',
  'unix',
];

/** The head of a file decides, and says why, whether it is looked at. */
export const headerTarget: Target<string> = {
  name: 'headers',
  weight: 1,
  inputs: mutated(headers, headerWords),
  check(text) {
    const pkg = loadPackage('p', [{ path: 'p/a_linux.go', text }]);
    must(pkg.files.length + pkg.skipped.length === 1, 'the file is neither looked at nor left out');
    for (const { reason } of pkg.skipped) must(reason !== '', 'the file is left out without a reason');
  },
};

const profiles = ['debug1.txt', 'debug2.txt'].map((file) => readFileSync(`test/cli/profile/${file}`, 'utf8'));
const proto = Buffer.from(readFileSync('test/cli/profile/pprof.base64', 'latin1'), 'base64').toString('latin1');

/** A profile is read, or none of Go's; whatever its bytes. */
export const profileTarget: Target<string> = {
  name: 'profiles',
  weight: 1,
  inputs: fc.oneof(
    mutated(
      [...profiles, proto],
      [
        'goroutine 1 [select]:\n',
        '#\t0x1\tmain.f+0x1\t/a.go:1\n',
        '\u00ff',
        '\u001f\u008b',
        '\u0080\u0080\u0080\u0080\u0001',
      ],
    ),
  ),
  check(bytes) {
    for (const { count, frames } of readStacks(Buffer.from(bytes, 'latin1')) ?? [])
      must(count >= 0 && frames.every(({ line }) => line >= 0), 'a stack has a count or a line below zero');
  },
};

/** What we write into our comments we read again; what others write never speaks for us. */
export const conversationTarget: Target<{ readonly marker: Marker; readonly around: string; readonly body: string }> = {
  name: 'conversation',
  weight: 1,
  inputs: fc.record({
    marker: fc.record({
      head: hostileText,
      findings: fc.array(fc.record({ rule: hostileText, fingerprint: hostileText, path: hostileText }), {
        maxLength: 3,
      }),
    }),
    around: hostileText,
    body: fc.oneof(
      hostileText,
      mutated(
        ['/goplumber ignore because\n', '> /goplumber review\n\n~~~\n/goplumber help\n~~~\n/goplumber explain\n'],
        ['/goplumber ', '```', '~~~', '\n', 'ignore', '__proto__'],
      ),
    ),
  }),
  check({ marker, around, body }) {
    const text = markerText(marker);
    must(!/[\r\n]|-->.|<!--./s.test(text.slice(4, -3)), 'a marker ends before its end');
    must(
      JSON.stringify(readMarker(`${around}\n${text}\n`)) === JSON.stringify(marker),
      'a marker is not read as it was written',
    );
    must(readMarker(withoutMarker(text)) === undefined, 'a marker is left when it is taken away');
    readMarker(body);
    const command = parseCommand(body);
    must(command === undefined || /goplumber/i.test(body), 'a command is heard that nobody gave');
  },
};
