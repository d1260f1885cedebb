import { describe, expect, it } from 'vitest';
import { loadPackage } from '../../src/go/load.ts';
import { secondReply } from '../../src/rules/blocked/plausibility/replies.ts';
import type { Story } from '../../src/rules/blocked/story.ts';
import { range } from '../../src/text/offset.ts';

const text = `package p

type client struct{ pending map[int]func(int) }

func (c *client) ask(seq int) {
	answer := make(chan int, 1)
	c.pending[seq] = func(v int) { answer <- v }
}

func (c *client) answer(seq int) {
	if handle, ok := c.pending[seq]; ok {
		handle(seq)
	}
}

func (c *client) each(handles []func(int)) {
	for _, handle := range handles {
		handle(1)
	}
}
`;

const pkg = loadPackage('.', [{ path: 'p.go', text }]);
const [file] = pkg.files;

function siteOf(code: string) {
  const at = text.indexOf(code);
  if (!file || at < 0) throw new Error(`no ${code}`);
  return { file, range: range(at, at + code.length) };
}

/** A send of a handler that `caller` has called; `sent`: it has sent before. */
function story(caller: string, sent: boolean): Story {
  const process = { id: 1 };
  const site = siteOf('answer <- v');
  const root = { process, kind: 'send', site, callers: [siteOf(caller)] };
  const trace = sent ? [{ process, site, callers: [], what: { kind: 'send' } }] : [];
  return { root, site, leak: { trace }, operation: { text: 'answer <- v' } } as unknown as Story;
}

describe('a handler that is found in a map', () => {
  it('does not run twice for one request', () => {
    expect(secondReply(pkg, story('handle(seq)', true))).toEqual({
      kind: 'second-reply',
      text: '`answer <- v` runs twice for one request',
    });
  });

  it('may have been called once, or be one of a list and run at any time', () => {
    expect(secondReply(pkg, story('handle(seq)', false))).toBeUndefined();
    expect(secondReply(pkg, story('handle(1)', true))).toBeUndefined();
  });
});
