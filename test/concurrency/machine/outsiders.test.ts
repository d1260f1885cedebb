import { describe, expect, it } from 'vitest';
import type { OutsideRole } from '../../../src/concurrency/leak.ts';
import { explore, type Setup } from './assembler.ts';

function leaving(source: string, roles: readonly OutsideRole[], setup: Setup = {}): readonly string[] {
  const result = explore(source, { ...setup, budget: { ...setup.budget, outsideMayLeave: roles } });
  return result.leaks.flatMap((leak) =>
    leak.stuck.map((each) => `${each.kind}${leak.outsider ? ` if ${each.outside?.join(',')} leaves` : ''}`),
  );
}

describe('a channel that leaves by being returned', () => {
  const source = `
    func main
      c = chan
      go worker c
      ret c
    func worker c
      send c 1`;

  it("is nobody else's and therefore never stuck", () => {
    expect(leaving(source, [])).toEqual([]);
  });

  it('is stuck when the caller may stop to receive', () => {
    expect(leaving(source, ['returned'])).toEqual(['send if returned leaves']);
    expect(leaving(source, ['parameter'])).toEqual([]);
    expect(leaving(source.replace('c = chan', 'c = chan 1'), ['returned'])).toEqual([]);
  });

  it('is quiet when another handle to it is out', () => {
    expect(leaving(source.replace('ret c', 'call unseen c\n ret c'), ['returned'])).toEqual([]);
    expect(leaving(source.replace('ret c', 'call unseen c\n ret c'), ['returned', 'argument'])).toEqual([
      'send if returned,argument leaves',
    ]);
  });
});

describe('channels and contexts that come as parameters', () => {
  it('may be left by their owner', () => {
    const source = `
      func main c ctx
        go worker c ctx
      func worker c ctx
        d = done ctx
        select recv c out ; recv d out
      out:
        ret`;
    const hints = ['chan', 'context'] as const;
    expect(leaving(source, [], { hints })).toEqual([]);
    expect(leaving(source, ['parameter'], { hints })).toEqual(['select if parameter leaves']);
  });

  it('do not make the entry itself a leak', () => {
    expect(leaving('func main c\n recv c', ['parameter'], { hints: ['chan'] })).toEqual([]);
  });

  it('leave a leak that needs no outsider an error', () => {
    const source = `
      func main c
        d = chan
        go worker d
        go other c
      func worker d
        recv d
      func other c
        recv c`;
    expect(leaving(source, ['parameter'], { hints: ['chan'] })).toEqual(['recv', 'recv if parameter leaves']);
  });
});

describe('values from outside', () => {
  it('become objects for a process that has not run yet when its starter forks', () => {
    const source = `
      func main c
        d = move c
        go worker d
        x = unknown bool
        br x one two
      one:
        send c 1
      two:
        ret
      func worker d
        recv d`;
    expect(leaving(source, [], { hints: ['chan'] })).toEqual([]);
  });
});
