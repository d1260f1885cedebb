// Package index looks words up in a loop of its own; each request carries the channel for its answer.
package index

import "time"

type lookup struct {
	word string
	rows chan []int
}

type Index struct {
	lookups chan lookup
	counts  chan count
	rows    map[string][]int
}

func New() *Index {
	return &Index{lookups: make(chan lookup, 8), counts: make(chan count), rows: map[string][]int{}}
}

// Serve runs until the process ends.
func (x *Index) Serve() {
	for {
		select {
		case request := <-x.lookups:
			x.answer(request)
		case request := <-x.counts:
			request.total <- len(x.rows)
		}
	}
}

func (x *Index) answer(request lookup) {
	request.rows <- x.rows[request.word] // want "If `Find` returns before it is answered, `request.rows <- x.rows\[request.word\]` blocks forever"
}

// Find gives up when the answer takes too long.
func (x *Index) Find(word string, patience time.Duration) []int {
	rows := make(chan []int)
	x.lookups <- lookup{word: word, rows: rows}
	select {
	case found := <-rows:
		return found
	case <-time.After(patience):
		return nil
	}
}

type count struct {
	total chan int
}

// Count gives up as well, but there is room for the late answer.
func (x *Index) Count(patience time.Duration) int {
	total := make(chan int, 1)
	x.counts <- count{total: total}
	select {
	case n := <-total:
		return n
	case <-time.After(patience):
		return -1
	}
}
