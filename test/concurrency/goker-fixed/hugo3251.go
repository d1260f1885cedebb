package fixed

import "sync"

type remoteLock struct {
	sync.RWMutex
	m map[string]*sync.Mutex
}

func (l *remoteLock) lockURL(url string) {
	l.Lock()
	if _, ok := l.m[url]; !ok {
		l.m[url] = &sync.Mutex{}
	}
	one := l.m[url]
	l.Unlock()
	one.Lock()
}

func (l *remoteLock) unlockURL(url string) {
	l.RLock()
	defer l.RUnlock()
	if one, ok := l.m[url]; ok {
		one.Unlock()
	}
}

func run() {
	l := &remoteLock{m: make(map[string]*sync.Mutex)}
	var wg sync.WaitGroup
	for i := 0; i < 2; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			l.lockURL("a")
			defer l.unlockURL("a")
		}()
	}
	wg.Wait()
}
