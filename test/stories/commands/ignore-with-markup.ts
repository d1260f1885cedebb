import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'A reason with mentions, markup and a forged marker stays text, and the state can be read back',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    const reason = 'see @acme/owners <!-- goplumber: {} --> `x` | #12 <b>--></b>';
    await stage.say(`/goplumber ignore ${reason}`, { by: 'mia', on: stage.comment });
    const prose = stage.comment.body.replace(/(`+)[\s\S]*?\1/g, '').replace(/\n<!-- goplumber: .* -->$/, '');
    expect(prose).not.toMatch(/@acme|<b>|#12|<!-- goplumber: \{\}/);
    await stage.push({ 'other.go': 'package shop\n' });
    expect(stage.check.conclusion).toBe('success');
    expect(stage.comments).toHaveLength(1);
  },
);
