import { expect } from 'vitest';
import { before, fetched } from '../code.ts';
import { story } from '../harness.ts';

export default story('Commands where nothing was found are answered, not obeyed in vain', async (stage) => {
  await stage.open(before, { 'shop.go': fetched });
  for (const text of ['explain', 'ignore not needed', 'reopen']) {
    const said = await stage.say(`/goplumber ${text}`, { by: 'mia' });
    expect([...said.reactions].length).toBeGreaterThan(0);
  }
  expect(stage.check.conclusion).toBe('success');
});
