import { describe, expect, it } from 'vitest';
import { changeConcerns } from '../../src/analysis/change-concerns.ts';
import { loadPackage } from '../../src/go/load.ts';

const base = `package p

type S struct {
	ch   chan int
	done chan bool
}

func (s *S) Send()  { s.put(1) }
func (s *S) put(n int) { s.ch <- n }
func (s *S) Close() { close(s.done) }
func (s *S) Wait()  { <-s.done }
func lonely() int { return 1 }
func asks() int { return lonely() }
`;

/** Names of the functions at head that the change from `base` concerns. */
function concerned(head: string): readonly string[] {
  const load = (text: string) => loadPackage('p', [{ path: 'p/p.go', text }]);
  const now = load(head);
  const concerns = changeConcerns(load(base), now);
  return now.funcDecls.filter(concerns).map((decl) => decl.name.name);
}

describe('what a change concerns', () => {
  it('is nothing when only places and comments outside functions change', () => {
    expect(concerned(`// Package p.\n\n${base}`)).toEqual([]);
  });

  it('is a changed function and those that call it', () => {
    expect(concerned(base.replace('return 1', 'return 2'))).toEqual(['lonely', 'asks']);
    expect(concerned(base.replace('s.ch <- n }', 's.ch <- n + 1 }'))).toEqual(['Send', 'put']);
  });

  it('is whoever uses a field that the change uses', () => {
    expect(concerned(base.replace('close(s.done)', ''))).toEqual(['Close', 'Wait']);
  });

  it('is a new function, and one that came with its caller', () => {
    expect(concerned(`${base}\nfunc fresh() { lonely() }\n`)).toEqual(['fresh']);
  });

  it('is the same on both sides', () => {
    const load = (text: string) => loadPackage('p', [{ path: 'p/p.go', text }]);
    const [old, now] = [load(base), load(base.replace('s.put(1)', 'println()'))];
    const concerns = changeConcerns(old, now);
    expect(old.funcDecls.filter(concerns).map((decl) => decl.name.name)).toEqual(['Send']);
  });
});
