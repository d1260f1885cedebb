import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'While GitHub is in trouble the check stays in progress, and there is one of it',
  async (stage) => {
    const { faults, requests } = stage.gitHub;
    faults.add('POST /graphql', { kind: 'reply', reply: { status: 502, body: {} } }, 4);
    stage.given(before, { 'shop.go': fetching });
    await stage.announce('opened');
    expect(stage.checks).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
    const conclusions = requests.flatMap(({ route, body }) =>
      route.startsWith('PATCH') ? [(body as { conclusion?: string }).conclusion] : [],
    );
    expect(conclusions).toEqual(['failure']);
    expect(stage.comments).toHaveLength(1);
  },
);
