import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A token that dies at any request is replaced, and the review is made once', async (stage) => {
  stage.given(before, { 'shop.go': fetching });
  for (let uses = 0; uses < 12; uses++) {
    stage.commit({ [`more${uses}.go`]: 'package shop\n' });
    stage.gitHub.access.revokeTokens();
    stage.gitHub.access.usesOfNextToken = uses;
    await stage.announce('synchronize');
    expect(stage.checks).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
  }
  expect(stage.comments).toHaveLength(1);
  expect(stage.pull.reviews).toHaveLength(1);
});
