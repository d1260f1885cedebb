import { expect } from 'vitest';
import { before, fetching, secondFetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'Each request of a review is cut once: the review comes, once, and no check stays open',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    const routes = new Set(stage.gitHub.requests.map(({ route }) => route));
    for (const route of routes) stage.gitHub.faults.add(route, { kind: 'reset' });
    await stage.push({ 'again.go': secondFetching });
    expect(stage.comments).toHaveLength(2);
    expect(stage.checks.filter(({ status }) => status !== 'completed')).toEqual([]);
    expect(stage.check.conclusion).toBe('failure');
  },
);
