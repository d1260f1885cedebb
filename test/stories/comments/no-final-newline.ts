import { expect } from 'vitest';
import { before, fetched, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'A file without a final newline is commented within GitHub’s rules, and fixed by a click above',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching.trimEnd() });
    await stage.takeSuggestion(stage.comment);
    expect(stage.text('shop.go')).toBe(fetched.trimEnd());
    expect(stage.check.conclusion).toBe('success');
  },
);
