package future

import (
	"context"
	"os/exec"
)

// Future is asked for its value, or not.
type Future struct{ value chan int }

func Async(compute func() int) *Future {
	f := &Future{value: make(chan int)}
	go func() {
		f.value <- compute() // want "^If the caller of `Async` does not receive the result, `f.value <- compute\(\)` blocks forever"
	}()
	return f
}

func (f *Future) Get() int { return <-f.value }

func Start(name string) func() error {
	ended := make(chan error)
	cmd := exec.Command(name)
	go func() {
		ended <- cmd.Run() // want "^If the caller of `Start` does not receive the result"
	}()
	return func() error { return <-ended }
}

type pending struct{ answer chan string }

// ask is called in the package, but its reader may leave.
func ask(read func() string) *pending {
	p := &pending{answer: make(chan string)}
	go p.run(read)
	return p
}

func (p *pending) run(read func() string) {
	p.answer <- read() // want "nobody receives from `p.answer` after `Read` returns"
}

func (p *pending) Wait(ctx context.Context) (string, error) {
	select {
	case text := <-p.answer:
		return text, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func Read(ctx context.Context, read func() string) (string, error) { return ask(read).Wait(ctx) }

// Roomy has room for its value.
func Roomy(compute func() int) func() int {
	value := make(chan int, 1)
	go func() { value <- compute() }()
	return func() int { return <-value }
}

// Obliged tells its callers that they must call what it returns.
func Obliged(compute func() int) func() int {
	value := make(chan int)
	go func() { value <- compute() }()
	return func() int { return <-value }
}

type task struct{ value chan int }

// begin is for the package, which waits in any case.
func begin(compute func() int) *task {
	t := &task{value: make(chan int)}
	go func() { t.value <- compute() }()
	return t
}

func (t *task) Get() int { return <-t.value }

func Compute(compute func() int) int { return begin(compute).Get() }
