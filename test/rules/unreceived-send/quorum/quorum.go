package quorum

import (
	"errors"
	"sync"
)

type Replica interface{ Write(value string) error }

var errNoQuorum = errors.New("no quorum")

// Write returns once the larger half has answered.
func Write(replicas []Replica, value string) error {
	acks := make(chan error)
	for _, replica := range replicas {
		go func() { acks <- replica.Write(value) }() // want "nobody receives from `acks` after `Write` returns"
	}
	need := len(replicas)/2 + 1
	written := 0
	for range replicas {
		if err := <-acks; err == nil {
			written++
		}
		if written >= need {
			return nil
		}
	}
	return errNoQuorum
}

// WriteAll hears all of them.
func WriteAll(replicas []Replica, value string) error {
	acks := make(chan error)
	for _, replica := range replicas {
		go func() { acks <- replica.Write(value) }()
	}
	need := len(replicas)/2 + 1
	written := 0
	for range replicas {
		if err := <-acks; err == nil {
			written++
		}
	}
	if written >= need {
		return nil
	}
	return errNoQuorum
}

type group struct{ wg sync.WaitGroup }

func (g *group) run(f func()) {
	g.wg.Add(1)
	go func() {
		defer g.wg.Done()
		f()
	}()
}

// Feed sends to workers that leave at their first failure; a helper starts them.
func Feed(values []string, replica Replica) error {
	jobs := make(chan string)
	failed := make(chan error, 3)
	var workers group
	for i := 0; i < 3; i++ {
		workers.run(func() {
			for value := range jobs {
				if err := replica.Write(value); err != nil {
					failed <- err
					return
				}
			}
		})
	}
	for _, value := range values {
		jobs <- value // want "`jobs <- value` blocks forever: nobody receives from `jobs`"
	}
	close(jobs)
	workers.wg.Wait()
	close(failed)
	return <-failed
}
