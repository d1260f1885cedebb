import { describe, expect, test } from 'vitest';
import { explorePackage } from '../../../src/concurrency/explore.ts';
import { loadPackage } from '../../../src/go/load.ts';
import { weigher } from '../../../src/rules/blocked/plausibility/verdict.ts';

const SERVICE = `package p

type S struct {
	in   chan int
	out  chan int
	stop chan struct{}
	done chan struct{}
}

func New() *S {
	s := &S{in: make(chan int), out: make(chan int), stop: make(chan struct{}), done: make(chan struct{})}
	go s.loop()
	return s
}

func (s *S) loop() {
	for {
		select {
		case v := <-s.in:
			s.out <- v
		case <-s.stop:
			return
		}
	}
}
`;

/** Stuck operations in contracts: kind and line of source, condition. */
function broken(text: string): readonly string[] {
  const pkg = loadPackage('p', [{ path: 'a.go', text }]);
  const { leaks } = explorePackage(pkg, { weigh: weigher(pkg) });
  return leaks.flatMap(({ stuck: [first], contract, outsider }) =>
    contract && first?.site.file
      ? [
          `${first.kind} in line ${first.site.file.lines.lineAt(first.site.range.start)}: ${contract.method ?? 'goroutine'}/${contract.stops.join()}${outsider ? '' : ' for sure'}`,
        ]
      : [],
  );
}

describe('contracts between the methods of a type', () => {
  test('a request after the loop has returned', () => {
    const found = broken(`${SERVICE}
func (s *S) Ask(v int) int {
	s.in <- v
	return <-s.out
}

func (s *S) Close() { close(s.stop) }
`);
    expect(found).toEqual(['send in line 28: Ask/Close']);
  });

  test('a request that waits for the stop as well', () => {
    const found = broken(`${SERVICE}
func (s *S) Ask(v int) int {
	select {
	case s.in <- v:
		return <-s.out
	case <-s.stop:
		return 0
	}
}

func (s *S) Close() { close(s.stop) }
`);
    expect(found).toEqual([]);
  });

  test('a loop that nothing ends', () => {
    const found = broken(`${SERVICE}
func (s *S) Ask(v int) int {
	s.in <- v
	return <-s.out
}
`);
    expect(found).toEqual([]);
  });

  test('another method that receives may answer', () => {
    const found = broken(`${SERVICE}
func (s *S) Ask(v int) {
	s.in <- v
}

func (s *S) Steal() int { return <-s.in }

func (s *S) Close() { close(s.stop) }
`);
    expect(found).toEqual([]);
  });

  test('the stop waits for the callers', () => {
    const found = broken(`package p

import "sync"

type S struct {
	mu     sync.Mutex
	closed bool
	in     chan int
	stop   chan struct{}
}

func New() *S {
	s := &S{in: make(chan int), stop: make(chan struct{})}
	go s.loop()
	return s
}

func (s *S) loop() {
	for {
		select {
		case <-s.in:
		case <-s.stop:
			return
		}
	}
}

func (s *S) Put(v int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return
	}
	s.in <- v
}

func (s *S) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	close(s.stop)
}
`);
    expect(found).toEqual([]);
  });

  test('tokens are no service', () => {
    const found = broken(`package p

type S struct{ tokens chan int }

func New() *S { return &S{tokens: make(chan int, 1)} }

func (s *S) Do() {
	s.tokens <- 1
	go s.work()
}

func (s *S) work() { defer func() { <-s.tokens }() }

func (s *S) Close() {}
`);
    expect(found).toEqual([]);
  });

  test('a goroutine of the type that hands on what it got', () => {
    const found = broken(`package p

type W struct {
	jobs chan int
	work chan int
	exit chan struct{}
}

func New() *W {
	w := &W{jobs: make(chan int), work: make(chan int), exit: make(chan struct{})}
	go w.collect()
	go w.run()
	return w
}

func (w *W) collect() {
	for {
		select {
		case j := <-w.jobs:
			w.work <- j
		case <-w.exit:
			return
		}
	}
}

func (w *W) run() {
	for {
		select {
		case <-w.work:
		case <-w.exit:
			return
		}
	}
}

func (w *W) Put(j int) {
	select {
	case w.jobs <- j:
	case <-w.exit:
	}
}

func (w *W) Close() { close(w.exit) }
`);
    expect(found).toEqual(['send in line 20: goroutine/Close']);
  });

  test('a range that the end of the type does not reach', () => {
    const found = broken(`package p

type C struct {
	outbox chan []byte
	closed chan struct{}
}

func New(write func([]byte) error) *C {
	c := &C{outbox: make(chan []byte), closed: make(chan struct{})}
	go c.writer(write)
	return c
}

func (c *C) writer(write func([]byte) error) {
	for msg := range c.outbox {
		if write(msg) != nil {
			return
		}
	}
}

func (c *C) Send(msg []byte) bool {
	select {
	case c.outbox <- msg:
		return true
	case <-c.closed:
		return false
	}
}

func (c *C) Close() { close(c.closed) }
`);
    expect(found).toEqual(['range in line 15: goroutine/Close']);
  });

  test('a result that nobody fetches after the stop', () => {
    const fetched = (stop: string) =>
      broken(`package p

type F struct {
	out  chan int
	left int
}

func New() *F { return &F{out: make(chan int)} }

func (f *F) Put(v int) {
	f.left++
	go func() { f.out <- v }()
}

func (f *F) Next() int { return <-f.out }

${stop}
`);
    expect(fetched('func (f *F) Close() { f.left = 0 }')).toEqual(['send in line 12: goroutine/Close']);
    expect(fetched('func (f *F) Close() { for range f.out {} }')).toEqual([]);
    expect(fetched('func (f *F) Close() {}\nfunc (f *F) Run() { for { _ = f.Next() } }')).toEqual([]);
    expect(fetched('func (f *F) Size() int { return f.left }')).toEqual([]);
  });

  test('an answer to a request that has given up', () => {
    const requests = (answer: string, room = '') =>
      broken(`package p

import "time"

type request struct {
	n   int
	out chan int
}

type R struct{ in chan *request }

func New() *R {
	r := &R{in: make(chan *request)}
	go r.loop()
	return r
}

func (r *R) loop() {
	for q := range r.in {
		r.serve(q)
	}
}

func (r *R) serve(q *request) { ${answer} }

func (r *R) Ask(n int) int {
	out := make(chan int${room})
	r.in <- &request{n: n, out: out}
	select {
	case v := <-out:
		return v
	case <-time.After(time.Second):
		return 0
	}
}
`);
    expect(requests('q.out <- q.n')).toEqual(['send in line 24: Ask/']);
    expect(requests('q.out <- q.n', ', 1')).toEqual([]);
    expect(requests('select { case q.out <- q.n: case <-time.After(time.Second): }')).toEqual([]);
    // Somebody answers who gives up: what the plain send answers may be a request that always waits.
    const guarded = 'if q.n > 0 { q.out <- q.n; return }; select { case q.out <- q.n: default: }';
    expect(requests(guarded)).toEqual([]);
  });

  test('a contract whose search does not come to an end is undecided', () => {
    const text = `${SERVICE}
func (s *S) Ask(v int) int {
	s.in <- v
	return <-s.out
}

func (s *S) Close() { close(s.stop) }
`;
    const { undecided } = explorePackage(loadPackage('p', [{ path: 'a.go', text }]), { budget: { states: 2 } });
    expect(undecided.map(({ reason }) => reason)).toContain('contract of its type: more than 2 states');
  });
});

