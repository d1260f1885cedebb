import { expect, test } from 'vitest';
import { explorePackage } from '../../../src/concurrency/explore.ts';
import { loadPackage } from '../../../src/go/load.ts';

/** Kinds of what is stuck whatever the outside does. */
function stuck(text: string): readonly string[] {
  const { leaks } = explorePackage(loadPackage('p', [{ path: 'p.go', text }]));
  const own = leaks.filter(({ outsider }) => !outsider);
  return [...new Set(own.flatMap((leak) => leak.stuck.map(({ kind }) => kind)))].sort();
}

test.each([
  [
    'rand.Perm',
    `package p
import "math/rand/v2"
func Shuffled(r *rand.Rand, fs ...func()) {
	done := make(chan struct{})
	for _, i := range r.Perm(len(fs)) { go func() { fs[i](); done <- struct{}{} }() }
	for range fs { <-done }
}`,
  ],
  [
    'slices.Clone',
    `package p
import "slices"
func f(fs []func()) {
	done := make(chan struct{})
	for _, g := range slices.Clone(fs) { go func() { g(); done <- struct{}{} }() }
	for range fs { <-done }
}`,
  ],
  [
    'the size of a set',
    `package p
import ("sync"; "example.com/set")
func Probe(hosts set.Set[string], alive func(string) bool) {
	up := make(chan string, hosts.Size())
	var wg sync.WaitGroup
	for h := range hosts { wg.Go(func() { if alive(h) { up <- h } }) }
	wg.Wait()
	close(up)
	for range up {}
}`,
  ],
  [
    'the members of a set',
    `package p
import ("sync"; "example.com/set")
func Probe(hosts *set.Set[string], alive func(string) bool) {
	up := make(chan string, hosts.Len())
	var wg sync.WaitGroup
	for _, h := range hosts.ToSlice() { wg.Add(1); go func() { defer wg.Done(); up <- h }() }
	wg.Wait()
	close(up)
	for range up {}
}`,
  ],
  [
    'the front of a list.List',
    `package p
import "container/list"
func pump(in <-chan any, out chan<- any) {
	buf := list.New()
	for in != nil || buf.Len() > 0 {
		var to chan<- any
		var first any
		if e := buf.Front(); e != nil { first, to = e.Value, out }
		select {
		case to <- first: buf.Remove(buf.Front())
		case v, ok := <-in:
			if !ok { in = nil; continue }
			buf.PushBack(v)
		}
	}
	close(out)
}
func Unbounded(consume func(any)) chan<- any {
	in := make(chan any)
	out := make(chan any)
	go pump(in, out)
	go func() { for v := range out { consume(v) } }()
	return in
}`,
  ],
  [
    'the sorted keys of a map',
    `package p
import ("maps"; "slices")
func f(m map[string]func()) {
	done := make(chan struct{})
	for _, k := range slices.Sorted(maps.Keys(m)) { go func() { m[k](); done <- struct{}{} }() }
	for range m { <-done }
}`,
  ],
  [
    'keys that were appended',
    `package p
func f(m map[string]func()) {
	done := make(chan struct{})
	keys := make([]string, 0, len(m))
	for k := range m { keys = append(keys, k) }
	for _, k := range keys { go func() { m[k](); done <- struct{}{} }() }
	for range m { <-done }
}`,
  ],
  [
    'a map that a helper filled from the same table',
    `package p
type t struct { names []string }
func (t *t) make2() map[string]chan int { m := map[string]chan int{}; for _, n := range t.names { m[n] = make(chan int, 1) }; return m }
func f(t *t, g func(string) int) (sum int) {
	m := t.make2()
	for _, n := range t.names { go func() { m[n] <- g(n) }() }
	for _, n := range t.names { sum += <-m[n] }
	return sum
}`,
  ],
])('has the length of what it comes from: %s', (_, text) => {
  expect(stuck(text)).toEqual([]);
});

test.each([
  [
    'perm short',
    ['recv', 'send'],
    `package p
import "math/rand"
func Shuffled(fs ...func()) {
	done := make(chan struct{})
	for _, i := range rand.Perm(len(fs)) { go func() { fs[i](); done <- struct{}{} }() }
	<-done
}`,
  ],
  [
    'unknown range without variable',
    ['send'],
    `package p
import "example.com/x"
func f() { for range x.All() { println() }; ch := make(chan int); go func() { ch <- 1 }() }`,
  ],
  [
    'unknown range with variable',
    ['send'],
    `package p
import "example.com/x"
func f() { for k, v := range x.All() { println(k, v) }; ch := make(chan int); go func() { ch <- 1 }() }`,
  ],
  [
    'pops until empty',
    ['send'],
    `package p
import "example.com/x"
func f(q *x.Queue) { for q.Len() > 0 { q.Pop() }; ch := make(chan int); go func() { ch <- 1 }() }`,
  ],
  [
    'pops through an interface',
    ['send'],
    `package p
type queue interface { Len() int; Pop() any }
func f(q queue) { for q.Len() > 0 { q.Pop() }; ch := make(chan int); go func() { ch <- 1 }() }`,
  ],
  [
    'list drained',
    ['send'],
    `package p
import "container/list"
func f(l *list.List) { for l.Len() > 0 { l.Remove(l.Front()) }; ch := make(chan int); go func() { ch <- 1 }() }`,
  ],
])('a loop over what is not known may end: %s', (_, kinds, text) => {
  expect(stuck(text)).toEqual(kinds);
});
