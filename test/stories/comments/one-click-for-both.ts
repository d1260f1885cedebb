import { expect } from 'vitest';
import { before, twoChannels } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'Of two leaking channels one comment offers one fix for both, and the click leaves a clean check',
  async (stage) => {
    await stage.open(before, { 'shop.go': twoChannels });
    expect(stage.comment.body).toContain('val := make(chan *http.Response, 1)');
    expect(stage.comment.body).toContain('errs := make(chan error, 1)');
    await stage.takeSuggestion(stage.comment);
    expect(stage.check.conclusion).not.toBe('failure');
    expect(stage.check.summary).not.toContain('unreceived-send');
  },
);
