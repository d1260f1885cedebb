import { expect, it } from 'vitest';
import { missingReturns } from '../../src/analysis/terminating.ts';
import { loadPackage } from '../../src/go/load.ts';

const count = (body: string) => {
  const [file] = loadPackage('.', [
    { path: 'a.go', text: `package p\n\nfunc f(c chan int, x int) int {\n${body}\n}\n` },
  ]).files;
  return file ? missingReturns(file.decls) : Number.NaN;
};

it.each([
  'return 1',
  'for {\n}',
  'for {\n\tselect {\n\tcase <-c:\n\t\tbreak\n\t}\n}',
  'panic(x)',
  'if x > 0 {\n\treturn 1\n} else if x < 0 {\n\treturn 2\n} else {\n\tpanic(x)\n}',
  'switch x {\ncase 1:\n\tfallthrough\ndefault:\n\treturn 2\n}',
  'select {\ncase v := <-c:\n\treturn v\n}',
  'outer:\nfor {\n\tfor {\n\t\tcontinue outer\n\t}\n}',
  'g := func() { x++ }\ng()\nreturn x',
])('ends: %j', (body) => expect(count(body)).toBe(0));

it.each([
  'x++',
  'for {\n\tif x > 0 {\n\t\tbreak\n\t}\n}',
  'for x < 1 {\n\treturn 1\n}',
  'outer:\nfor {\n\tselect {\n\tcase <-c:\n\t\tbreak outer\n\t}\n}',
  'switch x {\ncase 1:\n\treturn 2\n}',
  'select {\ncase <-c:\n\tbreak\ndefault:\n\treturn 1\n}',
  'if x > 0 {\n\treturn 1\n}',
  'g := func() int { x++ }\nreturn g()',
])('does not: %j', (body) => expect(count(body)).toBe(1));
