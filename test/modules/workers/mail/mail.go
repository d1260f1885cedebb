package mail

import "example.com/workers/crew"

func SendAll(send func(string), to []string) {
	c := crew.Start(3) // want unclosed-range:"`crew.Start\(3\)` leaves a goroutine behind: in crew/crew.go, `range c.jobs` never ends"
	for _, address := range to {
		c.Do(func() { send(address) })
	}
}

func SendAllAndStop(send func(string), to []string) {
	c := crew.Start(3)
	defer c.Stop()
	for _, address := range to {
		c.Do(func() { send(address) })
	}
}

type Mailer struct{ crew *crew.Crew }

func NewMailer() *Mailer { return &Mailer{crew: crew.Start(2)} }

func (m *Mailer) Close() { m.crew.Stop() }
