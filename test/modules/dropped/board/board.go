// Package board shows what a poller of another package finds.
package board

import (
	"os"

	"example.com/dropped/poll"
)

type Board struct {
	poller *poll.Poller
	file   *os.File
}

// Open forgets the poller when there is no file.
func Open(path string, ask func()) (*Board, error) {
	p, err := poll.New(ask) // want start-without-stop:"The goroutine of `p` leaks when line 23 returns an error: nobody calls `Stop` of `Poller`" unsent-receive:"`poll.New\(ask\)` leaves a goroutine behind"
	if err != nil {
		return nil, err
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	return &Board{poller: p, file: file}, nil
}

// OpenAndStop is quiet.
func OpenAndStop(path string, ask func()) (*Board, error) {
	p, err := poll.New(ask)
	if err != nil {
		return nil, err
	}
	file, err := os.Open(path)
	if err != nil {
		p.Stop()
		return nil, err
	}
	return &Board{poller: p, file: file}, nil
}

// OpenFirst is quiet: the file comes first.
func OpenFirst(path string, ask func()) (*Board, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	p, err := poll.New(ask)
	if err != nil {
		_ = file.Close()
		return nil, err
	}
	return &Board{poller: p, file: file}, nil
}

func (b *Board) Close() error {
	b.poller.Stop()
	return b.file.Close()
}
