package counted

import "errors"

func check(n int) error {
	if n == 0 {
		return errors.New("zero")
	}
	return nil
}

func checkAll(numbers []int) error {
	errs := make(chan error)
	for _, n := range numbers {
		go func() {
			errs <- check(n) // want "nobody receives from `errs` after `checkAll` returns on line 21"
		}()
	}
	for range numbers {
		if err := <-errs; err != nil {
			return err
		}
	}
	return nil
}

func checkEvery(numbers []int) error {
	errs := make(chan error, len(numbers))
	for _, n := range numbers {
		go func() {
			errs <- check(n)
		}()
	}
	for range numbers {
		if err := <-errs; err != nil {
			return err
		}
	}
	return nil
}

// Leak leaves the senders behind the first error.
func Leak() {
	_ = checkAll([]int{0, 0, 0})
}
