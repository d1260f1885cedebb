import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'A comment that a person rewrote still knows its finding after a rename and a force-push',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    const { comment } = stage;
    const marker = comment.body.slice(comment.body.lastIndexOf('<!-- goplumber:'));
    comment.body = `Let us talk about this one.\n\n${marker}\n\n(edited by Mia)`;
    await stage.forcePush({ 'shop.go': fetching.replace('func Fetch(', 'func Get(').replaceAll('result', 'page1') });
    expect(stage.comments).toHaveLength(1);
    expect(comment.body).toContain('Let us talk about this one.');
    expect(stage.check.conclusion).toBe('failure');
  },
);
