package ticker

import "time"

// some is quiet: from Go 1.23 a ticker that nobody refers to is collected.
func some(rounds int, work func()) {
	ticker := time.NewTicker(time.Second)
	for range rounds {
		<-ticker.C
		work()
	}
}
