import { describe, expect, it } from 'vitest';
import { explore, stuckAt } from './assembler.ts';

function repeat(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n');
}

describe('the search', () => {
  it('gives the same answer twice', () => {
    const source = `
      func main xs
        n = len xs
        c = chan
        go worker c
        go worker c
        recv c
      func worker c
        x = unknown bool
        br x one two
      one:
        send c 1
      two:
        ret`;
    const strip = (value: unknown): string =>
      JSON.stringify(value, (key, each) => (key === 'code' || key === 'entry' ? undefined : each));
    const first = explore(source, { hints: [{ list: 'any' }] });
    expect(first.leaks.length).toBeGreaterThan(0);
    expect(strip(explore(source, { hints: [{ list: 'any' }] }))).toBe(strip(first));
  });

  it('says when the states ran out, and keeps what it found', () => {
    const source = `
      func main
        d = chan
        go stuck d
        a = chan 40
        b = chan 40
        ${repeat(12, () => 'go busy a b')}
      func stuck d
        recv d
      func busy a b
        send a 1
        send b 1
        recv a
        recv b`;
    const result = explore(source, { budget: { states: 200 } });
    expect(result.exhausted).toBe('states');
    expect(result.states).toBeLessThanOrEqual(200);
    expect(stuckAt(result)).toEqual(['stuck:20 recv']);
  });

  it('ends processes that have little left to do before a loop starts more of them', () => {
    const source = `
      func main stop
      round:
        found = chan 1
        go worker found
        select recv stop leave ; recv found round
      leave:
        ret
      func worker found
        send found 1
        close found`;
    const result = explore(source, { hints: ['chan'], budget: { processes: 4 } });
    expect(result.exhausted).toBeUndefined();
    expect(result.states).toBeLessThan(20);
  });

  it('counts a loop without operations as running forever: what it holds is in use', () => {
    const source = `
      func main
        c = chan
        go worker c
      head:
        x = move c
        jump head
      func worker c
        recv c`;
    const result = explore(source);
    expect(stuckAt(result)).toEqual([]);
    expect(result.exhausted).toBe('unsupported');
    expect(stuckAt(explore(source.replace('x = move c', 'x = const 1')))).toEqual(['worker:9 recv']);
  });

  it('parks goroutines beyond its budget: what they hold is in use', () => {
    const source = `
      func main
        i = const 0
        c = chan
        never = chan
      head:
        more = bin i < 50
        br more body out
      body:
        go taker c never
        i = bin i + 1
        jump head
      out:
        go waiter c
      func taker c never
        send c 1
      func waiter c
        recv c`;
    const result = explore(source, { budget: { processes: 8 } });
    expect(result.exhausted).toBe('depth');
    expect(stuckAt(result)).toEqual([]);
  });

  it('reports goroutines started without end once', () => {
    const source = `
      func main c
      head:
        recv c
        d = chan
        go worker d
        jump head
      func worker d
        recv d`;
    const result = explore(source, { hints: ['chan'] });
    expect(stuckAt(result)).toEqual(['worker:9 recv']);
    expect(result.exhausted).toBeUndefined();
  });

  it('explores unrelated goroutines one after the other', () => {
    const source = `
      func main
        ${repeat(6, () => 'c = chan\n go one c\n go two c')}
      func one c
        send c 1
        send c 2
      func two c
        recv c
        recv c`;
    const result = explore(source);
    expect(result.exhausted).toBeUndefined();
    expect(result.leaks).toEqual([]);
    expect(result.states).toBeLessThan(50);
  });
});

describe('hostile programs', () => {
  const budget = { states: 2_000, processes: 14 };

  it('with 200 goroutines end', () => {
    const source = `
      func main
        c = chan
        ${repeat(200, () => 'go worker c')}
        recv c
      func worker c
        send c 1`;
    expect(explore(source, { budget }).transitions).toBeLessThan(50_000);
    expect(explore(source, { budget: { ...budget, processes: 256 } }).transitions).toBeLessThan(50_000);
  });

  it('with 1,000 selects and 10,000 arms end', () => {
    const selects = `
      func main a b
        ${repeat(1_000, (index) => `select recv a l${index} ; recv b l${index}\n l${index}:`)}`;
    expect(explore(selects, { hints: ['chan', 'chan'], budget }).exhausted).toBeUndefined();
    const arms = `func main a\n select ${repeat(10_000, () => 'recv a out ;').replaceAll('\n', ' ')}\n out:\n ret`;
    expect(explore(arms, { hints: ['chan'], budget }).leaks).toEqual([]);
  });

  it('with 40 unknown branches between two operations end', () => {
    const source = `
      func main a
        ${repeat(40, (index) => `x${index} = unknown bool\n br x${index} t${index} t${index}\n t${index}:`)}
        ${repeat(20, (index) => `br x${index} u${index} u${index}\n u${index}:`)}
        recv a`;
    const result = explore(source, { hints: ['chan'], budget });
    expect(result.leaks).toEqual([]);
    expect(result.transitions).toBeLessThan(5_000);
  });

  it('with mutual recursion end', () => {
    const source = `
      func main
        call even
      func even
        call odd
        call odd
      func odd
        call even
        call even`;
    expect(explore(source, { budget }).leaks).toEqual([]);
  });
});
