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

// Answers holds who waits for which answer.
type Answers struct{ waiting map[int]chan string }

// Give ends the program when nobody waits for the answer.
func (a *Answers) Give(settings *journal.Settings, id int, text string) {
	out, ok := a.waiting[id]
	if !ok {
		settings.Logger().Fatalf("nobody asked %d", id)
	}
	out <- text
}

// Start gives answers in the background.
func (a *Answers) Start(settings *journal.Settings, texts []string) {
	a.waiting = make(map[int]chan string)
	go func() {
		for id, text := range texts {
			a.Give(settings, id, text)
		}
	}()
}