describe('a lock that is taken again further down', () => {
  /** Calls of code that is too much to be searched, which must not matter. */
  const crowd = Array.from({ length: 700 }, (_, at) => {
    const next = at < 699 ? `crowd${at + 1}(v, c)` : 'println(v)';
    return `func crowd${at}(v int, c chan int) {\n\tif v > ${at} {\n\t\tc <- v*${at} + len(c)\n\t}\n\t${next}\n}\n`;
  }).join('\n');

  const store = (reload: string) => `package p

import "sync"

type Store struct {
	mu    sync.Mutex
	items map[string]int
}

func (s *Store) Commit(c chan int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	crowd0(len(s.items), c)
	s.reload(c)
}

func (s *Store) reload(c chan int) {
	crowd0(len(s.items), c)
${reload}
}

func (s *Store) Put(key string, v int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.items[key] = v
}

${crowd}`;

  test('is found however much the functions call besides', () => {
    expect(broken(store('\ts.Put("a", 1)'))).toEqual(['lock in line 23: Commit/ for sure']);
  });

  test('is another one, or released before', () => {
    expect(broken(store('\tnew(Store).Put("a", 1)'))).toEqual([]);
    expect(broken(store('\ts.mu.Unlock()\n\ts.Put("a", 1)\n\ts.mu.Lock()'))).toEqual([]);
    expect(broken(store('\ts.items["a"] = 1'))).toEqual([]);
  });
});
