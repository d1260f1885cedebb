package fixed

import "math/rand"

type client struct {
	stop chan bool
}

func (c *client) loop() {
	for i := 0; i < 3; i++ {
		done := make(chan bool)
		go func() {
			defer close(done)
			for {
				if rand.Intn(10) > 7 {
					select {
					case done <- true:
					case <-c.stop:
					}
					return
				}
			}
		}()
		<-done
	}
}

func run() {
	c := &client{stop: make(chan bool)}
	go c.loop()
	close(c.stop)
}
