import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { fileFeedback } from '../../../src/github/feedback-log.ts';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

const STATE_DIR = mkdtempSync(join(tmpdir(), 'goplumber-feedback-'));
const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}/comments';
const down = { status: 503, body: {} };
const forbidden = { status: 403, body: { message: 'Resource not accessible by integration' } };

export default story(
  'When GitHub fails while feedback is read, it is read later; when that is forbidden, the check stays as it was',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    const { conclusion, title } = stage.check;
    stage.pull.state = 'closed';
    stage.gitHub.faults.add(route, { kind: 'reply', reply: down }, 4);
    await stage.announce('closed');
    expect((await fileFeedback(STATE_DIR).all()).map(({ comments }) => comments.length)).toEqual([1]);

    stage.gitHub.faults.add(route, { kind: 'reply', reply: forbidden });
    await stage.announce('closed');
    expect(await fileFeedback(STATE_DIR).all()).toHaveLength(1);
    expect(stage.checks).toHaveLength(1);
    expect(stage.check).toMatchObject({ status: 'completed', conclusion, title });
  },
  { env: { STATE_DIR } },
);
