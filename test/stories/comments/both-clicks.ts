import { expect } from 'vitest';
import { before, fetching, secondFetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'Both suggestions of a review are committed one after the other: the file stays whole and the check ends clean',
  async (stage) => {
    const both = `${fetching}${secondFetching.replace(/^package shop\n\nimport "context"\n/, '')}`;
    await stage.open(before, { 'shop.go': both });
    const [first, second] = stage.comments;
    if (!first || !second) throw new Error('two comments are expected');
    await stage.takeSuggestion(first);
    await stage.takeSuggestion(second);
    expect(stage.text('shop.go').match(/make\(chan string, 1\)/g)).toHaveLength(2);
    expect(stage.check.conclusion).toBe('success');
  },
);
