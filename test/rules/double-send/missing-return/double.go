package double

import "errors"

type answer struct {
	value int
	err   error
}

func compute(n int) (int, error) {
	if n < 0 {
		return 0, errors.New("negative")
	}
	return n, nil
}

func start(n int) answer {
	answers := make(chan answer)
	go func() {
		value, err := compute(n)
		if err != nil {
			answers <- answer{err: err}
		}
		answers <- answer{value: value} // want "blocks forever: the branch on line 22 has already sent on `answers` and does not return"
	}()
	return <-answers
}

func startOnce(n int) answer {
	answers := make(chan answer)
	go func() {
		value, err := compute(n)
		if err != nil {
			answers <- answer{err: err}
			return
		}
		answers <- answer{value: value}
	}()
	return <-answers
}

// Leak leaves the goroutine in its second send.
func Leak() {
	_ = start(-1)
}
