// Package crew holds kitchens whose cooks are counted, and kitchens whose cooks are a setting.
package crew

type kitchen struct {
	cooks   int
	helpers int
}

func cook(orders <-chan string, dishes chan<- bool) {
	for range orders {
		dishes <- true
	}
}

// staff starts the cooks that are missing: as many as the field counts are at work.
func (k *kitchen) staff(want int, orders <-chan string, dishes chan<- bool) {
	for {
		if k.cooks == want {
			return
		}
		go cook(orders, dishes)
		k.cooks++
	}
}

// Serve waits for what the counted cooks make.
func (k *kitchen) Serve(want int) {
	orders := make(chan string, 1)
	dishes := make(chan bool, 1)
	defer close(orders)
	k.staff(want, orders, dishes)
	orders <- "soup"
	<-dishes
}

// Help has nobody to wait for when no helpers are set: that is no count of those that are there.
func (k *kitchen) Help() {
	orders := make(chan string, 1)
	dishes := make(chan bool, 1)
	defer close(orders)
	if k.helpers > 0 {
		go cook(orders, dishes)
	}
	orders <- "soup"
	<-dishes // want "nobody sends on or closes `dishes`"
}

func fresh() chan int { return make(chan int) }

// Idle starts cooks that have nothing to do with what it waits for.
func (k *kitchen) Idle(want int, orders <-chan string, dishes chan<- bool) int {
	k.staff(want, orders, dishes)
	return <-fresh() // want "`<-fresh\(\)` blocks forever"
}
