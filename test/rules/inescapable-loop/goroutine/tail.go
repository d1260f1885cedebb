package tail

import "context"

type file struct {
	grown chan int
}

func (f *file) read(n int) {}

func follow(ctx context.Context, files []*file) {
	for _, f := range files {
		go func() { // want "The goroutine is started for each element of `files` and loops with no way out, although `ctx` is available"
			for {
				n := <-f.grown
				f.read(n)
			}
		}()
	}
}

// ends is quiet: it leaves with the context.
func ends(ctx context.Context, files []*file) {
	for _, f := range files {
		go func() {
			for {
				select {
				case <-ctx.Done():
					return
				case n := <-f.grown:
					f.read(n)
				}
			}
		}()
	}
}

// fails is quiet: it ends when reading fails.
func fails(ctx context.Context, files []func() error) {
	for _, read := range files {
		go func() {
			for {
				if read() != nil {
					return
				}
			}
		}()
	}
}
