package kernel

import "context"

type order struct {
	parts []chan bool
}

// collect waits for every part; after the end of the context the parts are still taken off.
func (o *order) collect(ctx context.Context) {
	for _, part := range o.parts {
		select {
		case <-part:
		case <-ctx.Done():
			go func() {
				for _, part := range o.parts {
					<-part // leaks
				}
			}()
			return
		}
	}
}

func (o *order) deliver(ctx context.Context) {
	for _, part := range o.parts {
		select {
		case part <- true:
		case <-ctx.Done():
			return
		}
	}
}

func Leak() {
	o := &order{parts: []chan bool{make(chan bool), make(chan bool)}}
	ctx, cancel := context.WithCancel(context.Background())
	go o.deliver(ctx)
	go o.collect(ctx)
	go cancel()
}
