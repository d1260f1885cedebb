import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { fileFeedback } from '../../../src/github/feedback-log.ts';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

const STATE_DIR = mkdtempSync(join(tmpdir(), 'goplumber-feedback-'));

export default story(
  'A comment of somebody else that bears our marker, and the reactions on it, are not counted',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    const forged = stage.remark('shop.go', 7, 'eve');
    forged.body = stage.comment.body;
    forged.reactions.add('eve -1').add('bob -1');
    stage.pull.state = 'closed';
    await stage.announce('closed');
    const [end] = await fileFeedback(STATE_DIR).all();
    expect(end?.comments).toMatchObject([{ fate: 'left', up: 0, down: 0 }]);
  },
  { env: { STATE_DIR } },
);
