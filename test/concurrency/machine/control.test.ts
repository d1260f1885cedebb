import { describe, expect, it } from 'vitest';
import type { StructShape } from '../../../src/concurrency/ir.ts';
import { explore, kinds, stuckAt } from './assembler.ts';

/** Ends stuck exactly when `bad` is reached. */
const trap = `
  bad:
    never = chan
    recv never
  out:
    ret`;

describe('symbols', () => {
  it('give the same answer to the same question', () => {
    const source = `
      func main
        x = unknown bool
        br x yes no
      yes:
        br x out bad
      no:
        y = not x
        br y out bad
      ${trap}`;
    expect(kinds(source)).toEqual([]);
  });

  it('remember comparisons with nil and constants', () => {
    const source = `
      func main
        e = unknown error
        a = bin e != nil
        br a failed fine
      failed:
        b = bin e == nil
        br b bad out
      fine:
        b = bin e == nil
        br b out bad
      ${trap}`;
    expect(kinds(source)).toEqual([]);
    const bound = `
      func main
        s = unknown string
        a = bin s == "x"
        br a is out
      is:
        b = bin s == "y"
        br b bad next
      next:
        c = bin s != "x"
        br c bad out
      ${trap}`;
    expect(kinds(bound)).toEqual([]);
  });

  it('forget what is dead, so that a loop over fresh ones ends', () => {
    const source = `
      func main c
      head:
        x = unknown bool
        br x one two
      one:
        send c 1
        jump head
      two:
        send c 2
        jump head`;
    const result = explore(source, { hints: ['chan'] });
    expect(result.exhausted).toBeUndefined();
    expect(result.states).toBeLessThan(10);
  });

  it('try both sides of a comparison with a large number', () => {
    const source = `
      func main n
        a = bin n > 1000
        br a bad out
      ${trap}`;
    expect(kinds(source, { hints: ['int'] })).toEqual(['recv']);
    expect(kinds(source, { hints: ['len'] })).toEqual(['recv']);
    expect(kinds(source.replace('n > 1000', 'n < 0'), { hints: ['len'] })).toEqual([]);
    expect(kinds(source.replace('n > 1000', 'n < 0'), { hints: ['int'] })).toEqual(['recv']);
  });

  it('keep arithmetic exact', () => {
    const source = `
      func main n
        m = bin n + 1
        a = bin m > n
        br a next bad
      next:
        k = bin m - 1
        b = bin k == n
        br b out bad
      ${trap}`;
    expect(kinds(source, { hints: ['len'] })).toEqual([]);
  });

  it('count a loop to its constant', () => {
    const source = `
      func main
        i = const 0
        c = chan 100
      head:
        more = bin i < 100
        br more body after
      body:
        send c 1
        i = bin i + 1
        jump head
      after:
        n = len c
        a = bin n == 100
        br a out bad
      ${trap}`;
    const result = explore(source);
    expect(stuckAt(result)).toEqual([]);
    expect(result.exhausted).toBeUndefined();
  });

  it('give up a counter without end instead of inventing its value', () => {
    const source = `
      func main
        i = const 0
      head:
        i = bin i + 1
        pause
        a = bin i == 5000
        br a bad head
      ${trap}`;
    const result = explore(source);
    expect(stuckAt(result)).toEqual([]);
    expect(result.exhausted).toBe('unsupported');
  });
});

describe('calls', () => {
  it('pass arguments, captures and results', () => {
    const source = `
      func main
        f = closure add 2
        call $f 3 -> five
        a = bin five == 5
        br a out bad
      ${trap}
      func add [x] y
        z = bin x + y
        ret z`;
    expect(kinds(source.replace('closure add 2', 'closure add two').replace('f = ', 'two = const 2\n f = '))).toEqual(
      [],
    );
  });

  it('find methods by the type of the receiver', () => {
    const source = `
      func main
        s = new struct:T
        call .Run s -> x
        a = bin x == 7
        br a out bad
      ${trap}
      func T.Run s
        ret 7`;
    expect(kinds(source)).toEqual([]);
  });

  it('of what cannot be seen give anything, and end recursion', () => {
    const source = `
      func main
        call unseen -> x
        a = bin x == nil
        br a out bad
      ${trap}`;
    expect(kinds(source)).toEqual(['recv']);
    const deep = explore('func main\n call main\n call main');
    expect(deep.leaks).toEqual([]);
    expect(deep.states).toBeLessThan(100);
  });

  it('tell their callers in the report', () => {
    const result = explore('func main\n call outer\nfunc outer\n call inner\nfunc inner\n c = chan\n recv c');
    expect(result.leaks[0]?.stuck[0]?.callers.map((site) => site.range.start / 1000)).toEqual([4, 2]);
  });
});

