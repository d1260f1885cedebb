package tree

import (
	"context"
	"sync"
)

type Node interface {
	Visit() error
	Children() []Node
}

// Walk starts a goroutine for each node, and leaves when the context ends.
func Walk(ctx context.Context, roots []Node) int {
	results := make(chan error)
	var nodes sync.WaitGroup
	go func() {
		for _, root := range roots {
			nodes.Add(1)
			visit(ctx, root, results, &nodes)
		}
		nodes.Wait()
		close(results)
	}()
	failed := 0
	for {
		select {
		case <-ctx.Done():
			return failed
		case err, more := <-results:
			if !more {
				return failed
			}
			if err != nil {
				failed++
			}
		}
	}
}

func visit(ctx context.Context, node Node, results chan error, nodes *sync.WaitGroup) {
	defer nodes.Done()
	if ctx.Err() != nil {
		return
	}
	results <- node.Visit() // want "nobody receives from `results` after `Walk` returns"
	for _, child := range node.Children() {
		nodes.Add(1)
		go visit(ctx, child, results, nodes)
	}
}

// WalkAll hears every node.
func WalkAll(roots []Node) int {
	results := make(chan error)
	var nodes sync.WaitGroup
	go func() {
		for _, root := range roots {
			nodes.Add(1)
			visitAll(root, results, &nodes)
		}
		nodes.Wait()
		close(results)
	}()
	failed := 0
	for err := range results {
		if err != nil {
			failed++
		}
	}
	return failed
}

func visitAll(node Node, results chan error, nodes *sync.WaitGroup) {
	defer nodes.Done()
	results <- node.Visit()
	for _, child := range node.Children() {
		nodes.Add(1)
		go visitAll(child, results, nodes)
	}
}
