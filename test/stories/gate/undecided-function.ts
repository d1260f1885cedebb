import { expect } from 'vitest';
import { anyRule } from '../../../src/analysis/rule.ts';
import { before, fetched } from '../code.ts';
import { story } from '../harness.ts';

/** Decides nothing about functions that start a goroutine. */
const undecided = anyRule<never>({
  meta: {
    id: 'undecided',
    group: 'lifecycle',
    summary: 'Nothing is known.',
    severity: 'error',
    since: '0.1.0',
    knownProblems: [],
  },
  detect(pass) {
    for (const { file, node } of pass.pkg.goroutineStarts)
      pass.unknown('the search met its limit of states', pass.at(file, node));
    return [];
  },
  describe: (finding) => finding,
});

export default story(
  'A changed function that was not decided is said in the title, one that was not changed is not',
  async (stage) => {
    const idle = 'package shop\n\nfunc Idle() {\n\tgo load("")\n}\n';
    await stage.open({ ...before, 'idle.go': idle }, { 'shop.go': fetched, 'idle.go': `// Idle.\n${idle}` });
    expect(stage.check.conclusion).toBe('neutral');
    expect(stage.check.title).toBe('Not a clean pass: 1 changed function not decided');
    expect(stage.check.summary).toContain('a leak may have been missed');
    expect(stage.check.summary).toContain('1 not decided outside the changed functions');
  },
  { rules: [undecided] },
);
