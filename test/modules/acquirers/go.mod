module example.com/acquirers

go 1.25
