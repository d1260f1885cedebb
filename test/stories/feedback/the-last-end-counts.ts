import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { fileFeedback } from '../../../src/github/feedback-log.ts';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

const STATE_DIR = mkdtempSync(join(tmpdir(), 'goplumber-feedback-'));
const repaired = fetching.replace('\tresult := make(chan string)\n', '\tresult := make(chan string, 2)\n');

export default story(
  'A pull request that is closed, opened again, repaired in another way and merged is counted once, by its last end',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    stage.pull.state = 'closed';
    await stage.announce('closed');
    const fates = async () => (await fileFeedback(STATE_DIR).all()).map(({ comments }) => comments[0]?.fate);
    expect(await fates()).toEqual(['left']);

    stage.pull.state = 'open';
    await stage.announce('reopened');
    await stage.push({ 'shop.go': repaired });
    stage.pull.state = 'closed';
    stage.pull.merged = true;
    await stage.announce('closed');
    expect(await fates()).toEqual(['fixed']);
    expect(
      stage.gitHub.requests.filter(({ route }) => /^(POST|PATCH|PUT|DELETE) .*\/(pulls|issues)/.test(route)).length,
    ).toBe(2);
  },
  { env: { STATE_DIR } },
);
