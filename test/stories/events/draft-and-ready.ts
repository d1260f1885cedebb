import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'A draft is left alone, ready it is reviewed; back to draft and pushed, the gate is told',
  async (stage) => {
    stage.given(before, { 'shop.go': fetching }, { draft: true });
    await stage.announce('opened');
    expect(stage.check).toMatchObject({ conclusion: 'skipped' });
    stage.pull.draft = false;
    await stage.announce('ready_for_review');
    expect(stage.check.conclusion).toBe('failure');
    expect(stage.comments).toHaveLength(1);
  },
);
