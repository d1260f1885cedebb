/** Pull requests of a few kilobytes that cost seconds to parse, diff or format where nothing bounds it. */
import type { Files } from '../stand-in/git-repository.ts';
import { fetching } from '../stories/code.ts';

export interface HostilePull {
  readonly title: string;
  readonly base: Files;
  readonly head: Files;
}

const goMod = 'module example.org/shop\n\ngo 1.24\n';
const quiet = 'package shop\n';

/** Lines of a go.mod with comments and line separators that are none for Go. */
const strangeModule = `${goMod}${`require a // ${'/\u2028'.repeat(480)}\n`.repeat(30)}`;

const folders = (text: string): Files =>
  Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`p${at}/go.mod`, text]));

const changed: Files = Object.fromEntries(
  Array.from({ length: 20 }, (_, at) => [`p${at}/a.go`, `package p${at}\n\nfunc f() { go f() }\n`]),
);

const lines = (from: number, step: number): string =>
  `package shop\n\nvar table = []int{\n${Array.from({ length: 5_000 }, (_, at) => `\t${from + at * step},\n`).join('')}}\n`;

/** One for each thing that was slow or deadly to parse, diff, format or analyse. */
export const hostilePulls: readonly HostilePull[] = [
  {
    title: 'go.mod files of comments and line separators in 20 folders',
    base: { 'go.mod': strangeModule, ...folders(strangeModule) },
    head: changed,
  },
  {
    title: 'an ignore reason of 90 KB',
    base: { 'go.mod': goMod, 'shop.go': quiet },
    head: {
      'shop.go': fetching.replace(
        '\tgo func() {',
        `\t//goplumber:ignore leaked-send -- ${'<!-- [a](b) `x` @b www.a.b **'.repeat(3_000)}\n\tgo func() {`,
      ),
    },
  },
  {
    title: 'four files of 5,000 lines that all changed',
    base: { 'go.mod': goMod, ...Object.fromEntries([1, 2, 3, 4].map((at) => [`t${at}.go`, lines(0, 2)])) },
    head: Object.fromEntries([1, 2, 3, 4].map((at) => [`t${at}.go`, lines(1, 3)])),
  },
  {
    title: 'a configuration that nests thousands deep',
    base: {
      'go.mod': goMod,
      'shop.go': quiet,
      '.github/goplumber.yml': `paths:\n  ignore: ${'['.repeat(5_000)}`,
    },
    head: { 'shop.go': fetching },
  },
  {
    title: 'a function that starts itself',
    base: { 'go.mod': goMod, 'shop.go': quiet },
    head: { 'shop.go': 'package shop\n\nfunc f() {\n\tgo f()\n\tgo f()\n\tf()\n}\n' },
  },
  {
    title: 'two files of a megabyte',
    base: { 'go.mod': goMod, 'shop.go': quiet },
    head: Object.fromEntries(
      Array.from({ length: 2 }, (_, at) => [
        `b${at}.go`,
        `package shop\n\n${Array.from({ length: 14_000 }, (_, n) => `func f${at}x${n}(a int) int { return a + ${n} }\n`).join('')}`,
      ]),
    ),
  },
];
