import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A function that becomes a method of another name keeps its comment', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  await stage.push({
    'shop.go': fetching.replace('func Fetch(', 'type Client struct{}\n\nfunc (c *Client) Get('),
  });
  expect(stage.comments).toHaveLength(1);
  expect(stage.check.conclusion).toBe('failure');
});
