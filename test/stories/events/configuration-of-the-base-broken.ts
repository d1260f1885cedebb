import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'A configuration of the base that cannot be read fails nothing, and says so on every check',
  async (stage) => {
    await stage.open({ ...before, '.github/goplumber.yml': 'failOn: [\n' }, { 'shop.go': fetching });
    expect(stage.check.conclusion).toBe('neutral');
    expect(stage.check.summary).toContain('Mistakes in the configuration');
    expect(stage.comments).toHaveLength(1);
  },
);
