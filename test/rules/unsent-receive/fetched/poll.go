package fetched

type page struct{ lines []string }

type source interface {
	Fetch() (*page, error)
}

type poller struct{ from source }

func (p *poller) fetch() (*page, error) {
	found, err := p.from.Fetch()
	if err != nil {
		return nil, err
	}
	return found, nil
}

func (p *poller) pollOnce(pages chan<- *page) {
	found, err := p.fetch()
	if err != nil {
		pages <- nil
		return
	}
	if found == nil {
		return
	}
	pages <- found
}

func first(from source) *page {
	pages := make(chan *page)
	go (&poller{from: from}).pollOnce(pages)
	return <-pages // want "^`<-pages` blocks forever"
}
