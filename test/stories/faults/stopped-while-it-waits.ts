import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

const STATE_DIR = mkdtempSync(join(tmpdir(), 'goplumber-story-'));

export default story(
  'Stopped while a review waits for its next attempt: one check run, and the review comes',
  async (stage) => {
    stage.given(before, { 'shop.go': fetching });
    stage.gitHub.faults.add('POST /graphql', { kind: 'reply', reply: { status: 502, body: {} } }, 3);
    await stage.gitHub.announcePull(stage.repository, stage.pull, 'opened');
    while (!stage.log.some((line) => line.includes('it will be retried')))
      await new Promise((resolve) => setTimeout(resolve, 2));
    await stage.restart({}, 0);
    expect(stage.checks).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
    expect(stage.pull.reviews).toHaveLength(1);
  },
  { env: { STATE_DIR } },
);
