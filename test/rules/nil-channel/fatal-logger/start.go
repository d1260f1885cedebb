// Package fatal starts a service and waits for its end.
package fatal

import (
	"errors"

	"example.org/journal"
)

var errNoPort = errors.New("no port")

func start(port int) (<-chan struct{}, error) {
	if port == 0 {
		return nil, errNoPort
	}
	done := make(chan struct{})
	close(done)
	return done, nil
}

// Serve ends the program when the service does not start: that is what a method called Fatal does.
func Serve(settings *journal.Settings, port int) {
	log := settings.Logger()
	done, err := start(port)
	if err != nil {
		log.Fatal("no service", err)
	}
	<-done
}

// Keeper only writes down what went wrong.
type Keeper struct{ last string }

// Note is what Keepers do.
func (k *Keeper) Note(text string) { k.last = text }

// Keep waits for a service that has not started.
func Keep(keeper *Keeper, port int) {
	done, err := start(port)
	if err != nil {
		keeper.Note("no service")
	}
	<-done // want nil-channel:"`done` is nil"
}
