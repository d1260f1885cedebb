import { expect } from 'vitest';
import { fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'A package that moves to another folder is not reviewed anew; the check shows the new place',
  async (stage) => {
    await stage.open({ 'doc.go': 'package top\n' }, { 'shop/shop.go': fetching });
    await stage.push({ 'shop/shop.go': null, 'internal/store/shop.go': fetching });
    expect(stage.comments).toHaveLength(1);
    expect(stage.check).toMatchObject({ conclusion: 'failure', annotations: [{ path: 'internal/store/shop.go' }] });
    expect(stage.comment.body).toContain('**Still there:** [`internal/store/shop.go:8`]');
  },
);
