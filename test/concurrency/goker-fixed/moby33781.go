package fixed

import (
	"context"
	"time"
)

func monitor(stop chan bool) {
	probes := time.NewTicker(time.Second)
	defer probes.Stop()
	for {
		select {
		case <-stop:
			return
		case <-probes.C:
			results := make(chan bool, 1)
			ctx, cancel := context.WithTimeout(context.Background(), time.Second)
			go func() {
				results <- true
				close(results)
			}()
			select {
			case <-stop:
				cancel()
				return
			case <-results:
				cancel()
			case <-ctx.Done():
				cancel()
			}
		}
	}
}

func run() {
	stop := make(chan bool)
	go monitor(stop)
	close(stop)
}
