import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

const reply = {
  status: 200,
  headers: {},
  body: {
    data: null,
    errors: [
      {
        message:
          'Something went wrong while executing your query. This may be the result of a timeout, or it could be a GitHub bug.',
      },
    ],
  },
};

export default story('A query that GraphQL could not answer in time is asked again', async (stage) => {
  stage.gitHub.faults.add('POST /graphql', { kind: 'reply', reply }, 1);
  await stage.open(before, { 'shop.go': fetching });
  expect(stage.comments).toHaveLength(1);
  expect(stage.pull.reviews).toHaveLength(1);
  expect(stage.checks).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
});
