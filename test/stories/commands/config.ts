import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'Asked for the configuration, the conversation gets the settings and their origin',
  async (stage) => {
    await stage.open({ ...before, '.github/goplumber.yml': 'failOn: warning\n' }, { 'shop.go': fetching });
    await stage.say('/goplumber config', { by: 'ada' });
    expect(stage.answers()[0]).toContain('From `.github/goplumber.yml`.');
    expect(stage.answers()[0]).toContain('| `failOn` | `warning` |');
  },
);
