package iterator

import "iter"

type log struct{ lines []string }

// All reads ahead; whoever breaks out of the loop leaves the reader behind.
func (l *log) All() iter.Seq[string] {
	return func(yield func(string) bool) {
		ahead := make(chan string)
		go func() {
			defer close(ahead)
			for _, line := range l.lines {
				ahead <- line // want "nobody receives from `ahead` after the function on line 9 returns on line 19"
			}
		}()
		for line := range ahead {
			if !yield(line) {
				return
			}
		}
	}
}

func (l *log) Numbered() iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		ahead, done := make(chan string), make(chan struct{})
		defer close(done)
		go func() {
			defer close(ahead)
			for _, line := range l.lines {
				select {
				case ahead <- line:
				case <-done:
					return
				}
			}
		}()
		n := 0
		for line := range ahead {
			if !yield(n, line) {
				return
			}
			n++
		}
	}
}

func (l *log) Drained() iter.Seq[string] {
	return func(yield func(string) bool) {
		ahead := make(chan string)
		go func() {
			defer close(ahead)
			for _, line := range l.lines {
				ahead <- line
			}
		}()
		wanted := true
		for line := range ahead {
			wanted = wanted && yield(line)
		}
	}
}

func count(upTo int) iter.Seq[int] {
	numbers := make(chan int)
	go func() {
		defer close(numbers)
		for n := 0; n < upTo; n++ {
			numbers <- n // want "If the caller of `count` stops reading from the channel that it returns"
		}
	}()
	return func(yield func(int) bool) {
		for n := range numbers {
			if !yield(n) {
				return
			}
		}
	}
}

// Leak leaves both producers behind.
func Leak() {
	for range (&log{lines: []string{"a", "b", "c"}}).All() {
		break
	}
	for range count(3) {
		break
	}
}
