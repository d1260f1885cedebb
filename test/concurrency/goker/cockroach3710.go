package kernel

import "sync"

type ledger struct {
	mu    sync.RWMutex
	books []*book
}

type book struct {
	owner *ledger
}

type archive struct {
	sync.Mutex
}

func (a *archive) consider(b *book) {
	a.Lock() // leaks
	defer a.Unlock()
	b.pages()
}

func (b *book) pages() {
	b.owner.count()
}

func (l *ledger) count() int {
	l.mu.RLock() // leaks
	defer l.mu.RUnlock()
	return len(l.books)
}

// scan asks for the state of every book.
func (l *ledger) scan(a *archive) {
	l.mu.RLock()
	for _, b := range l.books {
		a.consider(b)
	}
	l.mu.RUnlock()
}

func (l *ledger) tidy() {
	l.mu.Lock() // leaks
	l.books = append(l.books, &book{owner: l})
	l.mu.Unlock()
}

func Leak() {
	l := &ledger{}
	l.books = []*book{{owner: l}, {owner: l}}
	go l.scan(&archive{})
	go l.tidy()
}
