import { describe, expect, it } from 'vitest';
import { explore, kinds, lineOf, stuckAt } from './assembler.ts';

describe('a send that nobody receives', () => {
  const leaking = `
    func main
      c = chan
      go worker c
      x = unknown bool
      br x early late
    early:
      ret
    late:
      recv c
    func worker c
      send c 1`;

  it('is found on the early return, with the branch in its path', () => {
    const result = explore(leaking);
    expect(stuckAt(result)).toEqual(['worker:12 send']);
    expect(result.exhausted).toBeUndefined();
    const [leak] = result.leaks;
    expect(leak?.trace.map((step) => step.what.kind)).toEqual(['make', 'go', 'branch', 'return', 'end', 'stuck']);
    expect(leak?.stuck[0]?.madeAt && lineOf(leak.stuck[0].madeAt)).toBe(3);
  });

  it('is quiet with room in the buffer', () => {
    expect(kinds(leaking.replace('c = chan', 'c = chan 1'))).toEqual([]);
  });

  it('is quiet when a deferred call receives', () => {
    const fixed = leaking.replace('go worker c', 'defer drain c\n go worker c').replace('recv c', 'ret');
    expect(kinds(`${fixed}\nfunc drain c\n recv c`)).toEqual([]);
  });

  it('is quiet when the channel escapes to unseen code', () => {
    expect(kinds(leaking.replace('go worker c', 'escape c\n go worker c'))).toEqual([]);
    expect(kinds(leaking.replace('go worker c', 'call unseen c\n go worker c'))).toEqual([]);
  });

  it('is quiet when the channel is stored into something that escaped before', () => {
    const stored = leaking.replace('go worker c', 's = new struct:T\n escape s\n setfield s c c\n go worker c');
    expect(kinds(stored)).toEqual([]);
  });
});

describe('a select with a timeout', () => {
  const leaking = `
    func main
      c = chan
      go worker c
      t = timer once
      select recv c got ; recv t late
    got:
      ret
    late:
      ret
    func worker c
      send c 1`;

  it('leaves the sender stuck', () => {
    const result = explore(leaking);
    expect(stuckAt(result)).toEqual(['worker:12 send']);
    expect(result.leaks[0]?.trace.some((step) => step.what.kind === 'select' && step.what.fromTimer)).toBe(true);
  });

  it('is quiet with a buffer of one', () => {
    expect(kinds(leaking.replace('c = chan', 'c = chan 1'))).toEqual([]);
  });

  it('is quiet when the timer was stopped', () => {
    expect(kinds(leaking.replace('t = timer once', 't = timer once\n stop t'))).toEqual([]);
  });
});

describe('n senders and one receive', () => {
  const leaking = (cap: string): string => `
    func main xs
      n = len xs
      c = chan ${cap}
      i = const 0
    head:
      more = bin i < n
      br more body after
    body:
      go worker c
      i = bin i + 1
      jump head
    after:
      none = bin n == 0
      br none out take
    take:
      recv c
    out:
      ret
    func worker c
      send c 1`;

  it('leaves senders stuck', () => {
    const result = explore(leaking(''), { hints: [{ list: 'any' }] });
    expect(stuckAt(result)).toEqual(['worker:21 send']);
    expect(result.leaks[0]?.trace.some((step) => step.what.kind === 'count' && step.what.value === 2)).toBe(true);
  });

  it('is quiet when the buffer has the length of the list', () => {
    expect(kinds(leaking('n'), { hints: [{ list: 'any' }] })).toEqual([]);
  });

  it('runs loops over the same operand equally often', () => {
    const drained = `
    func main xs
      n = len xs
      c = chan
      i = const 0
    head:
      more = bin i < n
      br more body after
    body:
      go worker c
      i = bin i + 1
      jump head
    after:
      j = const 0
    head2:
      n2 = len xs
      more = bin j < n2
      br more body2 out
    body2:
      recv c
      j = bin j + 1
      jump head2
    out:
      ret
    func worker c
      send c 1`;
    const result = explore(drained, { hints: [{ list: 'any' }] });
    expect(stuckAt(result)).toEqual([]);
    expect(result.exhausted).toBeUndefined();
  });
});

describe('a range over a channel', () => {
  const leaking = `
    func main
      c = chan
      go consumer c
      send c 1
      send c 2
    func consumer c
    head:
      range c -> v ok
      br ok head out
    out:
      ret`;

  it('is stuck when nobody closes', () => {
    expect(stuckAt(explore(leaking))).toEqual(['consumer:9 range']);
  });

  it('ends when the sender closes', () => {
    expect(kinds(leaking.replace('send c 2', 'send c 2\n close c'))).toEqual([]);
  });
});

describe('nil channels and empty selects', () => {
  it('block forever', () => {
    expect(kinds('func main\n c = const nil\n recv c')).toEqual(['nil-recv']);
    expect(kinds('func main\n c = const nil\n send c 1')).toEqual(['nil-send']);
    expect(kinds('func main\n select')).toEqual(['select']);
  });

  it('only switch off an arm of a select', () => {
    const source = `
      func main
        n = const nil
        c = chan 1
        send c 1
        select recv n out ; recv c out
      out:
        ret`;
    expect(kinds(source)).toEqual([]);
  });
});

describe('select', () => {
  it('takes the default only when no arm is ready', () => {
    const source = `
      func main
        c = chan 1
        send c 1
        d = chan
        select default:bad recv c good
      bad:
        recv d
      good:
        ret`;
    expect(kinds(source)).toEqual([]);
    expect(kinds(source.replace('send c 1', ''))).toEqual(['recv']);
  });

  it('tries each ready arm', () => {
    const source = `
      func main
        a = chan 1
        b = chan 1
        d = chan
        send a 1
        send b 1
        select recv a good ; recv b bad
      bad:
        recv d
      good:
        ret`;
    expect(kinds(source)).toEqual(['recv']);
  });
});

describe('closed channels', () => {
  it('panic on a send and on a second close', () => {
    expect(kinds('func main\n c = chan 1\n close c\n send c 1')).toEqual(['panic-send-closed']);
    expect(kinds('func main\n c = chan 1\n close c\n close c')).toEqual(['panic-close-closed']);
  });

  it('are quiet when the panic is recovered', () => {
    const source = `
      func main
        defer guard
        c = chan 1
        close c
        send c 1
      func guard
        x = recover`;
    expect(kinds(source)).toEqual([]);
  });

  it('yield what is left in the buffer first', () => {
    const source = `
      func main
        c = chan 2
        d = chan
        send c 7
        close c
        recv c -> v ok
        seven = bin v == 7
        br seven next bad
      next:
        recv c -> v ok
        br ok bad good
      bad:
        recv d
      good:
        ret`;
    expect(kinds(source)).toEqual([]);
  });
});

describe('channels from outside', () => {
  it('are never stuck', () => {
    expect(kinds('func main c\n recv c\n send c 1', { hints: ['chan'] })).toEqual([]);
  });

  it('may leave an inside partner stuck', () => {
    const source = `
      func main done
        c = chan
        go worker c
        select recv c out ; recv done out
      out:
        ret
      func worker c
        send c 1`;
    expect(kinds(source, { hints: ['chan'] })).toEqual(['send']);
  });

  it('do not make a close of ours a crash', () => {
    const source = `
      func main c
        recv c -> v ok
        br ok out gone
      gone:
        close c
      out:
        ret`;
    expect(kinds(source, { hints: ['chan'] })).toEqual([]);
  });
});
