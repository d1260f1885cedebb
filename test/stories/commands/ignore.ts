import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'A maintainer ignores a finding with a reason: the gate turns at once, and later pushes keep to it',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    const said = await stage.say('/goplumber ignore the page is *always* read', { by: 'mia', on: stage.comment });
    expect([...said.reactions]).toEqual(['goplumber[bot] eyes', 'goplumber[bot] +1']);
    expect(stage.check).toMatchObject({ conclusion: 'success', title: 'No open goroutine leaks, 1 dismissed' });
    expect(stage.comment.body).toContain('**Ignored** by `mia`: the page is \\*always\\* read');
    await stage.push({ 'other.go': 'package shop\n' });
    expect(stage.comments).toHaveLength(1);
    expect(stage.check.conclusion).toBe('success');
  },
);
