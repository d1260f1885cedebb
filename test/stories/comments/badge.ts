import { expect } from 'vitest';
import { before, fetched, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'A comment with a verified fix says what was established about it, one without says nothing of the kind',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    expect(stage.comment.body).toContain('✓ fix verified: re-analysed, parses, gofmt-formatted');
    expect(stage.comment.body.indexOf('```suggestion')).toBeLessThan(stage.comment.body.indexOf('✓ fix verified'));
    await stage.push({ 'shop.go': fetched });
    expect(stage.comment.body).not.toContain('```suggestion');
  },
);
