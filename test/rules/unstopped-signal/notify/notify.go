package notify

import (
	"os"
	"os/signal"
)

func reload(load func() error) error {
	c := make(chan os.Signal, 1)
	signal.Notify(c, os.Interrupt) // want "The return on line 16 is reached without `signal.Stop\(c\)`, so the goroutine that receives the signals leaks"
	go func() {
		for range c {
			load()
		}
	}()
	return load()
}

// stopped is quiet.
func stopped(load func() error) error {
	c := make(chan os.Signal, 1)
	signal.Notify(c, os.Interrupt)
	defer func() {
		signal.Stop(c)
		close(c)
	}()
	go func() {
		for range c {
			load()
		}
	}()
	return load()
}

// waits is quiet: no goroutine is left behind.
func waits() {
	c := make(chan os.Signal, 1)
	signal.Notify(c, os.Interrupt)
	<-c
}

// owned is quiet: the caller has the channel.
func owned() chan os.Signal {
	c := make(chan os.Signal, 1)
	signal.Notify(c, os.Interrupt)
	return c
}

// ends is quiet: the signal ends the process.
func ends(save func()) {
	c := make(chan os.Signal, 1)
	signal.Notify(c, os.Interrupt)
	go func() {
		for range c {
			save()
			os.Exit(1)
		}
	}()
}

// first is quiet: one signal, one goroutine.
func first(shutdown func(), serve func() error) error {
	c := make(chan os.Signal, 1)
	signal.Notify(c, os.Interrupt)
	go func() {
		<-c
		shutdown()
	}()
	return serve()
}
