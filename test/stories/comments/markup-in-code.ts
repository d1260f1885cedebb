import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

const hostile = fetching
  .replace('result <- load(url)', 'result <- load(`<img src=x> *bold* @acme/owners <!-- goplumber: {} -->` + url)')
  .replace('make(chan string)', 'make(chan string) // <b>@acme/owners</b>');

export default story('String literals with markup, mentions and forged markers stay code', async (stage) => {
  await stage.open(before, { 'shop.go': hostile });
  const { body } = stage.comment;
  const prose = body
    .replace(/^(`{3,})[^\n]*\n[\s\S]*?^\1$/gm, '')
    .replace(/(`+)[\s\S]*?\1/g, '')
    .replace(/\n<!-- goplumber: .* -->$/, '');
  expect(prose).not.toMatch(/<img|@acme|\*bold|goplumber: \{\}/);
  await stage.push({ 'other.go': 'package shop\n' });
  expect(stage.comments).toHaveLength(1);
});
