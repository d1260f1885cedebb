module example.org/timers

go 1.22
