// Package peer has handlers of which there is one at a time, and hooks that run at the end.
package peer

// Conn calls one handler.
type Conn struct {
	onMessage func(string)
	onStop    []func()
	listeners []func(string)
}

// OnMessage replaces the handler.
func (c *Conn) OnMessage(f func(string)) {
	c.onMessage = f
}

// OnStop adds a hook for the end.
func (c *Conn) OnStop(f func()) {
	c.onStop = append(c.onStop, f)
}

// OnEvent adds a listener.
func (c *Conn) OnEvent(f func(string)) {
	c.listeners = append(c.listeners, f)
}

// Serve has one handler after the other.
func Serve(c *Conn) string {
	messages := make(chan string, 1)
	c.OnMessage(func(m string) {
		select {
		case messages <- m:
		default:
		}
	})
	return <-messages
}

// Start leaves a hook that ends what it starts.
func Start(c *Conn, work func(<-chan struct{})) {
	stop := make(chan struct{})
	go work(stop)
	c.OnStop(func() {
		close(stop)
	})
}

// Watch leaves one listener for each call.
func Watch(c *Conn) string {
	events := make(chan string, 1)
	c.OnEvent(func(e string) { // want "it is never unregistered|nothing undoes"
		select {
		case events <- e:
		default:
		}
	})
	return <-events
}
