/** Types and functions of package sync that are made of others: https://pkg.go.dev/sync */
export const syncSource = `package sync

import "sync"

type Map struct {
	entries map[any]any
}

func (m *Map) table() map[any]any {
	if m.entries == nil {
		m.entries = make(map[any]any)
	}
	return m.entries
}

func (m *Map) Load(key any) (any, bool) {
	value, ok := m.table()[key]
	return value, ok
}

func (m *Map) Store(key, value any) {
	m.table()[key] = value
}

func (m *Map) LoadOrStore(key, value any) (any, bool) {
	if old, ok := m.table()[key]; ok {
		return old, true
	}
	m.table()[key] = value
	return value, false
}

func (m *Map) LoadAndDelete(key any) (any, bool) {
	value, ok := m.table()[key]
	delete(m.table(), key)
	return value, ok
}

func (m *Map) Delete(key any) {
	delete(m.table(), key)
}

func (m *Map) Swap(key, value any) (any, bool) {
	old, ok := m.table()[key]
	m.table()[key] = value
	return old, ok
}

func (m *Map) Range(f func(key, value any) bool) {
	for key, value := range m.table() {
		if !f(key, value) {
			return
		}
	}
}

func OnceFunc(f func()) func() {
	var once sync.Once
	return func() { once.Do(f) }
}

func OnceValue(f func() any) func() any {
	var once sync.Once
	var value any
	run := func() { value = f() }
	return func() any {
		once.Do(run)
		return value
	}
}

func OnceValues(f func() (any, any)) func() (any, any) {
	var once sync.Once
	var first, second any
	run := func() { first, second = f() }
	return func() (any, any) {
		once.Do(run)
		return first, second
	}
}
`;
