package dispatch

type sink struct {
	lines chan string
}

func newSink() *sink { return &sink{lines: make(chan string)} }

func (s *sink) drain(stop <-chan struct{}, use func(string)) {
	for {
		select {
		case <-stop:
			return
		case line := <-s.lines:
			use(line)
		}
	}
}

func (s *sink) put(line string) { s.lines <- line }

func forward(input <-chan string, s *sink) {
	for line := range input {
		go s.put(line) // want "A goroutine is started for each element of `input` without a limit, so they pile up while its send on `s.lines` blocks forever"
	}
}

// limited is quiet: a slot is taken before each start.
func limited(input <-chan string, s *sink) {
	slots := make(chan struct{}, 8)
	for line := range input {
		slots <- struct{}{}
		go func() {
			defer func() { <-slots }()
			s.put(line)
		}()
	}
}

// few is quiet: the number of rounds is small and constant.
func few(s *sink) {
	for range 4 {
		go s.put("hello")
	}
}

// once is quiet: it is not repeated.
func once(s *sink) {
	go s.put("hello")
}
