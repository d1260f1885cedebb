package handed

import (
	"context"
	"net/http"
)

type request interface{ Context() context.Context }

type response interface{ SetOutput(from <-chan string) }

type command struct {
	run func(req request, res response, names []string)
}

var list = &command{
	run: func(req request, res response, names []string) {
		out := make(chan string)
		res.SetOutput(out)
		go func() {
			defer close(out)
			for range names {
				<-req.Context().Done()
			}
		}()
	},
}

var names = &command{
	run: func(req request, res response, names []string) {
		ctx := req.Context()
		if ctx.Err() != nil {
			return
		}
		out := make(chan string)
		res.SetOutput(out)
		go func() {
			defer close(out)
			for _, name := range names {
				out <- name // want "If the code that it was handed to stops reading from `out`"
			}
		}()
	},
}

var selecting = &command{
	run: func(req request, res response, names []string) {
		out := make(chan string)
		res.SetOutput(out)
		go func() {
			defer close(out)
			for _, name := range names {
				select {
				case out <- name:
				case <-req.Context().Done():
					return
				}
			}
		}()
	},
}

func serve(w http.ResponseWriter, r *http.Request, res response) {
	out := make(chan string)
	go func() {
		defer close(out)
		out <- r.URL.Path // want "stops reading from `out`"
	}()
	res.SetOutput(out)
}

func serveSelecting(w http.ResponseWriter, r *http.Request, res response) {
	out := make(chan string)
	go func() {
		defer close(out)
		select {
		case out <- r.URL.Path:
		case <-r.Context().Done():
		}
	}()
	res.SetOutput(out)
}

func verify(r *http.Request, res response, names []string) {
	out := make(chan string)
	defer close(out)
	res.SetOutput(out)
	for _, name := range names {
		if name == "" {
			out <- "no name" // want "If the code that it was handed to stops reading from `out`"
			continue
		}
		out <- name
	}
}

func detached(res response, names []string) {
	out := make(chan string)
	res.SetOutput(out)
	go func() {
		defer close(out)
		for _, name := range names {
			out <- name
		}
	}()
}
