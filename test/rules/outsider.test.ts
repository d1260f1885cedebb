import { describe, expect, it } from 'vitest';
import { startPass } from '../../src/analysis/pass.ts';
import type { CodeRef, Site } from '../../src/concurrency/ir.ts';
import type { Leak, OutsideRole, StuckKind, StuckProcess } from '../../src/concurrency/leak.ts';
import { loadPackage } from '../../src/go/load.ts';
import { ruleOf } from '../../src/rules/blocked/classify.ts';
import { reportOf } from '../../src/rules/blocked/finding.ts';
import { storyOf } from '../../src/rules/blocked/story.ts';
import { range } from '../../src/text/offset.ts';

const text = `package p

import "context"

func Feed(ctx context.Context, out chan int) <-chan int {
	go func() {
		out <- 1
		for v := range out {
			_ = v
		}
		<-ctx.Done()
		<-out
		select {
		case <-out:
		}
	}()
	return out
}
`;

const pkg = loadPackage('.', [{ path: 'p.go', text }]);
const { pass } = startPass(pkg);

function siteOf(code: string, from = 0): Site {
  const at = text.indexOf(code, from);
  const [file] = pkg.files;
  if (at < 0 || !file) throw new Error(`no ${code}`);
  return { file, range: range(at, at + code.length) };
}

/** A hand-made leak of the goroutine in `Feed`, stuck at a piece of code. */
function told(kind: StuckKind, code: string, outside: readonly OutsideRole[]) {
  const entry: CodeRef = { id: 1, name: 'Feed', site: siteOf('Feed'), resolve: () => undefined };
  const literal: CodeRef = { id: 2, name: 'func literal', site: siteOf('func()'), resolve: () => undefined };
  const start = siteOf('go func()');
  const process = { id: 1, code: literal, start };
  const stuck: StuckProcess = { process, kind, site: siteOf(code), callers: [], object: 1, outside };
  const leak: Leak = {
    entry,
    stuck: [stuck],
    trace: [{ process: { id: 0, code: entry }, site: start, callers: [], what: { kind: 'go', started: process } }],
    outsider: true,
  };
  const story = storyOf(pkg, leak, stuck);
  if (!story) throw new Error('nothing told');
  return reportOf({ rule: ruleOf(story), story, verdict: { severity: 'warning', assumptions: [] } }, pass);
}

describe('a leak that depends on an outsider', () => {
  it.each<readonly [OutsideRole, string]>([
    ['parameter', 'If the caller of `Feed` stops reading from `out`, `out <- 1` blocks forever'],
    ['returned', 'If the caller of `Feed` stops reading from the channel that it returns, `out <- 1` blocks'],
    ['argument', 'If the code that it was handed to stops reading from `out`, '],
    ['stored', 'If the code that reads it where it is stored stops reading from `out`, '],
    ['result', 'If the code that it came from stops reading from `out`, '],
    ['field', 'If the code that shares it stops reading from `out`, '],
    ['callback', 'If the callback is called after `Feed` has returned, `out <- 1` blocks forever'],
  ])('says who: %s', (role, words) => {
    const report = told('send', 'out <- 1', [role]);
    expect(report.message).toContain(words);
    expect(report.severity).toBe('warning');
  });

  it.each<readonly [StuckKind, string, string]>([
    ['recv', '<-out', 'If the caller of `Feed` never sends on or closes `out`, '],
    ['recv', '<-ctx.Done()', 'If the caller of `Feed` never cancels `ctx`, '],
    ['range', 'for v := range out', 'If the caller of `Feed` never sends on or closes `out`, `range out` never ends'],
    ['select', 'select {', 'If the caller of `Feed` neither answers nor cancels, '],
  ])('says what is missing: %s at %s', (kind, code, words) => {
    expect(told(kind, code, ['parameter']).message).toContain(words);
  });

  it('tells the role that the author of the function has in hand', () => {
    expect(told('send', 'out <- 1', ['field', 'parameter', 'returned']).message).toContain('channel that it returns');
  });

  it('advises a way out on this side', () => {
    expect(told('send', 'out <- 1', ['returned']).advice).toMatch(/Select on a context or done channel/);
    expect(told('send', 'out <- 1', ['callback']).advice).toMatch(/Undo the registration/);
    expect(told('recv', '<-out', ['parameter']).advice).toMatch(/<-ctx\.Done\(\)/);
  });
});
