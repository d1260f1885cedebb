import { expect } from 'vitest';
import { before, fetching, secondFetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'The function moves to a new file and changes its name while another stays: nothing is said again',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching, 'again.go': secondFetching });
    await stage.push({ 'again.go': null, 'pages.go': secondFetching.replace('func Again(', 'func Pages(') });
    expect(stage.comments).toHaveLength(2);
    expect(stage.pull.reviews).toHaveLength(1);
    expect(stage.check.conclusion).toBe('failure');
  },
);
