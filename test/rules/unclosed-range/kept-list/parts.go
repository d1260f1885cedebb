package parts

type part struct {
	size  int
	input chan int
}

func (p *part) start(size int) {
	*p = part{size: size}
	p.input = make(chan int, 10)
	go p.run()
}

func (p *part) run() {
	for range p.input {
	}
}

type Store struct{ parts []part }

// The elements belong to the store, so whoever has the store may close their channels.
func (s *Store) Start(count int) {
	s.parts = make([]part, count)
	for i := range s.parts {
		s.parts[i].start(count)
	}
}

func (s *Store) Close() {
	for i := range s.parts {
		close(s.parts[i].input)
	}
}

func Count(values []int) int {
	total := 0
	for range make([]part, 2) {
		results := make(chan int)
		go func() {
			for value := range results { // want "^`range results` never ends"
				total += value
			}
		}()
		for _, value := range values {
			results <- value
		}
	}
	return total
}
