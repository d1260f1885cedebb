package walk

import (
	"sync"

	"golang.org/x/sync/errgroup"
)

func start(nodes []int, visited chan int, visit func(int)) {
	for _, node := range nodes {
		go func() {
			visit(node)
			visited <- node
		}()
	}
}

func walkGraph(roots []int, expected int, visit func(int)) error {
	visited := make(chan int)
	group := new(errgroup.Group)
	group.Go(func() error {
		for range visited {
			expected--
			if expected == 0 {
				close(visited)
				return nil
			}
		}
		return nil
	})
	start(roots, visited, visit)
	return group.Wait()
}

func walkOne(roots []int, visited chan int, visit func(int) bool) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		if len(roots) > 0 && !visit(roots[0]) {
			return
		}
		wg.Done()
	}()
	start(roots, visited, func(int) {})
	wg.Wait() // want "`wg.Wait\(\)` never returns"
}
