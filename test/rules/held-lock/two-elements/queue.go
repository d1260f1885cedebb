package queue

import (
	"sort"
	"sync"
)

type job struct {
	mu   sync.Mutex
	rank int
}

type queue struct{ jobs []*job }

// `sort` compares no element with itself.
func (q *queue) sort() {
	sort.SliceStable(q.jobs, func(i, j int) bool {
		q.jobs[i].mu.Lock()
		defer q.jobs[i].mu.Unlock()
		q.jobs[j].mu.Lock()
		defer q.jobs[j].mu.Unlock()
		return q.jobs[i].rank < q.jobs[j].rank
	})
}

func (q *queue) raise(at int) {
	q.jobs[at].mu.Lock()
	defer q.jobs[at].mu.Unlock()
	if q.jobs[at].rank < 9 {
		q.jobs[at].mu.Lock() // want "blocks forever: this goroutine already holds the lock, since line 27"
		q.jobs[at].rank++
		q.jobs[at].mu.Unlock()
	}
}

func runQueue(n int) {
	q := &queue{}
	for range n {
		q.jobs = append(q.jobs, &job{})
	}
	q.sort()
	q.raise(0)
}
