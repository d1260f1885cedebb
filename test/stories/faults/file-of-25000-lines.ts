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
    const refused = stage.gitHub.requests.filter(({ route, status }) => status === 422 && /\/repos\//.test(route));
    expect(refused).toEqual([]);
  },
);
