import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'A leak whose commented line was edited, and which is still there, is shown by an annotation',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    await stage.push({ 'shop.go': fetching.replaceAll('result', 'page1') });
    expect(stage.comments).toHaveLength(1);
    expect(stage.comment.line).toBeUndefined();
    expect(stage.check).toMatchObject({ conclusion: 'failure', annotations: [{ path: 'shop.go' }] });
  },
);
