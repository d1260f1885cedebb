// Package registered counts what a package-level variable holds.
package registered

import (
	"example.org/settings"
	"sync"
)

var hooks []func()

// Register adds a hook.
func Register(hook func()) {
	hooks = append(hooks, hook)
}

// RunAll reads the variable twice and finds the same hooks.
func RunAll() {
	var running sync.WaitGroup
	running.Add(len(hooks))
	for _, hook := range hooks {
		go func() {
			defer running.Done()
			hook()
		}()
	}
	running.Wait()
}

// RunLast has one more hook than it has counted.
func RunLast(last func()) {
	var running sync.WaitGroup
	running.Add(len(hooks))
	hooks = append(hooks, last)
	for _, hook := range hooks {
		go func() {
			defer running.Done() // want "the counter of `running` is already 0"
			hook()
		}()
	}
	running.Wait()
}
