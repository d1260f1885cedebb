package queue

// Queue is closed without closing the channel that its worker ranges over.
type Queue struct {
	items chan int
	sum   int
	open  bool
}

func NewQueue() *Queue {
	q := &Queue{items: make(chan int, 16), open: true}
	go q.work() // want "`Queue` starts `q.work`, which ranges over `q.items`, which nobody closes; `Close` cannot end it"
	return q
}

func (q *Queue) work() {
	for item := range q.items {
		q.sum += item
	}
}

func (q *Queue) Add(item int) { q.items <- item }

func (q *Queue) Close() { q.open = false }

// Log is quiet: Close closes the channel.
type Log struct {
	lines chan string
	count int
}

func NewLog() *Log {
	l := &Log{lines: make(chan string)}
	go l.write()
	return l
}

func (l *Log) write() {
	for range l.lines {
		l.count++
	}
}

func (l *Log) Close() { close(l.lines) }
