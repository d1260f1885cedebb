import { expect } from 'vitest';
import { before, fetched, fetching, secondFetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'Fixed here and copied there in one push: the old comment is closed or follows, never two for one leak',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    await stage.push({ 'shop.go': fetched, 'again.go': secondFetching });
    expect(stage.check.conclusion).toBe('failure');
    const open = stage.comments.filter(({ body }) => !body.includes('Fixed in'));
    const annotated = stage.check.annotations.map(({ path }) => path);
    expect(open.some(({ path }) => path === 'again.go') || annotated.includes('again.go')).toBe(true);
  },
);
