package session

type session struct {
	lines chan string
	count int
}

func (s *session) read() {
	for range s.lines {
		s.count++
	}
}

func (s *session) put(line string) { s.lines <- line }

// Serve starts a reader for each name, and nobody closes what it reads from.
func Serve(names []string) {
	for _, name := range names {
		s := &session{lines: make(chan string)}
		go s.read() // want "`s.read` ranges over `s.lines`, which nothing in the package closes"
		s.put(name)
	}
}

type finite struct {
	lines chan string
}

// Echo is quiet: the channel is closed after the last send.
func Echo(names []string) {
	for _, name := range names {
		f := &finite{lines: make(chan string)}
		go func() {
			for range f.lines {
			}
		}()
		f.lines <- name
		close(f.lines)
	}
}
