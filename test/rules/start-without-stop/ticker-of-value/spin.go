package spin

import (
	"io"
	"time"
)

type spinner struct {
	w     io.Writer
	tick  *time.Ticker
	texts chan string
}

// With stops the ticker of its spinner, which its loop does not notice.
func With(w io.Writer, work func(say func(string)) error) error {
	s := &spinner{w: w, tick: time.NewTicker(time.Second), texts: make(chan string, 1)}
	defer s.tick.Stop()
	go s.spin() // want "`s.spin` waits for `s.tick.C`, which a stopped ticker does not close: `Stop` \(line 17\) does not end it"
	return work(func(text string) { s.texts <- text })
}

func (s *spinner) spin() {
	text := ""
	for {
		select {
		case <-s.tick.C:
			io.WriteString(s.w, text)
		case text = <-s.texts:
		}
	}
}

type Hook struct {
	OnStart func()
	OnStop  func()
}

// Hooks stops the ticker in another function than that which starts the loop.
func Hooks(add func(Hook), scan func()) {
	ticker := time.NewTicker(time.Minute)
	add(Hook{
		OnStart: func() {
			go func() { // want "The goroutine waits for `ticker.C`, which a stopped ticker does not close: `Stop` \(line 49\) does not end it"
				for range ticker.C {
					scan()
				}
			}()
		},
		OnStop: func() { ticker.Stop() },
	})
}

// EndedHooks has a channel for the end.
func EndedHooks(add func(Hook), scan func()) {
	ticker := time.NewTicker(time.Minute)
	done := make(chan struct{})
	add(Hook{
		OnStart: func() {
			go func() {
				for {
					select {
					case <-ticker.C:
						scan()
					case <-done:
						return
					}
				}
			}()
		},
		OnStop: func() {
			ticker.Stop()
			close(done)
		},
	})
}

// Own stops its ticker itself, whenever that is.
func Own(scan func()) {
	ticker := time.NewTicker(time.Minute)
	go func() {
		defer ticker.Stop()
		for range ticker.C {
			scan()
		}
	}()
}
