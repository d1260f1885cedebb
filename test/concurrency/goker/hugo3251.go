package kernel

import "sync"

type keyring struct {
	sync.RWMutex
	keys map[string]*sync.Mutex
}

func (k *keyring) take(name string) {
	k.Lock() // leaks
	if _, ok := k.keys[name]; !ok {
		k.keys[name] = &sync.Mutex{}
	}
	k.keys[name].Lock() // leaks
	k.Unlock()
}

func (k *keyring) giveBack(name string) {
	k.RLock() // leaks
	defer k.RUnlock()
	if key, ok := k.keys[name]; ok {
		key.Unlock()
	}
}

func fetch(k *keyring, name string) error {
	k.take(name)
	defer func() { k.giveBack(name) }()
	return nil
}

func Leak() {
	k := &keyring{keys: make(map[string]*sync.Mutex)}
	var readers sync.WaitGroup
	for range 2 {
		readers.Add(1)
		go func() {
			defer readers.Done()
			_ = fetch(k, "door")
		}()
	}
	readers.Wait() // leaks
}
