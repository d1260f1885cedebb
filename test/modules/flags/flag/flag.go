// Package flag has a boolean that several goroutines may use.
package flag

import "sync/atomic"

// Flag is off at first.
type Flag struct {
	state int32
}

// New returns a flag that is off.
func New() *Flag {
	return &Flag{state: number(false)}
}

// On says whether the flag was raised.
func (f *Flag) On() bool {
	return atomic.LoadInt32(&f.state) == 1
}

// Raise raises the flag.
func (f *Flag) Raise() {
	atomic.StoreInt32(&f.state, number(true))
}

func number(b bool) int32 {
	if b {
		return 1
	}
	return 0
}
