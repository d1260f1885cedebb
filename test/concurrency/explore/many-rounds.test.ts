/** Loops of unknown length run often enough to outlast the room of channels and the workers of a counted loop. */
import { expect, test } from 'vitest';
import { explorePackage } from '../../../src/concurrency/explore.ts';
import { loadPackage } from '../../../src/go/load.ts';

function stuck(body: string): readonly string[] {
  const text = `package p\n\nimport "sync"\n\nvar _ sync.WaitGroup\n\n${body}`;
  const { leaks, undecided } = explorePackage(loadPackage('p', [{ path: 'p.go', text }]));
  expect(undecided).toEqual([]);
  return leaks.flatMap((leak) => leak.stuck.map(({ kind }) => kind));
}

const gather = (room: string) => `func room() int { return limit }

var limit int

func gather(ids []int, do func(int) error) error {
	errs := make(chan error${room})
	for _, id := range ids {
		go func() { errs <- do(id) }()
	}
	for range ids {
		if err := <-errs; err != nil {
			return err
		}
	}
	return nil
}`;

test.each(['', ', 1', ', 2', ', room()'])('a channel%s that an early return leaves is filled', (room) => {
  expect(stuck(gather(room))).toContain('send');
});

test('one with room for all is not', () => {
  expect(stuck(gather(', len(ids)'))).toEqual([]);
});

const feed = (workers: number, onError: string) => `func feed(files []string, do func(string) error) {
	var wg sync.WaitGroup
	work := make(chan string)
	for i := 0; i < ${workers}; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for f := range work {
				if do(f) != nil {
					${onError}
				}
			}
		}()
	}
	for _, f := range files {
		work <- f
	}
	close(work)
	wg.Wait()
}`;

test.each([1, 2, 3])('a feeder outlasts %i workers that leave', (workers) => {
  expect(stuck(feed(workers, 'return'))).toContain('send');
});

test('but not workers that go on', () => {
  expect(stuck(feed(2, 'continue'))).toEqual([]);
});
