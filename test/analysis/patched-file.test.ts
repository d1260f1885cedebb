import { expect, it } from 'vitest';
import { fileComplaint } from '../../src/analysis/patched-file.ts';
import { parseFile } from '../../src/go/file.ts';

const complaint = (before: string, after: string): string | undefined =>
  fileComplaint(parseFile({ path: 'a.go', text: before }), parseFile({ path: 'a.go', text: after }));

const before = 'package p\n\nfunc f() {\n\tlonger() // one\n\tb()      // two\n\tc()\n}\n';

it('complains when a line that stays loses the neighbour it was lined up with', () => {
  const split = before.replace('\tb()', '\tdefer g()\n\tb()');
  expect(complaint(before, split)).toMatch(/line 6 has a comment out of line/);
  expect(complaint(before, split.replace('b()      //', 'b() //'))).toBeUndefined();
  expect(complaint(before, before.replace('\tlonger() // one\n', '\t// one\n\tx()\n'))).toMatch(/out of line/);
});

it('does not complain about what was out of line before', () => {
  const ragged = before.replace('b()      //', 'b()   //');
  expect(complaint(ragged, ragged.replace('\tlonger() // one\n', '\tlonger() // one\n\tg()\n'))).toBeUndefined();
});
