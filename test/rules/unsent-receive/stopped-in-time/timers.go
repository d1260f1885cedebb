package timers

import "time"

// A timer that was stopped in time never fires.
func inverted(work func()) {
	t := time.NewTimer(time.Hour)
	defer func() {
		if t.Stop() {
			<-t.C // want "nobody sends on or closes `t.C`"
		}
	}()
	work()
}

// One that was not has left its value.
func drained(d time.Duration, stop chan struct{}) {
	t := time.NewTimer(d)
	<-stop
	if !t.Stop() {
		<-t.C
	}
	t.Reset(d)
	<-t.C
}
