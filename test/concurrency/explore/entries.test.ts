import { expect, test } from 'vitest';
import { entriesOf } from '../../../src/concurrency/explore-entries.ts';
import { goPackage } from '../../go/snippets.ts';

function entries(source: string): readonly string[] {
  return entriesOf(goPackage([source])).map((decl) => decl.name.name);
}

test('words in comments and strings choose nothing', () => {
  const source = `
    func worker(c chan int) { c <- 1 }
    func start() { c := make(chan int); go worker(c) }
    func comment() int { return 1 /* we go on: c <- 1 */ }
    func text() string { return "select " + \`go worker <-\` }`;
  expect(entries(source)).toEqual(['start']);
});

test('callers of a function that starts goroutines are entries, through methods and method values', () => {
  const source = `
    type T struct{ c chan int }
    func (t *T) start() { go func() { t.c <- 1 }() }
    func direct(t *T) { t.start() }
    func value(t *T) { f := t.start; f() }
    func unrelated(start int) int { return start }`;
  expect(entries(source)).toEqual(['start', 'direct', 'value']);
});

test('a function and a method of one name are told apart', () => {
  const source = `
    type T struct{ n int }
    func (t *T) run() int { return t.n }
    func run(c chan int) { c <- 1 }
    func method(t *T) int { return t.run() }
    func function() { run(make(chan int)) }`;
  expect(entries(source)).toEqual(['function']);
});