describe('defer, panic and recover', () => {
  it('run deferred calls last in, first out, with the arguments of their time', () => {
    const source = `
      func main
        n = new cell
        store n 0
        call work n
        v = load n
        a = bin v == 12
        br a out bad
      ${trap}
      func work n
        defer put n 2
        defer put n 1
      func put n d
        v = load n
        v = bin v * 10
        v = bin v + d
        store n v`;
    expect(kinds(source)).toEqual([]);
  });

  it('run deferred calls on a panic; recover goes on in the caller', () => {
    const source = `
      func main
        c = chan
        go worker c
        recv c
      func worker c
        call risky
        send c 1
      func risky
        defer guard
        panic "boom"
      func guard
        r = recover`;
    expect(kinds(source)).toEqual([]);
  });

  it('do not recover below a deferred function', () => {
    const source = `
      func main
        c = chan
        defer block c
        defer guard
        panic "boom"
      func guard
        call deeper
      func deeper
        r = recover
      func block c
        r = recover
        none = bin r == nil
        br none bad out
      ${trap}`;
    expect(kinds(source)).toEqual([]);
  });

  it('end the program on a panic nobody recovers: what waits then is no leak', () => {
    const source = `
      func main
        c = chan
        go worker c
        panic "boom"
      func worker c
        x = unknown bool
        pause
        recv c`;
    expect(explore(source.replace('panic "boom"', 'ret')).leaks).toHaveLength(1);
    expect(kinds('func main\n c = chan\n go worker c\n recv c\nfunc worker c\n panic "boom"')).toEqual([]);
  });

  it('run deferred calls on Goexit, which nobody recovers', () => {
    const source = `
      func main
        c = chan
        go worker c
        recv c
      func worker c
        defer tell c
        defer guard
        goexit
      func tell c
        send c 1
      func guard
        r = recover`;
    expect(kinds(source)).toEqual([]);
  });

  it('end everything on exit', () => {
    expect(kinds('func main\n c = chan\n go worker c\n recv c\nfunc worker c\n exit')).toEqual([]);
  });
});

const service: StructShape = {
  typeName: 'Service',
  fields: new Map([
    ['mu', { zero: { kind: 'object', object: { kind: 'mutex' } }, hint: () => 'mutex' }],
    ['jobs', { zero: { kind: 'nil' }, hint: () => 'chan' }],
    ['count', { zero: { kind: 'const', value: 0 }, hint: () => 'int' }],
  ]),
};

describe('structs, lists and maps', () => {
  const shapes = { Service: service };

  it('start at their zero values', () => {
    const source = `
      func main
        s = new struct:Service
        n = field s count
        a = bin n == 0
        br a next bad
      next:
        c = field s jobs
        recv c
      ${trap}`;
    expect(kinds(source, { shapes })).toEqual(['nil-recv']);
  });

  it('from outside keep their fields', () => {
    const source = `
      func main s
        c = field s jobs
        d = field s jobs
        a = bin c == d
        br a next bad
      next:
        recv c
        m = field s mu
        lock m
        m2 = field s mu
        unlock m2
        lock m2
      ${trap.replace('recv never', 'send never 1')}`;
    const result = explore(source, { shapes, hints: [{ struct: service }] });
    expect(stuckAt(result)).toEqual(['main:17 send']);
  });

  it('copied by value copy their locks and share their channels', () => {
    const source = `
      func main
        s = new struct:Service
        c = chan
        setfield s jobs c
        m = field s mu
        t = copy s
        lock m
        m2 = field t mu
        lock m2
        d = field t jobs
        a = bin c == d
        br a out bad
      ${trap}`;
    expect(kinds(source, { shapes })).toEqual([]);
  });

  it('hold their elements', () => {
    const source = `
      func main
        l = const nil
        c = chan 1
        l = append l c
        d = chan 1
        l = append l d
        n = len l
        a = bin n == 2
        br a next bad
      next:
        e = index l 1
        b = bin e == d
        br b out bad
      ${trap}`;
    expect(kinds(source)).toEqual([]);
  });

  it('find keys, forget deleted ones and list them', () => {
    const source = `
      func main k
        m = new map
        setindex m k 5
        v,ok = index m k
        a = bin v == 5
        br a next bad
      next:
        ks = keys m
        k0 = index ks 0
        w = index m k0
        b = bin w == 5
        br b then bad
      then:
        delete m k
        v,ok = index m k
        br ok bad out
      ${trap}`;
    expect(kinds(source, { hints: ['string'] })).toEqual([]);
  });

  it('ask whether two symbolic keys are the same', () => {
    const source = `
      func main k1 k2
        m = new map
        setindex m k1 5
        v,ok = index m k2
        same = bin k1 == k2
        br ok found missing
      found:
        br same out bad
      missing:
        br same bad out
      ${trap}`;
    expect(kinds(source, { hints: ['string', 'string'] })).toEqual([]);
  });
});
