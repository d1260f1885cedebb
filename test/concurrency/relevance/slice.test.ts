import { describe, expect, test } from 'vitest';
import { instructionsOf, leaksOf, opsOf, slice } from './sources.ts';

describe('what is left out', () => {
  test('branches and loops over data that decide nothing', () => {
    const ops = opsOf(
      slice(
        `func f(xs []int) {
	sum := 0
	for _, x := range xs {
		if x > 3 {
			sum += x
		}
	}
	ch := make(chan int)
	go func() { ch <- sum }()
	<-ch
}`,
        'f',
      ),
    );
    expect(ops).not.toContain('branch');
    expect(ops).not.toContain('getIndex');
    expect(ops.filter((op) => op === 'send' || op === 'recv' || op === 'go')).toHaveLength(3);
  });

  test('calls of functions that only compute', () => {
    const ops = opsOf(
      slice(
        `func size(a, b int) string { if a > b { return "big" }; return "small" }
func f() { ch := make(chan int); s := size(1, 2); _ = s; <-ch }`,
        'f',
      ),
    );
    expect(ops).not.toContain('call');
  });

  test('locks that guard plain memory', () => {
    const { relevant } = slice(
      `import "sync"
type T struct { mu sync.Mutex; n int }
func (t *T) Add(n int) int { t.mu.Lock(); defer t.mu.Unlock(); if n > 3 { return t.n }; t.n += n; return t.n }`,
      '(*T).Add',
    );
    expect(relevant).toBe(false);
  });

  test('operations on channels from outside, when nothing is made or started', () => {
    expect(slice('func f(ch chan int) { for x := range ch { _ = x } }', 'f').relevant).toBe(false);
  });

  test('a condition in front of the end of the program', () => {
    const ops = opsOf(
      slice('import "os"\nfunc f(bad bool) { ch := make(chan int); if bad { os.Exit(1) }; <-ch }', 'f'),
    );
    expect(ops).not.toContain('branch');
    expect(ops).toContain('recv');
  });
});

describe('what stays', () => {
  test('the same condition asked twice', () => {
    const ops = opsOf(
      slice(
        `func f(on bool) { ch := make(chan int)
	if on { go func() { ch <- 1 }() }
	if on { <-ch }
}`,
        'f',
      ),
    );
    expect(ops.filter((op) => op === 'branch')).toHaveLength(2);
  });

  test('loops that send as often as others receive', () => {
    const ops = opsOf(
      slice(
        `func f(xs []int) { ch := make(chan int)
	for range xs { go func() { ch <- 1 }() }
	for range xs { <-ch }
}`,
        'f',
      ),
    );
    expect(ops.filter((op) => op === 'len')).toHaveLength(2);
    expect(ops.filter((op) => op === 'branch')).toHaveLength(2);
  });

  test('a flag that is set under a condition and read in a callee', () => {
    const ops = opsOf(
      slice(
        `type T struct { closed bool; ch chan int }
func (t *T) isClosed() bool { return t.closed }
func (t *T) stop(on bool) { if on { t.closed = true } }
func f(on bool) { t := &T{ch: make(chan int)}; t.stop(on); if t.isClosed() { return }; <-t.ch }`,
        'f',
      ),
    );
    expect(ops.filter((op) => op === 'call')).toHaveLength(2);
    expect(ops.filter((op) => op === 'setField').length).toBeGreaterThanOrEqual(2);
  });

  test('calls of unseen code that get to know a channel', () => {
    const entry = slice('import "example.com/q"\nfunc f() { ch := make(chan int); q.Keep(ch, 1); <-ch }', 'f').entry;
    const call = instructionsOf(entry).find(({ op }) => op === 'call');
    expect(call?.op === 'call' && call.args).toHaveLength(2);
  });

  test('a channel that is sent to the outside', () => {
    const ops = opsOf(slice('func f(out chan chan int) { ch := make(chan int); out <- ch; <-ch }', 'f'));
    expect(ops).toContain('send');
  });

  test('a channel stored where nobody here reads it', () => {
    const ops = opsOf(
      slice('type T struct { ch chan int }\nfunc f(t *T) { ch := make(chan int); t.ch = ch; <-ch }', 'f'),
    );
    expect(ops).toContain('setField');
  });

  test('a lock that is taken again below', () => {
    const { relevant } = slice(
      `import "sync"
type T struct { mu sync.Mutex }
func (t *T) size() int { t.mu.Lock(); defer t.mu.Unlock(); return 1 }
func (t *T) Grow() { t.mu.Lock(); defer t.mu.Unlock(); t.size() }`,
      '(*T).Grow',
    );
    expect(relevant).toBe(true);
  });

  test('a lock that one way keeps', () => {
    const { relevant } = slice(
      `import "sync"
type T struct { mu sync.Mutex }
func (t *T) Get(on bool) { t.mu.Lock(); if on { return }; t.mu.Unlock() }`,
      '(*T).Get',
    );
    expect(relevant).toBe(true);
  });

  test('an operation in front of the end of the program', () => {
    const ops = opsOf(slice('func f() { go func() { var c chan int; <-c; panic("no") }() }', 'f'));
    expect(ops).toContain('recv');
  });

  test('a loop that waits for a flag of another goroutine', () => {
    const ops = opsOf(
      slice(
        `import ("sync/atomic"; "time")
func f() { var ready atomic.Bool; ch := make(chan int, 1)
	go func() { ch <- 1; ready.Store(true) }()
	for !ready.Load() { time.Sleep(1); _ = 1 }
	<-ch
}`,
        'f',
      ),
    );
    expect(ops).toContain('pause');
    expect(ops).toContain('branch');
  });
});

test('an entry that only calls another says so', () => {
  const { forwardsTo } = slice(
    'func g(n int) { ch := make(chan int); <-ch }\nfunc f(n int) { if n > 1 { g(n) } }',
    'f',
  );
  expect(forwardsTo?.name).toBe('g');
});

test('an entry that makes the channel for another does not', () => {
  const { forwardsTo } = slice('func g(ch chan int) { <-ch }\nfunc f() { g(make(chan int)) }', 'f');
  expect(forwardsTo).toBeUndefined();
});

test('slicing ends on endless loops, recursion and code without an end', () => {
  for (const body of ['for {}', 'for { f() }', 'f(); panic("x")', 'select {}', 'L: goto L']) {
    expect(() =>
      instructionsOf(slice(`func f() { ch := make(chan int); go f(); ${body}; <-ch }`, 'f').entry),
    ).not.toThrow();
  }
});

describe('calls that never return', () => {
  const uses = `
func use(bad bool) { ch := make(chan int); go func() { ch <- 1 }(); if bad { fail("no") } else { <-ch } }`;

  test.each([
    ['end the program', 'func fail(why string) { log.Fatal(why) }'],
    ['end it through another function', 'func fail(why string) { last(why) }\nfunc last(why string) { os.Exit(1) }'],
    ['end it behind a lock', 'var mu sync.Mutex\nfunc fail(why string) { mu.Lock(); mu.Unlock(); os.Exit(1) }'],
    ['panic', 'func fail(why string) { if why == "x" { panic(1) }; panic(why) }'],
  ])('%s', (_, fail) => {
    const sliced = slice(
      `import (\n"log"\n"os"\n"sync"\n)\nvar _ = log.Fatal\nvar _ = os.Exit\nvar _ sync.Mutex\n${fail}${uses}`,
      'use',
    );
    expect(leaksOf(sliced)).toEqual([]);
    const returning = slice(`func fail(why string) { println(why) }${uses}`, 'use');
    expect(leaksOf(returning)).toEqual(['send']);
  });
});
