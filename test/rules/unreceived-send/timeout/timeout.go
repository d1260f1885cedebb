package timeout

import (
	"errors"
	"time"
)

func query() string { time.Sleep(20 * time.Millisecond); return "rows" }

func queryWithin(limit time.Duration) (string, error) {
	answer := make(chan string)
	go func() {
		answer <- query() // want "nobody receives from `answer` after `queryWithin` returns on line 19"
	}()
	select {
	case rows := <-answer:
		return rows, nil
	case <-time.After(limit):
		return "", errors.New("too slow")
	}
}

func queryTwice(limit time.Duration) string {
	answer := make(chan string)
	go func() {
		answer <- query()
	}()
	select {
	case rows := <-answer:
		return rows
	case <-time.After(limit):
		return <-answer
	}
}

// Leak leaves the query's goroutine behind.
func Leak() {
	_, _ = queryWithin(time.Millisecond)
}
