import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'An outsider may not even ask for a review or for help: one reaction, one sentence, nothing else',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    for (const [at, command] of ['review', 'help', 'config', 'pause', 'dance'].entries()) {
      const said = await stage.say(`/goplumber ${command}`, { by: 'mallory' });
      expect([...said.reactions]).toEqual(['goplumber[bot] eyes', 'goplumber[bot] -1']);
      expect(stage.answers()).toHaveLength(at + 1);
    }
    expect(stage.pull.labels).toEqual([]);
    expect(stage.pull.reviews).toHaveLength(1);
    expect(stage.checks).toHaveLength(1);
  },
);
