package command

import (
	"errors"

	"github.com/spf13/cobra"
)

var commands = []*cobra.Command{{RunE: list}}

// list is the function of a command: the process ends when it returns.
func list(cmd *cobra.Command, args []string) error {
	notice := make(chan string)
	go func() {
		notice <- latest()
	}()
	if len(args) != 1 {
		return errors.New("one argument is needed")
	}
	println(<-notice)
	return nil
}

func latest() string { return "v2" }

// serve is called by anybody, as often as they like.
func serve(args []string) error {
	notice := make(chan string)
	go func() {
		notice <- latest() // want "blocks forever: nobody receives from `notice` after `serve` returns on line"
	}()
	if len(args) != 1 {
		return errors.New("one argument is needed")
	}
	println(<-notice)
	return nil
}
