import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

const path = 'my shop/größe #1/100%.go';

export default story('Paths with blanks, umlauts, # and % have links that lead to the file', async (stage) => {
  await stage.open(before, { [path]: fetching });
  const [, link = ''] = /\((https:\/\/github\.com\/acme\/shop\/blob\/[^)]*)\)/.exec(stage.comment.body) ?? [];
  const url = new URL(link);
  expect(decodeURIComponent(url.pathname)).toBe(`/acme/shop/blob/${stage.pull.head}/${path}`);
  expect(url.hash).toMatch(/^#L\d+$/);
  expect(stage.comment.path).toBe(path);
});
