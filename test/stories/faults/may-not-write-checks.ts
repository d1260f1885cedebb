import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'Without checks the review is made, and no check is asked for',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    expect(stage.comments).toHaveLength(1);
    const { requests } = stage.gitHub;
    expect(requests.filter(({ route }) => route.includes('check'))).toEqual([]);
    expect(requests.filter(({ route, body }) => /^(PATCH|PUT) /.test(route) && body === undefined)).toEqual([]);
  },
  { permissions: { checks: 'none' } },
);
