package triggers

import "context"

type links interface {
	Length() int
	Done() bool
	Next() string
}

// The buffer was measured for the loop that fills it.
func listing(from links) <-chan string {
	found := make(chan string, from.Length())
	for !from.Done() {
		found <- from.Next()
	}
	close(found)
	return found
}

func wait(ctx context.Context, hosts []string, ask func(string) string) string {
	answers := make(chan string)
	for _, host := range hosts {
		go func() {
			answers <- ask(host) // want "^`answers <- ask\(host\)` blocks forever"
		}()
	}
	select {
	case answer := <-answers:
		return answer
	case <-ctx.Done():
		return ""
	}
}

const backlog = 2

// A constant was measured for no loop.
func constant(from links) <-chan string {
	found := make(chan string, backlog)
	for !from.Done() {
		found <- from.Next() // want "^`found <- from.Next\(\)` blocks forever"
	}
	close(found)
	return found
}

// The buffer was measured for one value a round.
func both(hosts []string, ask func(string) string) []string {
	answers := make(chan string, len(hosts))
	for _, host := range hosts {
		answers <- host      // want "^`answers <- host` blocks forever"
		answers <- ask(host) // want "^`answers <- ask\(host\)` blocks forever"
	}
	close(answers)
	var all []string
	for answer := range answers {
		all = append(all, answer)
	}
	return all
}
