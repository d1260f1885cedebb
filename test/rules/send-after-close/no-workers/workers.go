package workers

import "sync"

func stream(tasks []int, workers int, work func(int), see func(int)) {
	queue := make(chan int)
	results := make(chan int, len(tasks))
	go func() {
		for _, task := range tasks {
			results <- task
			queue <- task
		}
		close(queue)
	}()
	var wg sync.WaitGroup
	for range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for task := range queue {
				work(task)
			}
		}()
	}
	go func() {
		wg.Wait()
		close(results)
	}()
	for one := range results {
		see(one)
	}
}

func streamAlways(tasks []int, work func(int), see func(int)) {
	queue := make(chan int)
	results := make(chan int, len(tasks))
	go func() {
		for _, task := range tasks {
			results <- task
			queue <- task
		}
		close(queue)
	}()
	var wg sync.WaitGroup
	for range 2 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for task := range queue {
				work(task)
			}
		}()
	}
	go func() {
		wg.Wait()
		close(results)
	}()
	for one := range results {
		see(one)
	}
}
