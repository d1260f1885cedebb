import { describe, expect, test } from 'vitest';
import { explorePackage } from '../../../src/concurrency/explore.ts';
import { loadPackage } from '../../../src/go/load.ts';

/** Kinds of what is stuck when a test with this body is over. */
function stuck(body: string): readonly string[] {
  const text = `package p

import "testing"

func serve(stop <-chan struct{}, done chan<- struct{}) {
	<-stop
	done <- struct{}{}
}

func closing(t testing.TB) chan struct{} {
	stop := make(chan struct{})
	t.Cleanup(func() { close(stop) })
	return stop
}

func TestIt(t *testing.T) {
${body}
}
`;
  const pkg = loadPackage('p', [{ path: 'p_test.go', text }]);
  return explorePackage(pkg).leaks.flatMap((leak) => leak.stuck.map(({ kind }) => kind));
}

describe('What was given to t.Cleanup runs when the test is over', () => {
  test('after the deferred calls of the test, the last one first', () => {
    expect(
      stuck(`
	stop, done := make(chan struct{}), make(chan struct{})
	t.Cleanup(func() { <-done })
	t.Cleanup(func() { close(stop) })
	go serve(stop, done)`),
    ).toEqual([]);
    expect(
      stuck(`
	stop, done := make(chan struct{}), make(chan struct{})
	t.Cleanup(func() { close(stop) })
	defer func() { <-done }()
	go serve(stop, done)`),
    ).toEqual(['recv', 'recv']);
  });

  test('also when a helper of the test registered it', () => {
    expect(
      stuck(`
	stop, done := closing(t), make(chan struct{}, 1)
	go serve(stop, done)`),
    ).toEqual([]);
  });

  test('and not before the end of the test', () => {
    expect(
      stuck(`
	stop, done := closing(t), make(chan struct{})
	go serve(stop, done)
	<-done`),
    ).toEqual(['recv', 'recv']);
  });

  test('at the end of the subtest when it belongs to one', () => {
    expect(
      stuck(`
	done := make(chan struct{})
	t.Run("sub", func(t *testing.T) { go serve(closing(t), done) })
	<-done`),
    ).toEqual([]);
  });

  test('it does not answer what it does not know', () => {
    expect(
      stuck(`
	done := make(chan struct{})
	go serve(closing(t), done)`),
    ).toEqual(['send']);
  });
});

describe('The context of a test', () => {
  test('is cancelled at its end, before what was given to Cleanup runs', () => {
    expect(
      stuck(`
	done := make(chan struct{})
	ctx := t.Context()
	t.Cleanup(func() { <-done })
	go serve(ctx.Done(), done)`),
    ).toEqual([]);
  });

  test('lives as long as the test function', () => {
    expect(
      stuck(`
	done := make(chan struct{})
	ctx := t.Context()
	go serve(ctx.Done(), done)
	<-done`),
    ).toEqual(['recv', 'recv']);
  });
});
