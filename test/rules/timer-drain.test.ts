import { describe, expect, it } from 'vitest';
import { withVerifiedFixes } from '../../src/analysis/verify.ts';
import { analyseSources } from './harness.ts';

const text = `package q

import "time"

type queue struct {
	timer *time.Timer
}

func (q *queue) schedule(d time.Duration, wake func()) {
	if q.timer == nil {
		q.timer = time.AfterFunc(d, wake)
		return
	}
	if !q.timer.Stop() {
		<-q.timer.C
	}
	q.timer.Reset(d)
}
`;

describe('the drain of a timer that has no channel', () => {
  it('is taken out, and the stop stays', () => {
    const analysed = analyseSources([{ path: 'q.go', text }], 'nil-channel', { major: 1, minor: 22 });
    const [found] = analysed.result.diagnostics;
    const [fix] = found ? withVerifiedFixes(analysed, found).fixes : [];
    expect(fix).toMatchObject({ verified: true, message: 'Just stop the timer: it has no channel' });
    const [edit] = fix?.files[0]?.edits ?? [];
    expect(edit && text.slice(edit.range.start, edit.range.end)).toContain('<-q.timer.C');
    expect(edit?.newText).toBe('q.timer.Stop()');
  });
});
