package pull

import "iter"

func first(values iter.Seq[int]) int {
	next, _ := iter.Pull(values) // want "The stop function of `iter.Pull` is dropped, so the goroutine of the iterator lives"
	value, _ := next()
	return value
}

func pair(values iter.Seq2[string, int]) (string, int) {
	next, stop := iter.Pull2(values) // want "is reached without `stop`"
	key, value, ok := next()
	if key == "" {
		return "", 0
	}
	stop()
	if ok {
		return key, value
	}
	return "none", 0
}

// sum is quiet: it stops the iterator.
func sum(values iter.Seq[int]) int {
	next, stop := iter.Pull(values)
	defer stop()
	total := 0
	for {
		value, ok := next()
		if !ok {
			return total
		}
		total += value
	}
}
