package outlets

import "errors"

type outlet struct{ entries chan string }

func newOutlet() *outlet {
	entries := make(chan string, 1)
	o := &outlet{entries: entries}
	go o.loop()
	return o
}

func (o *outlet) Close() { close(o.entries) }

func (o *outlet) loop() {
	for range o.entries { // want "nobody closes `o.entries` after `parse` returns on line 32"
	}
}

func parse(kinds []string) ([]*outlet, error) {
	var all []*outlet
	known := 0
	for _, kind := range kinds {
		if kind == "tcp" {
			all = append(all, newOutlet())
		} else {
			known++
		}
	}
	if known > 1 {
		return nil, errors.New("too many")
	}
	return all, nil
}
