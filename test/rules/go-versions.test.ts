/** The same code on both sides of each Go version that changes what leaks, or how a leak is repaired. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withVerifiedFixes } from '../../src/analysis/verify.ts';
import type { GoVersion } from '../../src/go/package.ts';
import { analyseSources, fixtureRoot } from './harness.ts';

function version(minor: number | undefined): GoVersion | undefined {
  return minor === undefined ? undefined : { major: 1, minor };
}

function rulesIn(text: string, minor: number | undefined): readonly string[] {
  const { pkg, result } = analyseSources([{ path: 'p.go', text }], undefined, version(minor));
  expect(pkg.files.flatMap((file) => file.broken)).toEqual([]);
  expect(result.crashes).toEqual([]);
  return result.diagnostics.map(({ rule }) => rule);
}

const sharedVariable = `package p

func first() int {
	ch := make(chan int)
	for i := 0; i < 2; i++ {
		go func() {
			if i == 0 {
				ch <- 1
			}
		}()
	}
	return <-ch
}
`;

describe('Go 1.22: each iteration has its own loop variables', () => {
  it('below, both goroutines may see the value after the loop', () => {
    expect(rulesIn(sharedVariable, 21)).toContain('unsent-receive');
  });

  it.each([22, 26, undefined])('from then on, each sees the value of its round (1.%s)', (minor) => {
    expect(rulesIn(sharedVariable, minor)).toEqual([]);
  });

  it('a build constraint lowers the version of its file, and raises it', () => {
    expect(rulesIn(`//go:build go1.21\n\n${sharedVariable}`, 24)).toContain('unsent-receive');
    expect(rulesIn(`//go:build go1.22\n\n${sharedVariable}`, 21)).toEqual([]);
  });
});

const ticker = `package p

import "time"

func poll(done func() bool) {
	t := time.NewTicker(time.Second)
	for !done() {
		<-t.C
	}
}
`;

describe('Go 1.23: timers and tickers that nobody refers to are collected', () => {
  it('below, a ticker that is not stopped stays', () => {
    expect(rulesIn(ticker, 22)).toEqual(['unstopped-ticker']);
  });

  it.each([23, undefined])('from then on it does not (1.%s)', (minor) => {
    expect(rulesIn(ticker, minor)).toEqual([]);
  });
});

/** A pool with a wait group, which does not wait for one of its goroutines. */
const untracked = readFileSync(join(fixtureRoot, 'untracked-goroutine/old-loop-variable/hub.go'), 'utf8');

/** The texts that the first fix of each finding writes. */
function fixesOf(text: string, minor: number): readonly string[] {
  const analysed = analyseSources([{ path: 'p.go', text }], undefined, version(minor));
  return analysed.result.diagnostics.flatMap((diagnostic) =>
    (withVerifiedFixes(analysed, diagnostic).fixes[0]?.files ?? []).flatMap(({ edits }) => edits.map((e) => e.newText)),
  );
}

describe('Go 1.25: a WaitGroup starts goroutines', () => {
  it('below, a fix counts by hand', () => {
    const texts = fixesOf(untracked, 24).join('\n');
    expect(texts).toContain('p.wg.Add(1)');
    expect(texts).not.toContain('p.wg.Go(');
  });

  it('from then on it calls Go', () => {
    const texts = fixesOf(untracked, 25).join('\n');
    expect(texts).toContain('p.wg.Go(');
    expect(texts).not.toContain('Add(1)');
  });

  it.each([24, 25])('what it starts is a goroutine, whatever go.mod says (1.%s)', (minor) => {
    const started = `package p

import "sync"

func one() {
	var wg sync.WaitGroup
	ch := make(chan int)
	wg.Go(func() { ch <- 1 })
	wg.Wait()
}
`;
    expect(rulesIn(started, minor)).toContain('unreceived-send');
  });
});

describe('Go 1.26: new takes a value', () => {
  const made = `package p

func first(fail bool) *int {
	ch := make(chan *int)
	go func() { ch <- new(42) }()
	if fail {
		return nil
	}
	return <-ch
}
`;

  it.each([25, 26, undefined])('the function is read and judged on either side (1.%s)', (minor) => {
    expect(rulesIn(made, minor)).toEqual(['unreceived-send']);
  });
});
