package kernel

import (
	"context"
	"sync"
	"time"
)

type article struct {
	content, plain sync.Once
	mu             sync.Mutex
	words          int
	widgets        []func() error
}

func (a *article) count() {
	a.load()
	a.strip()
}

func (a *article) strip() {
	a.plain.Do(func() { // leaks
		a.mu.Lock() // leaks
		defer a.mu.Unlock()
		a.words++
	})
}

func (a *article) render() error {
	for _, widget := range a.widgets {
		if err := widget(); err != nil {
			return err
		}
	}
	return nil
}

func (a *article) load() {
	a.content.Do(func() { // leaks
		ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
		defer cancel()
		result := make(chan error, 1)
		go func() {
			a.mu.Lock() // leaks
			defer a.mu.Unlock()
			result <- a.render()
		}()
		select {
		case <-ctx.Done():
		case <-result:
		}
	})
}

type site struct {
	articles []*article
}

func (s *site) write(group *sync.WaitGroup) {
	defer group.Done()
	for _, a := range s.articles {
		a.count()
	}
}

func Leak() {
	a := &article{}
	a.widgets = append(a.widgets, func() error {
		a.strip()
		return nil
	})
	s := &site{articles: []*article{a}}
	var group sync.WaitGroup
	group.Add(2)
	go s.write(&group)
	go s.write(&group)
	group.Wait() // leaks
}
