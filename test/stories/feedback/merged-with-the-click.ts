import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { fileFeedback } from '../../../src/github/feedback-log.ts';
import { before, fetched, fetching, secondFetching } from '../code.ts';
import { story } from '../harness.ts';

const STATE_DIR = mkdtempSync(join(tmpdir(), 'goplumber-feedback-'));

export default story(
  'A suggestion that was committed and merged before that head was reviewed counts as applied, what was merged as it is as left',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching, 'more.go': secondFetching });
    expect(stage.comments.map(({ path }) => path).sort()).toEqual(['more.go', 'shop.go']);
    stage.commit({ 'shop.go': fetched });
    stage.pull.state = 'closed';
    stage.pull.merged = true;
    await stage.announce('closed');

    const [end] = await fileFeedback(STATE_DIR).all();
    const fates = new Map(stage.comments.map(({ path }, at) => [path, end?.comments[at]?.fate]));
    expect(Object.fromEntries(fates)).toEqual({ 'shop.go': 'applied', 'more.go': 'left' });
  },
  { env: { STATE_DIR } },
);
