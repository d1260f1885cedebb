package settings

type flags interface {
	GetBool(name string) bool
}

// watch asks for the same setting before and after: it was set both times, or neither time.
func watch(f flags, work func() error) error {
	var failed chan error
	if f.GetBool("watch") {
		failed = make(chan error)
		go func() { failed <- work() }()
	}
	if f.GetBool("watch") {
		return <-failed
	}
	return nil
}
