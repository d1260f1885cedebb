package goroutines

func produce(parts []string) []string {
	lines := make(chan string, len(parts))
	go func() {
		for _, part := range parts {
			lines <- part // want "`lines <- part` panics when `lines` is already closed on line 10"
		}
	}()
	close(lines)
	var got []string
	for line := range lines {
		got = append(got, line)
	}
	return got
}

func produceThenClose(parts []string) []string {
	lines := make(chan string, len(parts))
	go func() {
		defer close(lines)
		for _, part := range parts {
			lines <- part
		}
	}()
	var got []string
	for line := range lines {
		got = append(got, line)
	}
	return got
}

func twice(failed bool) {
	done := make(chan struct{})
	defer close(done) // want "`close\(done\)` panics when the channel is already closed on line 37"
	if failed {
		close(done)
	}
}
