import { expect } from 'vitest';
import { anyRule } from '../../../src/analysis/rule.ts';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

const broken = anyRule<never>({
  meta: { id: 'broken', group: 'lifecycle', summary: 'Fails.', severity: 'error', since: '0.1.0', knownProblems: [] },
  detect() {
    throw new Error('out of order');
  },
  describe: (finding) => finding,
});

export default story(
  'A rule that fails is said in the title, and the other rules are heard',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    expect(stage.check.conclusion).not.toBe('success');
    expect(stage.check.title).toContain('a rule failed');
  },
  { rules: [broken] },
);
