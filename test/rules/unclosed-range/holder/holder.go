package holder

import "io"

type logger struct {
	out      io.Writer
	colorful bool
}

func (l *logger) setOutput(w io.Writer) { l.out = w }

type writer struct{ lines chan string }

func (w *writer) Write(p []byte) (int, error) {
	select {
	case w.lines <- string(p):
	default:
	}
	return len(p), nil
}

func newWriter() *writer {
	w := &writer{lines: make(chan string, 10)}
	go func() {
		for line := range w.lines { // want "If `loggers` is empty, `range w.lines` never ends"
			println(line)
		}
	}()
	return w
}

var loggers = make(map[string]*logger)

// redirect hands the writer to each of the loggers, which keep it.
func redirect() {
	plain()
	setAll(newWriter())
}

func plain() {
	for _, l := range loggers {
		l.colorful = false
	}
}

func setAll(w io.Writer) {
	for _, l := range loggers {
		l.setOutput(w)
	}
}
