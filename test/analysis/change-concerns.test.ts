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

const load = (text: string) => loadPackage('p', [{ path: 'p/p.go', text }]);

/** Names of the functions at head that the change from `before` concerns. */
function concerned(head: string, before = base): readonly string[] {
  const now = load(head);
  return now.funcDecls.filter(changeConcerns(load(before), now)).map((decl) => decl.name.name);
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

  it('is not who uses a local variable, or a field of another type, of the same name', () => {
    const other = `${base}\ntype T struct{ done chan bool }\nfunc (t *T) End() { close(t.done) }\n`;
    expect(concerned(other.replace('close(t.done)', 'done := t.done; println(done)'), other)).toEqual(['End']);
  });

  it('is not who uses a number that the change only reads', () => {
    const counted = `${base}\nvar limit = 3\nfunc reads() int { return limit }\nfunc more() int { return limit + 1 }\n`;
    const concernedBy = (from: string, to: string) => concerned(counted.replace(from, to), counted);
    expect(concernedBy('return limit + 1', 'return limit + 2')).toEqual(['more']);
    expect(concernedBy('return limit + 1', 'limit = 4; return 2')).toEqual(['reads', 'more']);
    expect(concernedBy('limit = 3', 'limit = 4')).toEqual(['reads', 'more']);
  });

  it('is not who has a field of the name that stands behind a package', () => {
    const imported = base.replace('package p\n', 'package p\n\nimport "time"\n');
    const clock = `${imported}\ntype clock struct{ Now func() }\nfunc tick(x unseen) { x.Now() }\nfunc ask() { println(1) }\n`;
    const concernedBy = (to: string) => concerned(clock.replace('println(1)', to), clock);
    expect(concernedBy('time.Now()')).toEqual(['ask']);
    expect(concernedBy('var x unseen; x.Now()')).toEqual(['tick', 'ask']);
    expect(concernedBy('var x unseen; x.Later()')).toEqual(['ask']);
  });

  it('is not who uses plain data that the change only reads', () => {
    const kept = `${base}\ntype row struct{ names []string; byName map[string]*row }\ntype table struct{ rows []row; done chan int }\nfunc (t *table) first() row { return t.rows[0] }\nfunc (t *table) ends() { <-t.done }\nfunc (t *table) look() { println(1) }\n`;
    const concernedBy = (to: string) => concerned(kept.replace('println(1)', to), kept);
    expect(concernedBy('for range t.rows { println(len(t.rows), t.rows[1]) }')).toEqual(['look']);
    expect(concernedBy('t.rows[0] = row{}')).toEqual(['first', 'look']);
    expect(concernedBy('t.rows = append(t.rows, row{})')).toEqual(['first', 'look']);
    expect(concernedBy('copy(t.rows, nil)')).toEqual(['first', 'look']);
    expect(concernedBy('fill(t.rows)')).toEqual(['first', 'look']);
    expect(concernedBy('println(t.done)')).toEqual(['ends', 'look']);
  });

  it('is who uses a field that came, went or changed, and not all who name its type', () => {
    expect(concerned(base.replace('done chan bool', 'done chan int'))).toEqual(['Close', 'Wait']);
    expect(concerned(base.replace('ch   chan int', 'mu sync.Mutex\n\tch   chan int'))).toEqual([]);
    expect(concerned(base.replace('ch   chan int', 'sync.Mutex\n\tch   chan int'))).toEqual([
      'Send',
      'put',
      'Close',
      'Wait',
    ]);
  });

  it('is a new function, and one that came with its caller', () => {
    expect(concerned(`${base}\nfunc fresh() { lonely() }\n`)).toEqual(['fresh']);
  });

  it('is the same on both sides', () => {
    const [old, now] = [load(base), load(base.replace('s.put(1)', 'println()'))];
    const concerns = changeConcerns(old, now);
    expect(old.funcDecls.filter(concerns).map((decl) => decl.name.name)).toEqual(['Send']);
  });
});
