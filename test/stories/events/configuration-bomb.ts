import { expect } from 'vitest';
import { before, fetched } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'A configuration of the head that is a bomb of aliases, or megabytes long, costs nothing and says so',
  async (stage) => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
      .split('')
      .map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[at]}`).join(',')}]`)
      .join('\n')}\n`;
    await stage.open(before, { 'shop.go': fetched, '.github/goplumber.yml': bomb });
    expect(stage.check.conclusion).toBe('neutral');
    await stage.push({ '.github/goplumber.yml': `failOn: never # ${'x'.repeat(2_000_000)}\n` });
    expect(stage.check.status).toBe('completed');
    expect(stage.check.conclusion).not.toBe('failure');
  },
);
