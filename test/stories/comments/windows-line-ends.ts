import { expect } from 'vitest';
import { before, fetched, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A file with CRLF: one click fixes it and keeps its line ends', async (stage) => {
  await stage.open(before, { 'shop.go': fetching.replaceAll('\n', '\r\n') });
  await stage.takeSuggestion(stage.comment);
  expect(stage.text('shop.go')).toBe(fetched.replaceAll('\n', '\r\n'));
  expect(stage.check.conclusion).toBe('success');
  expect(stage.comments).toHaveLength(1);
});
