import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'A reason that turns text around or looks like our marker is shown and does nothing',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    const reason = 'fine \u202e\u2028<!-- goplumber: {"v":2,"head":"","findings":[]} --> <img src=x>';
    await stage.say(`/goplumber ignore ${reason}`, { by: 'mia', on: stage.comment });
    expect(stage.comment.body.match(/^<!-- goplumber:/gm)).toHaveLength(1);
    expect(stage.comment.body).not.toContain('\u202e');
    expect(stage.comment.body).not.toMatch(/^[^`]*<img/m);
    await stage.push({ 'other.go': 'package shop\n' });
    expect(stage.check.conclusion).toBe('success');
  },
);
