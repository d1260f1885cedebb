import { describe, expect, it } from 'vitest';
import { newBudget } from '../../src/github/budget.ts';

/** Spends writes as soon as the budget allows; returns the times at which they went out. */
function writesWithin(ms: number): readonly number[] {
  const budget = newBudget();
  const times: number[] = [];
  for (let now = 1_000_000; now < 1_000_000 + ms; ) {
    const wait = budget.spend('write', now);
    if (wait === 0) times.push(now);
    now += wait;
  }
  return times;
}

describe('the budget of an installation', () => {
  it('keeps any minute below 80 writes and any hour below 500', () => {
    const times = writesWithin(2 * 3_600_000);
    const most = (span: number) =>
      Math.max(...times.map((start) => times.filter((at) => at >= start && at < start + span).length));
    expect(most(60_000)).toBeLessThan(80);
    expect(most(60_000)).toBeGreaterThan(60);
    expect(most(3_600_000)).toBeLessThan(500);
  });

  it('holds everything back for as long as GitHub asks', () => {
    const budget = newBudget();
    expect(budget.refused(17_000, 1_000)).toBe(17_000);
    expect(budget.spend('read', 2_000)).toBe(16_000);
    expect(budget.spend('write', 18_000)).toBe(0);
    // A shorter wait that was asked for beside a longer one does not shorten it.
    budget.refused(9_000, 20_000);
    expect(budget.refused(1_000, 20_000)).toBe(9_000);
  });

  it('waits longer each time when GitHub names no time, until a write succeeds', () => {
    const budget = newBudget();
    expect([0, 1, 2].map((time) => budget.refused(undefined, time * 10_000_000))).toEqual([60_000, 120_000, 240_000]);
    budget.answered('read');
    expect(budget.refused(undefined, 40_000_000)).toBe(480_000);
    budget.answered('write');
    expect(budget.refused(undefined, 50_000_000)).toBe(60_000);
  });
});
