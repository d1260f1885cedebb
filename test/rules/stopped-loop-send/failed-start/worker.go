package worker

import "os"

type command struct{ answer chan error }

type worker struct {
	path     string
	commands chan command
}

// Who gets an error from Start does not use the worker.
func (w *worker) Start() error {
	w.commands = make(chan command)
	started := make(chan error)
	go func() {
		file, err := os.Open(w.path)
		if err != nil {
			started <- err
			return
		}
		defer file.Close()
		started <- nil
		for one := range w.commands {
			one.answer <- file.Sync()
		}
	}()
	return <-started
}

func (w *worker) Sync() error {
	answer := make(chan error)
	w.commands <- command{answer: answer}
	return <-answer
}

func (w *worker) Stop() { close(w.commands) }
