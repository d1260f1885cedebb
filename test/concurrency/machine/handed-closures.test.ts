import { describe, expect, it } from 'vitest';
import { kinds } from './assembler.ts';

/** `main` hands a closure over `c` to unseen code and starts a goroutine that blocks on `c`. */
function handed(closure: string, worker: string): string {
  return `
    func main
      c = chan
      f = closure callback c
      call unseen f
      go worker c
    func callback [c]
      ${closure}
    func worker c
      ${worker}`;
}

describe('a channel captured by a closure that unseen code has', () => {
  it('is not received from by who can only send', () => {
    expect(kinds(handed('send c 1', 'send c 2'))).toEqual(['send']);
    expect(kinds(handed('recv c', 'send c 2'))).toEqual([]);
  });

  it('is not sent on by who can only receive', () => {
    expect(kinds(handed('recv c', 'recv c'))).toEqual(['recv']);
    expect(kinds(handed('send c 1', 'recv c'))).toEqual([]);
  });

  it('is closed by who can only close', () => {
    expect(kinds(handed('close c', 'recv c'))).toEqual([]);
    expect(kinds(handed('close c', 'range c'))).toEqual([]);
  });

  it('is used in any way when the closure lets it go', () => {
    expect(kinds(handed('call unseen c', 'send c 2'))).toEqual([]);
    expect(kinds(handed('ret c', 'send c 2'))).toEqual([]);
    expect(kinds(handed('send c c', 'send c 2'))).toEqual([]);
    expect(kinds(handed('x = new struct:T\n setfield x f c', 'send c 2'))).toEqual([]);
  });

  it('is not used at all by a closure that only looks at it', () => {
    expect(kinds(handed('x = len c', 'send c 2'))).toEqual(['send']);
  });
});

describe('capabilities pass', () => {
  it('through a variable that is set later', () => {
    const source = (operation: string): string => `
      func main
        v = new cell
        f = closure callback v
        call unseen f
        c = chan
        store v c
        go worker c
      func callback [v]
        c = load v
        ${operation}
      func worker c
        recv c`;
    expect(kinds(source('send c 1'))).toEqual([]);
    expect(kinds(source('recv c'))).toEqual(['recv']);
  });

  it('through closures in closures and functions that are called', () => {
    const source = (operation: string): string => `
      func main
        c = chan
        f = closure callback c
        call unseen f
        go worker c
      func callback [c]
        g = closure inner c
        go $g
      func inner [c]
        call helper 1 c
      func helper x c
        ${operation}
      func worker c
        recv c`;
    expect(kinds(source('send c 1'))).toEqual([]);
    expect(kinds(source('recv c'))).toEqual(['recv']);
  });

  it('through a function that the closure calls', () => {
    const source = (operation: string): string => `
      func main
        c = chan
        g = closure inner c
        f = closure callback g
        call unseen f
        go worker c
      func callback [g]
        call $g
      func inner [c]
        ${operation}
      func worker c
        recv c`;
    expect(kinds(source('send c 1'))).toEqual([]);
    expect(kinds(source('recv c'))).toEqual(['recv']);
  });

  it('through recursion, to a fixed point', () => {
    const source = (operation: string): string => `
      func main
        c = chan
        f = closure callback c
        call unseen f
        go worker c
      func callback [c]
        call helper c
      func helper c
        ${operation}
        call other c
      func other c
        call helper c
      func worker c
        recv c`;
    expect(kinds(source('x = len c'))).toEqual(['recv']);
    expect(kinds(source('send c 1'))).toEqual([]);
    expect(kinds(source('call unseen c'))).toEqual([]);
  });
});

describe('locks and groups in closures that unseen code has', () => {
  const source = (made: string, before: string, closure: string, after: string): string => `
    func main
      o = new ${made}
      ${before}
      f = closure callback o
      call unseen f
      go worker o
    func callback [o]
      ${closure}
    func worker o
      ${after}`;

  it('a group is waited for in vain when the outside can only wait, too', () => {
    expect(kinds(source('waitgroup', 'add o 1', 'wait o', 'wait o'))).toEqual(['wait']);
    expect(kinds(source('waitgroup', 'add o 1', 'add o -1', 'wait o'))).toEqual([]);
  });

  it('a lock is opened by a closure that unlocks what it has not locked', () => {
    expect(kinds(source('mutex', 'lock o', 'lock o\n unlock o', 'lock o'))).toEqual(['lock']);
    expect(kinds(source('mutex', 'lock o', 'unlock o', 'lock o'))).toEqual([]);
  });
});
