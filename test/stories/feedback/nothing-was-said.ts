import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { fileFeedback } from '../../../src/github/feedback-log.ts';
import { before, fetched } from '../code.ts';
import { story } from '../harness.ts';

const STATE_DIR = mkdtempSync(join(tmpdir(), 'goplumber-feedback-'));

export default story(
  'A pull request on which nothing was said leaves nothing behind when it is closed, and costs one request more',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetched });
    stage.pull.state = 'closed';
    const asked = stage.requests.length;
    await stage.announce('closed');
    expect(await fileFeedback(STATE_DIR).all()).toEqual([]);
    expect(stage.requests.slice(asked).at(-1)).toMatch(/\/reviews$/);
    expect(stage.requests.slice(asked).filter((route) => route.endsWith('/reviews'))).toHaveLength(1);
  },
  { env: { STATE_DIR } },
);
