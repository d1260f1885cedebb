package queue

import (
	"context"
	"sync"
)

// Queue runs functions one after the other.
type Queue struct {
	mu   sync.Mutex
	more *sync.Cond
	jobs []func()
}

func New() *Queue {
	q := &Queue{}
	q.more = sync.NewCond(&q.mu)
	go q.work()
	return q
}

func (q *Queue) work() {
	for {
		q.mu.Lock()
		for len(q.jobs) == 0 {
			q.more.Wait()
		}
		job := q.jobs[0]
		q.jobs = q.jobs[1:]
		q.mu.Unlock()
		job()
	}
}

func (q *Queue) push(job func()) {
	q.mu.Lock()
	q.jobs = append(q.jobs, job)
	q.mu.Unlock()
	q.more.Signal()
}

// Ask may leave before its job is done.
func (q *Queue) Ask(ctx context.Context, f func() int) (int, error) {
	answer := make(chan int)
	q.push(func() {
		answer <- f() // want "^If the code that takes the function calls it after `.*Ask` has returned"
	})
	select {
	case n := <-answer:
		return n, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// Roomy has a buffer for the answer.
func (q *Queue) Roomy(ctx context.Context, f func() int) (int, error) {
	answer := make(chan int, 1)
	q.push(func() { answer <- f() })
	select {
	case n := <-answer:
		return n, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// Events keeps its callbacks, and calls them as long as they are kept: what takes them out is out of sight here.
type Events struct {
	mu   sync.Mutex
	subs []func(int)
}

func (e *Events) add(f func(int)) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.subs = append(e.subs, f)
}

func (e *Events) emit(n int) {
	for _, f := range e.subs {
		f(n)
	}
}

func (e *Events) First(ctx context.Context) int {
	got := make(chan int)
	e.add(func(n int) { got <- n })
	select {
	case n := <-got:
		return n
	case <-ctx.Done():
		return 0
	}
}

type message struct {
	key   string
	reply chan string
}

// Broker keeps its messages in a map of lists.
type Broker struct {
	mu      sync.Mutex
	waiting map[string][]*message
}

func (b *Broker) Wait(ctx context.Context, key string) string {
	m := &message{key: key, reply: make(chan string)} // want "^If `Wait` returns on line 116 before it is answered, `m.reply <- value` blocks forever: `m.reply` is unbuffered"
	b.mu.Lock()
	b.waiting[key] = append(b.waiting[key], m)
	b.mu.Unlock()
	select {
	case value := <-m.reply:
		return value
	case <-ctx.Done():
		return ""
	}
}

func (b *Broker) Publish(key, value string) {
	b.mu.Lock()
	waiting := b.waiting[key]
	delete(b.waiting, key)
	b.mu.Unlock()
	for _, m := range waiting {
		m.reply <- value
	}
}
