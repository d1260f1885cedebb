import { expect } from 'vitest';
import { before } from '../code.ts';
import { story } from '../harness.ts';

/** Workers that take turns in more ways than the smallest budget allows to look at. */
const crowded = `package shop

import "sync"

func Crowd(a, b, c, d chan int, n int) {
	var wg sync.WaitGroup
	var mu sync.Mutex
	done := make(chan int)
	for i := 0; i < n; i++ {
		wg.Add(3)
		go func() { defer wg.Done(); mu.Lock(); x := <-a; mu.Unlock(); b <- x; <-c }()
		go func() { defer wg.Done(); x := <-b; mu.Lock(); c <- x; mu.Unlock(); <-d }()
		go func() { defer wg.Done(); select { case x := <-c: d <- x; case y := <-d: a <- y }; mu.Lock(); mu.Unlock() }()
	}
	go func() { wg.Wait(); done <- 1 }()
	for i := 0; i < n; i++ {
		select {
		case a <- i:
		case x := <-b:
			c <- x
		}
	}
	<-done
}
`;

export default story('A changed function that was not decided is said in the title', async (stage) => {
  const config = { '.github/goplumber.yml': 'failOn: never\nbudgets: {states: 100}\n' };
  await stage.open({ ...before, ...config }, { 'crowd.go': crowded });
  expect(stage.check.conclusion).not.toBe('success');
  expect(stage.check.title).toContain('1 changed function not decided');
  expect(stage.check.summary).toContain('a leak that was not found there is possible');
});
