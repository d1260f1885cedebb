import { expect, it } from 'vitest';
import { startPass } from '../../../src/analysis/pass.ts';
import { loadPackage } from '../../../src/go/load.ts';
import { goroutinesKey } from '../../../src/rules/ownership/owner.ts';

const frame = `package p

import (
	"context"
	"sync"
	"time"
)

var _ context.Context
var _ time.Time

type T struct {
	wg   sync.WaitGroup
	stop chan struct{}
	dead chan struct{}
	in   chan int
	n    int
}

func New() *T { return &T{stop: make(chan struct{}), dead: make(chan struct{}), in: make(chan int)} }

func (t *T) Wait()         { t.wg.Wait() }
func (t *T) Stop()         { close(t.stop) }
func (t *T) Feed(v int)    { t.in <- v }
func use(f func()) { f() }

`;

/** The verdict about the first goroutine that the code starts. */
function verdict(code: string): string {
  const { pass } = startPass(loadPackage('.', [{ path: 'p.go', text: frame + code }]));
  const ownership = pass.shared(goroutinesKey)[0]?.ownership;
  if (!ownership) return 'none';
  return ownership.kind === 'owned' ? `owned by ${ownership.by}` : ownership.kind;
}

it.each([
  [
    'a WaitGroup field that a method waits on',
    'func (t *T) A() { t.wg.Add(1); go func() { defer t.wg.Done(); t.in <- 1 }() }',
    'owned by waitgroup',
  ],
  ['wg.Go', 'func (t *T) A() { t.wg.Go(func() { t.in <- 1 }) }', 'owned by waitgroup'],
  [
    'a WaitGroup that nobody waits on',
    'func A(t *T) { var wg sync.WaitGroup; wg.Add(1); go func() { defer wg.Done(); for { t.n++ } }() }',
    'unowned',
  ],
  [
    'a WaitGroup that is passed on',
    'func A(t *T, wg *sync.WaitGroup) { wg.Add(1); go func() { defer wg.Done(); for { t.n++ } }() }',
    'unknown',
  ],
  [
    'a done channel that is received from',
    'func A() { done := make(chan int); go func() { close(done) }(); <-done }',
    'owned by done-channel',
  ],
  [
    'a context',
    'func A(ctx context.Context, t *T) { go func() { for { select { case <-ctx.Done(): return; case v := <-t.in: t.n += v } } }() }',
    'owned by context',
  ],
  [
    'a stop channel that a method closes',
    'func (t *T) A() { go func() { for { select { case <-t.stop: return; case v := <-t.in: t.n += v } } }() }',
    'owned by stop-channel',
  ],
  [
    'a stop channel that nobody closes',
    'func (t *T) A() { go func() { for { select { case <-t.dead: return; case v := <-t.in: t.n += v } } }() }',
    'unowned',
  ],
  [
    'a range over a private channel that nobody closes',
    'func (t *T) A() { go func() { for v := range t.in { t.n += v } }() }',
    'unowned',
  ],
  ['a loop without a way out', 'func A(t *T) { go func() { for { time.Sleep(time.Second) } }() }', 'unowned'],
  [
    'a loop that a failing call ends',
    'func A(read func() error) { go func() { for { if read() != nil { return } } }() }',
    'unknown',
  ],
  ['nothing that waits', 'func A(t *T) { go func() { t.n++ }() }', 'bounded'],
  ['a call that cannot be seen', 'func A(f func()) { go f() }', 'unknown'],
  ['init', 'func init() { go func() { for { time.Sleep(time.Second) } }() }', 'owned by process'],
])('%s', (_, code, expected) => {
  expect(verdict(code)).toBe(expected);
});
