import { describe, expect, it } from 'vitest';
import { ALL, effectWords } from '../../src/concurrency/effects.ts';
import { lowerPackage } from '../../src/concurrency/lower/program.ts';
import { type Summary, summaryOf } from '../../src/concurrency/summary.ts';
import { loadPackage } from '../../src/go/load.ts';

const source = `package p

import (
	"context"
	"sync"
)

type Hub struct {
	mu   sync.Mutex
	in   chan int
	quit chan struct{}
}

func send(c chan int, v int) { c <- v }

func relay(c, d chan int) { send(c, <-d) }

func stop(c chan int) { close(c) }

func even(c chan int, n int) {
	if n > 0 {
		odd(c, n-1)
	}
}

func odd(c chan int, n int) {
	c <- n
	even(c, n)
}

func keep(hubs map[string]chan int, c chan int) { hubs["x"] = c }

func start(c chan int) { go send(c, 1) }

func forever() {
	for {
	}
}

func callsForever(c chan int) {
	forever()
	close(c)
}

func add(a, b int) int { return a + b }

func wait(wg *sync.WaitGroup) { wg.Wait() }

func end(cancel context.CancelFunc) { cancel() }

func (h *Hub) Push(v int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	select {
	case h.in <- v:
	case <-h.quit:
	}
}

func (h *Hub) PushAll(vs []int) {
	for _, v := range vs {
		h.Push(v)
	}
}

func handler(c chan int) func() { return func() { c <- 1 } }
`;

const pkg = loadPackage('p', [{ path: 'p/p.go', text: source }]);
const lowered = lowerPackage(pkg);

function summary(name: string): Summary {
  const decl = pkg.funcDecls.find((one) => one.name.name === name);
  const found = decl && summaryOf(lowered.codeOf(decl));
  if (!found) throw new Error(`no summary of ${name}`);
  return found;
}

const inputs = (name: string) => summary(name).inputs.map(effectWords);
const fields = (name: string) =>
  summary(name).fields.map(({ input, field, effects }) => `${input}.${field} ${effectWords(effects).join(', ')}`);

describe('effect summaries', () => {
  it('say what is done to each parameter', () => {
    expect(inputs('send')).toEqual([['sends on'], []]);
    expect(inputs('stop')).toEqual([['closes']]);
    expect(inputs('wait')).toEqual([['waits for']]);
    expect(inputs('end')).toEqual([['calls']]);
    expect(inputs('add')).toEqual([[], []]);
  });

  it('follow values into the functions that are called and started', () => {
    expect(inputs('relay')).toEqual([['sends on'], ['receives from']]);
    expect(inputs('start')).toEqual([['sends on']]);
  });

  it('reach a fixed point where functions call each other', () => {
    expect(inputs('even')).toEqual([['sends on'], []]);
    expect(inputs('odd')).toEqual([['sends on'], []]);
    expect(summary('even').blocks).toBe(true);
  });

  it('know fields of the receiver, also through calls', () => {
    expect(fields('Push').sort()).toEqual(['0.in sends on', '0.mu locks, unlocks', '0.quit receives from']);
    expect(fields('PushAll').sort()).toEqual(fields('Push').sort());
  });

  it('take a value that is stored, or captured by what is handed out, as used in any way the other can', () => {
    expect(summary('keep').inputs[1]).toBe(ALL);
    expect(inputs('handler')).toEqual([['sends on']]);
  });

  it('say whether a function may block, start a goroutine, and come to its end', () => {
    const told = (name: string) => {
      const { blocks, starts, returns } = summary(name);
      return [blocks, starts, returns];
    };
    expect(told('add')).toEqual([false, false, true]);
    expect(told('stop')).toEqual([false, false, true]);
    expect(told('relay')).toEqual([true, false, true]);
    expect(told('start')).toEqual([false, true, true]);
    expect(told('forever')).toEqual([false, false, false]);
    expect(told('callsForever')).toEqual([false, false, false]);
  });
});
