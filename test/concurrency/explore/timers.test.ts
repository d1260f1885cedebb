import { describe, expect, test } from 'vitest';
import { explorePackage } from '../../../src/concurrency/explore.ts';
import { loadPackage } from '../../../src/go/load.ts';

/** Kinds of what is stuck in a function, by the Go version of its module. */
function stuck(body: string, minor: number): readonly string[] {
  const text = `package p

import (
	"context"
	"time"
)

type owner struct {
	timer *time.Timer
}

func wait(ctx context.Context, d time.Duration, work chan int, f *owner, saved *time.Timer) {
${body}
}
`;
  const pkg = loadPackage('p', [{ path: 'p.go', text }], { goVersion: { major: 1, minor } });
  return explorePackage(pkg).leaks.flatMap((leak) => leak.stuck.map(({ kind }) => kind));
}

const drainUnseen = `
	timer := time.NewTimer(d)
	select {
	case <-timer.C:
	case <-ctx.Done():
		if !timer.Stop() {
			<-timer.C
		}
	}`;

const drainSeen = `
	timer := time.NewTimer(d)
	<-timer.C
	if !timer.Stop() {
		<-timer.C
	}`;

const drainSeenThenReset = `
	timer := time.NewTimer(d)
	<-timer.C
	timer.Reset(d)
	<-timer.C`;

describe('Stop of a timer tells whether it was in time', () => {
  test.each([18, 23])('so a value that nobody received may be drained (Go 1.%i)', (minor) => {
    expect(stuck(drainUnseen, minor)).toEqual([]);
  });

  test.each([18, 23])('and one that was received may not (Go 1.%i)', (minor) => {
    expect(stuck(drainSeen, minor)).toEqual(['recv']);
  });

  test('Reset lets it fire again', () => {
    expect(stuck(drainSeenThenReset, 23)).toEqual([]);
  });

  test('whichever timer it is: one from outside or one made here', () => {
    const either = `
	var timer *time.Timer
	if saved != nil {
		timer = saved
	} else {
		timer = time.NewTimer(d)
	}
	if !timer.Stop() {
		<-timer.C
	}`;
    expect(stuck(either, 18)).toEqual([]);
    expect(stuck(either, 23)).toEqual([]);
  });
});

const callbackTimer = (drain: string): string => `
	timer := time.AfterFunc(d, func() { work <- 0 })
	for <-work > 0 {
		timer.Reset(d)
	}
	${drain}`;

describe('A timer that calls a function has no channel', () => {
  test('so nobody receives from it who asks for one', () => {
    expect(stuck(callbackTimer('if !timer.Stop() && timer.C != nil { <-timer.C }'), 23)).toEqual([]);
  });

  test('and who does not ask waits forever', () => {
    expect(stuck(callbackTimer('if !timer.Stop() { <-timer.C }'), 23)).toEqual(['nil-recv']);
  });
});

const rearmed = `
	started := make(chan bool)
	timer := time.AfterFunc(d, func() { started <- true })
	timer.Stop()
	timer.Reset(d)
	if !timer.Stop() {
		<-started
	}`;

describe('a timer of AfterFunc', () => {
  test('runs its function again after a Reset, so a Stop that comes late may wait for it', () => {
    expect(stuck(rearmed, 23)).toEqual([]);
    expect(stuck(rearmed.replace('timer.Reset(d)', ''), 23)).toEqual(['recv']);
  });
});

describe('a timer from outside', () => {
  test('has a channel, also after Stop', () => {
    const text = `
	go func() {
		<-work
	}()
	if !f.timer.Stop() {
		<-f.timer.C
	}
	<-f.timer.C`;
    expect(stuck(text, 23)).toEqual([]);
  });
});

describe('a timer of AfterFunc that is drained', () => {
  test('has no channel, also when it was reset', () => {
    const drain = `
	timer := time.AfterFunc(d, func() {})
	timer.Reset(d)
	if !timer.Stop() && timer.C != nil {
		<-timer.C
	}`;
    expect(stuck(drain, 23)).toEqual([]);
  });
});

test('a timer from outside has its channel still when it was reset', () => {
  const body = `
	var timers chan *time.Timer = unseen()
	timer := <-timers
	timer.Reset(d)
	<-timer.C`;
  expect(stuck(body, 23)).toEqual([]);
});

test('a timer of AfterFunc that is handed out runs its function once', () => {
  const body = `
	own := make(chan *time.Timer, 1)
	timer := time.AfterFunc(d, func() { (<-own).Stop() })
	own <- timer
	unseen(timer)`;
  expect(stuck(body, 23)).toEqual([]);
});
