package report

import "example.com/generators/stream"

// First leaves the range, and with it the goroutine of the generator.
func First(n int, wanted func(int) bool) int {
	for i := range stream.Numbers(n) { // want unreceived-send:"`stream.Numbers\(n\)` leaves a goroutine behind: in stream/stream.go"
		if wanted(i) {
			return i
		}
	}
	return 0
}

// Sum reads to the end.
func Sum(n int) int {
	sum := 0
	for i := range stream.Numbers(n) {
		sum += i
	}
	return sum
}

// FirstUntil tells the generator that nobody reads any more.
func FirstUntil(n int, wanted func(int) bool) int {
	done := make(chan struct{})
	defer close(done)
	for i := range stream.Until(done, n) {
		if wanted(i) {
			return i
		}
	}
	return 0
}
