package fetched

import "testing"

type always struct{}

func (always) Fetch() (*page, error) { return &page{}, nil }

// The test gives what is fetched.
func TestPoll(t *testing.T) {
	pages := make(chan *page, 1)
	p := &poller{from: pick(t.Name())}
	go p.pollOnce(pages)
	if got := <-pages; got == nil {
		t.Fatal("nothing came")
	}
}

func pick(name string) source { return sources[name] }

var sources = map[string]source{"TestPoll": always{}}
