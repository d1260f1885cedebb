import { expect } from 'vitest';
import { before, fetched, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'A comment that a maintainer edited above the marker is known, and keeps their words',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    const { comment } = stage;
    comment.body = `We had this last week.\r\n\r\n${comment.body}\r\n`;
    await stage.push({ 'other.go': 'package shop\n' });
    expect(stage.comments).toHaveLength(1);
    expect(stage.check.conclusion).toBe('failure');

    await stage.push({ 'shop.go': fetched });
    expect(comment.body).toContain('We had this last week.');
    expect(comment.body).toMatch(/^\*\*Fixed in\*\* /);
  },
);
