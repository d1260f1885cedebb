package kernel

import "math/rand"

type rider struct {
	stop chan bool
}

func (r *rider) laps() {
	for {
		done := make(chan bool)
		go func() {
			if rand.Intn(10) > 7 {
				done <- false // leaks
				return
			}
			done <- true // leaks
		}()
		select {
		case <-r.stop:
			return
		case <-done:
		}
	}
}

func Leak() {
	r := &rider{stop: make(chan bool)}
	go r.laps()
	go func() {
		r.stop <- true
	}()
}
