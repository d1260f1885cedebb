import { expect } from 'vitest';
import { before, fetching, secondFetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'A file whose diff is longer than GitHub shows: nothing is refused, the leak stands in the check',
  async (stage) => {
    const lines = Array.from({ length: 25_000 }, (_, at) => `// ${at}`).join('\n');
    await stage.open(before, { 'shop.go': `${fetching}\n${lines}\n`, 'again.go': secondFetching });
    expect(stage.comments.map(({ path }) => path)).toEqual(['again.go']);
    expect(stage.check.annotations.map(({ path }) => path)).toContain('shop.go');
    expect(stage.check.conclusion).toBe('failure');
    expect(stage.gitHub.requests.filter(({ status }) => status === 422)).toEqual([]);
  },
);
