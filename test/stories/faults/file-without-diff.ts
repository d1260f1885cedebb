import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'A file whose diff GitHub does not show gets annotations, and nothing is refused',
  async (stage) => {
    const pull = stage.given(before, { 'shop.go': fetching, 'other.go': fetching.replace(/Fetch|load/g, 'Other$&') });
    pull.patchFaults.set('shop.go', 'missing');
    await stage.announce('opened');
    expect(stage.comments.map(({ path }) => path)).toEqual(['other.go']);
    expect(stage.check.annotations.map(({ path }) => path)).toEqual(['shop.go']);
    const refused = stage.gitHub.requests.filter(({ route, status }) => status === 422 && /\/repos\//.test(route));
    expect(refused).toEqual([]);
  },
);
