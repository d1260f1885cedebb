import { describe, expect, it } from 'vitest';
import { explore, kinds, stuckAt } from './assembler.ts';

const lost = `
  func main
    ctx = context
    cancel = closure cancelIt ctx
    go worker ctx
    x = unknown bool
    br x early late
  early:
    ret
  late:
    call $cancel
  func cancelIt [ctx]
    cancel ctx
  func worker ctx
    d = done ctx
    recv d`;

describe('a context', () => {
  it('whose cancel is lost leaves its waiter stuck', () => {
    expect(stuckAt(explore(lost))).toEqual(['worker:16 recv']);
    expect(kinds(lost.replace('early:', 'early:\n call $cancel'))).toEqual([]);
    expect(kinds(lost.replace('go worker', 'defer $cancel\n go worker'))).toEqual([]);
  });

  it('is cancelled by time or by its parent from outside', () => {
    expect(kinds(lost.replace('ctx = context', 'ctx = context - timer'))).toEqual([]);
    expect(
      kinds(lost.replace('func main', 'func main p').replace('ctx = context', 'ctx = context p'), {
        hints: ['context'],
      }),
    ).toEqual([]);
    const detached = lost.replace('func main', 'func main p').replace('ctx = context', 'ctx = context p detached');
    expect(kinds(detached, { hints: ['context'] })).toEqual(['recv']);
  });

  it('is quiet when the cancel function is known outside', () => {
    expect(kinds(lost.replace('go worker', 'escape cancel\n go worker'))).toEqual([]);
  });

  it('is not cancelled by who has the context only', () => {
    expect(kinds(lost.replace('go worker', 'escape ctx\n go worker'))).toEqual(['recv']);
  });

  it('cancels its children', () => {
    const source = `
      func main
        parent = context
        child = context parent
        go worker child
        cancel parent
      func worker ctx
        d = done ctx
        recv d
        e = err ctx
        bad = bin e == nil
        c = chan
        br bad stay out
      stay:
        recv c
      out:
        ret`;
    expect(kinds(source)).toEqual([]);
    expect(kinds(source.replace('cancel parent', 'cancel child'))).toEqual([]);
    expect(
      kinds(source.replace('go worker child', 'go worker parent').replace('cancel parent', 'cancel child')),
    ).toEqual(['recv']);
  });

  it('stays cancelled once it was seen cancelled', () => {
    const source = `
      func main ctx
        e = err ctx
        gone = bin e != nil
        br gone look out
      look:
        e2 = err ctx
        gone2 = bin e2 != nil
        br gone2 out bad
      bad:
        c = chan
        recv c
      out:
        ret`;
    expect(kinds(source, { hints: ['context'] })).toEqual([]);
  });

  it('has no Done channel when it is a root', () => {
    expect(kinds('func main\n n = const nil\n d = done n\n recv d')).toEqual(['nil-recv']);
  });
});
