import { describe, expect, test } from 'vitest';
import { explorePackage } from '../../../src/concurrency/explore.ts';
import { loadPackage } from '../../../src/go/load.ts';

const head = `package p

import (
	"context"
	"path/filepath"
	"time"

	"example.com/bus"
)

type S struct {
	bus bus.Bus
	fs  bus.FS
}
`;

/** Leaks of a file, as `kind callee when`; those that need no callback as the kind alone. */
function leaks(source: string): readonly string[] {
  const pkg = loadPackage('p', [{ path: 'p.go', text: head + source }]);
  const result = explorePackage(pkg, { budget: { outsideMayLeave: ['callback'] } });
  const asked = result.leaks.filter((leak) => !leak.outsider || leak.stuck[0]?.callback !== undefined);
  return asked.flatMap((leak) =>
    leak.stuck.map(({ kind, callback }) => (callback ? `${kind} ${callback.callee} ${callback.when}` : kind)),
  );
}

const loop = `
	for {
		select {
		case <-ch:
		case <-ctx.Done():
			return
		}
	}
}`;

describe('a function that is subscribed', () => {
  test('sends to nobody after its subscriber returned', () => {
    const source = `
func (s *S) f(ctx context.Context) {
	ch := make(chan int)
	s.bus.OnUpdated(func(x int) { ch <- x })${loop}`;
    expect(leaks(source)).toEqual(['send OnUpdated later']);
    expect(leaks(source.replace('ch <- x', 'select { case ch <- x: case <-ctx.Done(): }'))).toEqual([]);
  });

  test('may be called at the moment at which it is unsubscribed', () => {
    const source = `
func (s *S) f(ctx context.Context) {
	ch := make(chan int)
	unsubscribe := s.bus.OnUpdated(func(x int) { ch <- x })
	defer unsubscribe()${loop}`;
    expect(leaks(source)).toEqual(['send OnUpdated later']);
    expect(leaks(source.replace('unsubscribe()', 'unsubscribe.Close()'))).toEqual(['send OnUpdated later']);
    expect(leaks(source.replace('make(chan int)', 'make(chan int, 1)'))).toEqual([]);
    expect(leaks(source.replace('unsubscribe()', 's.bus.End(unsubscribe)'))).toEqual([]);
    const drained = 'func() { go func() { for range ch {} }(); unsubscribe(); close(ch) }()';
    expect(leaks(source.replace('unsubscribe()', drained))).toEqual([]);
    const done = 'done := make(chan struct{})\n defer close(done)\n unsubscribe :=';
    const selecting = source
      .replace('ch <- x', 'select { case ch <- x: case <-done: }')
      .replace('unsubscribe :=', done);
    expect(leaks(selecting)).toEqual([]);
  });

  test('is quiet when its registry is stopped', () => {
    expect(
      leaks(`
func (s *S) f(ctx context.Context) {
	ch := make(chan int)
	w := bus.New()
	defer w.Close()
	w.OnUpdated(func(x int) { ch <- x })${loop}`),
    ).toEqual([]);
  });

  test('is quiet when it ends with its context', () => {
    const source = `
func (s *S) f(ctx context.Context) {
	ch := make(chan int)
	watch, cancel := context.WithCancel(ctx)
	defer cancel()
	s.bus.Subscribe(watch, func(x int) { ch <- x })
	select {
	case <-ch:
	case <-time.After(time.Second):
	}
}`;
    expect(leaks(source)).toEqual([]);
    expect(leaks(source.replace('Subscribe(watch', 'Subscribe(1'))).toEqual(['send Subscribe later']);
  });
});

describe('a function that is called for each file', () => {
  const walk = (send: string): string => `
func (s *S) f(ctx context.Context) error {
	ch := make(chan string)
	go func() {
		defer close(ch)
		s.fs.Walk(ctx, func(path string) error { ${send} })
	}()
	for name := range ch {
		if filepath.Ext(name) == ".go" {
			return nil
		}
	}
	return nil
}`;

  test('sends to nobody when the reader leaves', () => {
    expect(leaks(walk('ch <- path; return nil'))).toEqual(['send Walk during']);
  });

  test('is quiet when it gives up with the reader', () => {
    const source = walk('select { case ch <- path: return nil; case <-ctx.Done(): return ctx.Err() }');
    expect(
      leaks(source.replace('ch := ', 'ctx, cancel := context.WithCancel(ctx)\n\tdefer cancel()\n\tch := ')),
    ).toEqual([]);
  });
});

test('a goroutine is stuck beside a callback that can only send', () => {
  const source = (callback: string): string => `
func f(ctx context.Context, b bus.Bus) {
	ch := make(chan int)
	b.OnUpdated(func(x int) { ${callback} })
	go func() { ch <- 2 }()
	select {
	case <-ch:
	case <-ctx.Done():
	}
}`;
  expect(leaks(source('select { case ch <- x: default: }'))).toEqual(['send']);
  expect(leaks(source('select { case <-ch: default: }'))).toEqual([]);
});
