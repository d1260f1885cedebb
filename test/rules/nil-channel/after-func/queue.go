package queue

import "time"

type queue struct {
	timer *time.Timer
	wake  func()
}

func (q *queue) schedule(d time.Duration) {
	if q.timer == nil {
		q.timer = time.AfterFunc(d, q.wake)
		return
	}
	if !q.timer.Stop() {
		<-q.timer.C // want "a timer of `time.AfterFunc` has no channel"
	}
	q.timer.Reset(d)
}

func (q *queue) cancel() {
	if q.timer != nil && !q.timer.Stop() {
		<-q.timer.C // want "a timer of `time.AfterFunc` has no channel"
	}
	q.timer = nil
}

// A timer of `time.NewTimer` has a channel, and one that may be either is left alone.
type poll struct {
	timer *time.Timer
	next  *time.Timer
}

func (p *poll) start(d time.Duration, f func()) {
	p.timer = time.NewTimer(d)
	p.next = time.AfterFunc(d, f)
}

func (p *poll) restart(d time.Duration) {
	p.next = time.NewTimer(d)
}

func (p *poll) wait() {
	if !p.timer.Stop() {
		<-p.timer.C
	}
	if !p.next.Stop() {
		<-p.next.C
	}
}
