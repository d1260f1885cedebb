package empty

func fastest(hosts []string, ask func(string) string) string {
	answers := make(chan string, len(hosts))
	for _, host := range hosts {
		go func() { answers <- ask(host) }()
	}
	return <-answers
}

func watched(hosts []string, ask func(string) string, report func(string)) {
	answers := make(chan string, 1)
	go func() {
		report(<-answers) // want "^If `hosts` is empty, `<-answers` blocks forever: nobody sends on or closes `answers`"
	}()
	for _, host := range hosts {
		answers <- ask(host)
		return
	}
}
