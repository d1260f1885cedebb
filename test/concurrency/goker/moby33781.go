package kernel

import (
	"context"
	"time"
)

const pause = time.Millisecond

func watch(stop chan bool) {
	for {
		select {
		case <-stop:
			return
		case <-time.After(pause):
			found := make(chan bool)
			ctx, cancel := context.WithTimeout(context.Background(), pause)
			go func() {
				found <- true // leaks
				close(found)
			}()
			select {
			case <-stop:
				cancel()
				return
			case <-found:
				cancel()
			case <-ctx.Done():
				cancel()
				<-found
			}
		}
	}
}

func Leak() {
	stop := make(chan bool)
	go watch(stop)
	go func() {
		time.Sleep(pause)
		stop <- true
	}()
}
