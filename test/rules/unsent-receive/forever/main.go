// Package main waits forever on purpose, and once by mistake.
package main

import "net/http"

func run() error {
	srv := &http.Server{Addr: "localhost:0"}
	go srv.ListenAndServe()
	forever := make(chan struct{})
	<-forever
	return nil
}

// Who asks for a value expects an answer.
func answer() int {
	answers := make(chan int)
	return <-answers // want "^`<-answers` blocks forever"
}

func main() {
	println(answer())
	_ = run()
}
