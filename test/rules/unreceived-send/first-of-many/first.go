package first

func ask(host string) string { return host }

func fastest(hosts []string) string {
	answers := make(chan string)
	for _, host := range hosts {
		go func() {
			answers <- ask(host) // want "nobody receives from `answers` after `fastest` returns"
		}()
	}
	return <-answers
}

func all(hosts []string) []string {
	answers := make(chan string)
	for _, host := range hosts {
		go func() {
			answers <- ask(host)
		}()
	}
	var got []string
	for range hosts {
		got = append(got, <-answers)
	}
	return got
}

// Leak leaves two goroutines behind.
func Leak() {
	_ = fastest([]string{"a", "b", "c"})
}
