package deaf

import (
	"context"
	"sync"
)

type frame struct{ id int }

// Conn serves its handlers in one loop.
type Conn struct {
	writes  chan frame
	reads   chan int
	resets  chan int
	serving chan struct{}
	next    func() (frame, error)
	put     func(frame) error
}

func NewConn(next func() (frame, error), put func(frame) error) *Conn {
	return &Conn{
		writes:  make(chan frame),
		reads:   make(chan int),
		resets:  make(chan int),
		serving: make(chan struct{}),
		next:    next,
		put:     put,
	}
}

func (c *Conn) Serve(stop <-chan struct{}) error {
	defer close(c.serving)
	for {
		select {
		case f := <-c.writes:
			if err := c.put(f); err != nil {
				return err
			}
		case n := <-c.reads:
			_ = c.put(frame{id: n})
		case n := <-c.resets:
			_ = c.put(frame{id: -n})
		case <-stop:
			return nil
		}
	}
}

func (c *Conn) Write(f frame) {
	select {
	case c.writes <- f:
	case <-c.serving:
	}
}

func (c *Conn) NoteRead(n int) {
	c.reads <- n // want "If `c.serving` is closed first, `c.reads <- n` blocks forever: the loop that receives has ended by then, and the send does not select on `c.serving`, as other sends to this loop do"
}

func (c *Conn) Reset(n int) {
	c.resets <- n // want "as other sends to this loop do"
}

func (c *Conn) ResetAll() {
	for i := range 8 {
		c.resets <- i // want "as other sends to this loop do"
	}
}

// Client polls its stop, and sends without it.
type Client struct {
	posts    chan string
	shutdown chan struct{}
	once     sync.Once
}

func NewClient() *Client {
	return &Client{posts: make(chan string, 16), shutdown: make(chan struct{})}
}

func (c *Client) Shutdown() { c.once.Do(func() { close(c.shutdown) }) }

func (c *Client) Run(post func(string)) {
out:
	for {
		select {
		case p := <-c.posts:
			post(p)
		case <-c.shutdown:
			break out
		}
	}
	for {
		select {
		case p := <-c.posts:
			post(p)
		default:
			return
		}
	}
}

func (c *Client) Post(p string) {
	select {
	case <-c.shutdown:
		return
	default:
	}
	c.posts <- p // want "If `c.shutdown` is closed first, .*, which the function checks elsewhere"
}

// Queue tells others when its loop has ended.
type Queue struct {
	packets chan []byte
	ended   chan struct{}
	write   func([]byte) error
}

func NewQueue(write func([]byte) error) *Queue {
	return &Queue{packets: make(chan []byte, 1), ended: make(chan struct{}), write: write}
}

func (q *Queue) Run(stop <-chan struct{}) error {
	defer close(q.ended)
	for {
		select {
		case <-stop:
			return nil
		case p := <-q.packets:
			if err := q.write(p); err != nil {
				return err
			}
		}
	}
}

func (q *Queue) Send(p []byte) {
	q.packets <- p // want "If the loop that closes `q.ended` ends first, `q.packets <- p` blocks forever"
}

func (q *Queue) Wait() { <-q.ended }

// Listener hands out what its goroutine accepts, until it is closed.
type Listener struct {
	accepted chan int
	done     chan struct{}
	read     func() (int, error)
}

func Listen(read func() (int, error)) *Listener {
	l := &Listener{accepted: make(chan int), done: make(chan struct{}), read: read}
	go l.loop()
	return l
}

func (l *Listener) loop() {
	for {
		n, err := l.read()
		if err != nil {
			return
		}
		l.accepted <- n // want "If `l.done` is closed first, `l.accepted <- n` blocks forever: nobody has a reason to call `Accept` by then"
	}
}

func (l *Listener) Accept() (int, bool) {
	select {
	case n := <-l.accepted:
		return n, true
	case <-l.done:
		return 0, false
	}
}

func (l *Listener) Close() { close(l.done) }

// Notifier lends its channels to a loop that knows nothing of it.
type Notifier struct {
	in   chan int
	quit chan struct{}
}

func NewNotifier() *Notifier {
	return &Notifier{in: make(chan int), quit: make(chan struct{})}
}

func (n *Notifier) Start(do func(int)) { go forward(n.in, n.quit, do) }

func (n *Notifier) Stop() { close(n.quit) }

func forward(in <-chan int, quit <-chan struct{}, do func(int)) {
	for {
		select {
		case v := <-in:
			do(v)
		case <-quit:
			return
		}
	}
}

func (n *Notifier) Notify(v int) {
	select {
	case n.in <- v:
	case <-n.quit:
	}
}

func (n *Notifier) Remove(v int) {
	n.in <- -v // want "If `n.quit` is closed first, `n.in <- -v` blocks forever"
}

// Hub gives the channel that cancels to each of its members.
type Hub struct {
	joins   chan *Member
	cancels chan *Member
	ctx     context.Context
}

type Member struct {
	cancels chan<- *Member
	values  chan int
}

func NewHub(ctx context.Context) *Hub {
	h := &Hub{joins: make(chan *Member), cancels: make(chan *Member), ctx: ctx}
	go h.run(ctx)
	return h
}

func (h *Hub) run(ctx context.Context) {
	members := map[*Member]bool{}
	for {
		select {
		case m := <-h.joins:
			members[m] = true
		case m := <-h.cancels:
			delete(members, m)
		case <-ctx.Done():
			return
		}
	}
}

func (h *Hub) Join() *Member {
	m := &Member{values: make(chan int, 8)}
	m.cancels = h.cancels
	select {
	case h.joins <- m:
	case <-h.ctx.Done():
	}
	return m
}

func (m *Member) Cancel() {
	m.cancels <- m // want "If `ctx` is ready first, `m.cancels <- m` blocks forever: .* as other sends to this loop do"
}
