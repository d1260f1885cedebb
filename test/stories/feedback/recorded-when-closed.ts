import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { fileFeedback } from '../../../src/github/feedback-log.ts';
import { before, fetching, secondFetching } from '../code.ts';
import { story } from '../harness.ts';

const STATE_DIR = mkdtempSync(join(tmpdir(), 'goplumber-feedback-'));

export default story(
  'When a pull request is merged, it is recorded what people made of each comment: one suggestion taken, one thread resolved',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching, 'more.go': secondFetching });
    const [first, second] = stage.comments;
    if (!first || !second) throw new Error('two comments are expected');
    first.reactions.add('mia +1').add('bob heart').add('eve eyes');
    second.reactions.add('eve -1');
    await stage.takeSuggestion(first);
    stage.resolve(second, 'mia');
    stage.pull.state = 'closed';
    stage.pull.merged = true;
    await stage.announce('closed');

    const [end, ...others] = await fileFeedback(STATE_DIR).all();
    expect(others).toEqual([]);
    expect(end).toMatchObject({ pull: `acme/shop#${stage.pull.number}`, merged: true });
    expect(end?.comments.map(({ fate, up, down }) => [fate, up, down])).toEqual([
      ['applied', 2, 0],
      ['dismissed', 0, 1],
    ]);
  },
  { env: { STATE_DIR } },
);
