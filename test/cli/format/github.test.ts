import { describe, expect, it } from 'vitest';
import { formatGitHub } from '../../../src/cli/format/github.ts';
import { reportOf, sampleReport } from '../sample-report.ts';

describe('workflow commands', () => {
  it('are one line per diagnostic, at lines of the new text', () => {
    const lines = formatGitHub(sampleReport).trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toBe(
      '::error file=pages/fetch it.go,line=9,endLine=9,title=goplumber%3A unreceived-send::' +
        'The send on `result` blocks forever: 100 %25 of it, always%0A' +
        '1. pages/fetch it.go:13: fetch returns as ctx is done%0A2. pages/other.go:2: goroutine on line 9 sends on result%0ABuffer the channel.',
    );
    expect(lines[1]).toMatch(/^::notice file=pages\/fetch it\.go,line=9,endLine=9,title=goplumber%3A lost-cancel::/);
  });

  it('cannot be forged by a path or a message', () => {
    const text = formatGitHub(
      reportOf({ path: 'a,line=1::b\n::error::x.go', message: 'x\r\n::set-output name=a::b\u001b[0m' }),
    );
    expect(text.trimEnd().split('\n')).toHaveLength(1);
    expect(text).toContain('file=a%2Cline=1%3A%3Ab%0A%3A%3Aerror%3A%3Ax.go,line=9');
    expect(text).toContain('x%0A::set-output name=a::b\\u001b[0m');
  });
});
