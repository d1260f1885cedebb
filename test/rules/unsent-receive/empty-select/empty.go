package empty

func park() {
	go func() {
		select {} // want "`select {}` blocks forever, and this goroutine with it"
	}()
}

func serve(start func()) {
	start()
	select {}
}

// Leak leaves one goroutine behind.
func Leak() {
	park()
}
