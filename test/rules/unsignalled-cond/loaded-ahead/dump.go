package dump

import "sync"

type item struct{ name string }

// Each batch is counted down to its signal; who gives up on a failed write signals nobody.
func dump(items []*item, loadAll func([]*item) error, write func(*item) error) error {
	const batch = 100
	var mu sync.Mutex
	var err error
	cond := sync.NewCond(&mu)
	ready := 0
	go func() {
		for at := 0; at < len(items) && err == nil; at += batch {
			some := items[at:]
			if len(some) > batch {
				some = some[:batch]
			}
			failed := loadAll(some)
			mu.Lock()
			ready = len(some)
			if failed != nil {
				err = failed
			}
			cond.Signal()
			for ready > 0 && err == nil {
				cond.Wait() // want "`cond.Wait\(\)` never wakes: nobody signals after `dump` returns on line 47"
			}
			mu.Unlock()
		}
	}()
	for _, it := range items {
		mu.Lock()
		for ready == 0 && err == nil {
			cond.Wait()
		}
		ready--
		if ready == 0 {
			cond.Signal()
		}
		mu.Unlock()
		if err != nil {
			return err
		}
		if failed := write(it); failed != nil {
			return failed
		}
	}
	return nil
}
