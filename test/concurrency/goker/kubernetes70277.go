package kernel

import "time"

type waiter func(done <-chan struct{}) <-chan struct{}

func waitFor(wait waiter, ok func() bool, done <-chan struct{}) {
	ticks := wait(done)
	for {
		_, open := <-ticks
		if ok() || !open {
			return
		}
	}
}

func poll(interval, limit time.Duration) waiter {
	return func(done <-chan struct{}) <-chan struct{} {
		ticks := make(chan struct{})
		go func() {
			defer close(ticks)
			tick := time.NewTicker(interval)
			defer tick.Stop()
			after := time.NewTimer(limit)
			defer after.Stop()
			for {
				select {
				case <-tick.C:
					select {
					case ticks <- struct{}{}:
					default:
					}
				case <-after.C:
					return
				case <-done:
					return
				}
			}
		}()
		return ticks
	}
}

func Leak() {
	go func() {
		stop := make(chan struct{})
		defer close(stop)
		wait := poll(time.Millisecond, 20*time.Millisecond)
		var given <-chan struct{}
		waitFor(func(done <-chan struct{}) <-chan struct{} {
			given = done
			return wait(done)
		}, func() bool {
			return true
		}, stop)
		<-given // leaks
	}()
}
