import { expect, test } from 'vitest';
import { explorePackage } from '../../../src/concurrency/explore.ts';
import { loadPackage } from '../../../src/go/load.ts';

function stuck(text: string): readonly string[] {
  const { leaks } = explorePackage(loadPackage('p', [{ path: 'p.go', text }]));
  return [...new Set(leaks.flatMap((leak) => leak.stuck.map(({ kind }) => kind)))].sort();
}

test.each([
  [
    'sync.Once: Do inside its own function',
    ['once'],
    `package p
import "sync"
type s struct { once sync.Once }
func (s *s) stop() { s.once.Do(func() { s.stop() }) }
func f() { x := &s{}; x.stop() }`,
  ],
  [
    'sync.Once: Do inside its own function, by a method',
    ['once'],
    `package p
import "sync"
type s struct { once sync.Once; n int }
func (s *s) Stop() { s.once.Do(s.shut) }
func (s *s) shut() { s.n = 1; if s.n > 0 { s.Stop() } }`,
  ],
  [
    'sync.OnceFunc calls itself',
    ['once'],
    `package p
import "sync"
func f() { var stop func(); stop = sync.OnceFunc(func() { stop() }); stop() }`,
  ],
  [
    'sync.OnceValues gives what its function gave',
    ['send'],
    `package p
import "sync"
func f() { get := sync.OnceValues(func() (chan int, error) { return make(chan int), nil }); c, err := get(); if err != nil { return }; go func() { c <- 1 }() }`,
  ],
  [
    'errgroup without a context: one error stops nobody',
    ['recv', 'wait'],
    `package p
import ("golang.org/x/sync/errgroup"; "errors")
func f(g func() error) error {
 var eg errgroup.Group
 done := make(chan int)
 eg.Go(func() error { <-done; return nil })
 eg.Go(func() error { if err := g(); err != nil { return err }; close(done); return nil })
 return eg.Wait()
}
var _ = errors.New`,
  ],
  [
    'WaitGroup.Go',
    ['recv', 'wait'],
    `package p
import "sync"
func f() { var wg sync.WaitGroup; ch := make(chan int); wg.Go(func() { <-ch }); wg.Wait() }`,
  ],
  [
    'context.AfterFunc runs in a goroutine of its own',
    ['send'],
    `package p
import "context"
func f(ctx context.Context) { ch := make(chan int); ctx, cancel := context.WithCancel(ctx); defer cancel(); context.AfterFunc(ctx, func() { ch <- 1 }) }`,
  ],
  [
    'a stopped ticker gives nothing',
    ['range'],
    `package p
import "time"
func f(stop chan int) { t := time.NewTicker(1); go func() { for range t.C { println() } }(); t.Stop() }`,
  ],
  [
    'a stopped ticker in a field gives nothing',
    ['range'],
    `package p
import "time"
type s struct { t *time.Ticker }
func (s *s) Start() { s.t = time.NewTicker(1); go func() { for range s.t.C { println() } }() }
func (s *s) Stop() { s.t.Stop() }
func f() { x := &s{}; x.Start(); x.Stop() }`,
  ],
  [
    'signal.Stop ends the signals and closes nothing',
    ['range'],
    `package p
import ("os"; "os/signal")
func f(work func()) { c := make(chan os.Signal, 1); signal.Notify(c, os.Interrupt); go func() { for range c { println() } }(); work(); signal.Stop(c) }`,
  ],
  [
    'conc.WaitGroup waits',
    ['recv', 'wait'],
    `package p
import "github.com/sourcegraph/conc"
func f() { var wg conc.WaitGroup; ch := make(chan int); wg.Go(func() { <-ch }); wg.Wait() }`,
  ],
  [
    'conc pool left early',
    ['send'],
    `package p
import "github.com/sourcegraph/conc/pool"
func f(g func() error) error { p := pool.New(); ch := make(chan int); p.Go(func() { ch <- 1 }); if err := g(); err != nil { return err }; <-ch; p.Wait(); return nil }`,
  ],
])('%s', (_, kinds, text) => {
  expect(stuck(text)).toEqual(kinds);
});

test.each([
  [
    'once not in itself',
    `package p
import "sync"
type s struct { once, two sync.Once }
func (s *s) Stop() { s.once.Do(s.shut) }
func (s *s) shut() { s.two.Do(func() {}) }`,
  ],
  [
    'oncefunc closes',
    `package p
import "sync"
func f(g func()) { done := make(chan int); stop := sync.OnceFunc(func() { close(done) }); go func() { g(); stop() }(); stop(); <-done }`,
  ],
  [
    'oncevalue gives the channel',
    `package p
import "sync"
func f() int { get := sync.OnceValue(func() chan int { return make(chan int, 1) }); get() <- 1; return <-get() }`,
  ],
  [
    'errgroup WithContext stops siblings',
    `package p
import ("golang.org/x/sync/errgroup"; "context")
func f(ctx context.Context, g func() error) error {
 eg, ctx := errgroup.WithContext(ctx)
 done := make(chan int)
 eg.Go(func() error { select { case <-done: case <-ctx.Done(): }; return nil })
 eg.Go(func() error { if err := g(); err != nil { return err }; close(done); return nil })
 return eg.Wait()
}`,
  ],
  [
    'AfterFunc of context',
    `package p
import "context"
func f(ctx context.Context) { ch := make(chan int); ctx, cancel := context.WithCancel(ctx); stop := context.AfterFunc(ctx, func() { close(ch) }); defer stop(); cancel(); <-ch }`,
  ],
  [
    'notify stop and close',
    `package p
import ("os"; "os/signal")
func f(work func()) { c := make(chan os.Signal, 1); signal.Notify(c, os.Interrupt); go func() { for range c { println() } }(); work(); signal.Stop(c); close(c) }`,
  ],
  [
    'notify main loop',
    `package p
import ("os"; "os/signal")
func f(work func()) { c := make(chan os.Signal, 1); signal.Notify(c, os.Interrupt); <-c; signal.Stop(c); work() }`,
  ],
  [
    'context embedded',
    `package p
import "context"
type Session interface { context.Context; Name() string }
func f(s Session) { ctx, cancel := context.WithCancel(s); defer cancel(); ch := make(chan int); go func() { select { case ch <- 1: case <-ctx.Done(): } }() }`,
  ],
  [
    'context embedded done',
    `package p
import "context"
type Session interface { context.Context; Name() string }
func f(s Session) { ch := make(chan int); go func() { select { case ch <- 1: case <-s.Done(): } }(); select { case <-ch: case <-s.Done(): } }`,
  ],
])('quiet: %s', (_, text) => {
  expect(stuck(text)).toEqual([]);
});

test.each([
  ['a pipe', ['select'], 'package p\nimport "io"\nfunc f() { _, w := io.Pipe(); w.Write(nil) }'],
  [
    'a group with a limit',
    ['send', 'wait'],
    'package p\nimport "golang.org/x/sync/errgroup"\nfunc f() error {\n\tvar g errgroup.Group\n\tg.SetLimit(1)\n\tg.Go(func() error { g.Go(func() error { return nil }); return nil })\n\treturn g.Wait()\n}',
  ],
  [
    'a semaphore',
    ['select'],
    'package p\nimport ("golang.org/x/sync/semaphore"; "context")\nfunc f() {\n\tctx := context.Background()\n\ts := semaphore.NewWeighted(1)\n\ts.Acquire(ctx, 1)\n\ts.Acquire(ctx, 1)\n}',
  ],
])('%s needs no word of the language to block', (_, kinds, text) => {
  expect(stuck(text)).toEqual(kinds);
});
