package kernel

import (
	"context"
	"sync"
	"time"
)

type prober interface {
	alive() bool
}

type probe struct {
	answer func() bool
}

func (p probe) alive() bool {
	return p.answer()
}

type keeper struct {
	p      prober
	mu     sync.Mutex
	exits  chan int
	epochs map[int]struct{}
	epoch  int
}

func (k *keeper) run(ctx context.Context) {
	for {
		select {
		case epoch := <-k.exits:
			k.mu.Lock()
			delete(k.epochs, epoch)
			left := len(k.epochs)
			k.mu.Unlock()
			if left == 0 {
				return
			}
		case <-ctx.Done():
			return
		}
	}
}

func (k *keeper) restart(ctx context.Context) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.await()
	k.epoch++
	k.epochs[k.epoch] = struct{}{}
	go k.wait(ctx, k.epoch)
}

func (k *keeper) wait(ctx context.Context, epoch int) {
	k.exits <- epoch // leaks
}

func (k *keeper) await() {
	if len(k.epochs) == 0 {
		return
	}
	timer := time.NewTimer(time.Microsecond)
	defer timer.Stop()
	if k.p.alive() {
		return
	}
	<-timer.C
}

func Leak() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	k := &keeper{
		p:      probe{func() bool { return false }},
		exits:  make(chan int),
		epochs: make(map[int]struct{}),
	}
	go k.run(ctx)
	k.restart(ctx)
	go k.restart(ctx)
	time.Sleep(time.Microsecond)
}
