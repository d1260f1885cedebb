package calls

import "log"

func each(items []string, handle func(string)) {
	for _, item := range items {
		go handleAll(item, handle) // want "A panic in `handleAll` ends the whole process"
		go func() {                // want "A panic in the goroutine ends the whole process"
			handle(item)
		}()
	}
}

func handleAll(item string, handle func(string)) {
	handle(item)
}

// safe is quiet: it recovers.
func safe(items []string, handle func(string)) {
	for _, item := range items {
		go func() {
			defer func() {
				if r := recover(); r != nil {
					log.Print(r)
				}
			}()
			handle(item)
		}()
		go func() {
			defer logPanic()
			handle(item)
		}()
	}
}

func logPanic() {
	if r := recover(); r != nil {
		log.Print(r)
	}
}

// trivial is quiet: it calls nothing.
func trivial(done chan struct{}) {
	go func() { close(done) }()
}
