import { expect } from 'vitest';
import { before, fetched, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'The configuration that a pull request brings is checked before it is merged, and not used',
  async (stage) => {
    const proposed = 'failOn: never\nmaxcomments: 3\n';
    await stage.open(before, { 'shop.go': fetching, '.github/goplumber.yml': proposed });
    expect(stage.check.conclusion).toBe('failure');
    expect(stage.check.annotations).toMatchObject([
      { path: '.github/goplumber.yml', start_line: 2, annotation_level: 'warning' },
    ]);
    await stage.push({ 'shop.go': fetched });
    expect(stage.check).toMatchObject({ conclusion: 'neutral' });
    expect(stage.check.title).toContain('the configuration proposed by the change has mistakes');
    await stage.push({ '.github/goplumber.yml': 'failOn: never\n' });
    expect(stage.check).toMatchObject({ conclusion: 'success' });
  },
);
