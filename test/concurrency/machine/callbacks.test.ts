import { describe, expect, it } from 'vitest';
import { searchCallbacks } from '../../../src/concurrency/machine/search.ts';
import { BUDGET, explore, programOf, type Setup } from './assembler.ts';

/** What is stuck inside a callback, as `kind callee when`. */
function called(source: string, setup: Setup = {}): readonly string[] {
  const { leaks } = searchCallbacks(programOf(source, setup), { ...BUDGET, ...setup.budget });
  expect(leaks.every((leak) => leak.outsider)).toBe(true);
  return leaks.flatMap((leak) =>
    leak.stuck.map((each) => `${each.kind} ${each.callback?.callee} ${each.callback?.when}`),
  );
}

/** `main` gives `callee` a closure that sends on `c`, and then does `rest`. */
function given(callee: string, rest: string, made = 'c = chan'): string {
  return `
    func main x
      ${made}
      f = closure callback c
      call ${callee} f -> token
      ${rest}
    func callback [c] v
      send c v
    func collect c q
    head:
      select recv c head ; recv q out
    out:
      ret`;
}

const timeout = 't = timer once\n select recv c got ; recv t got\n got:';

describe('a callback that is kept', () => {
  it('is stuck when nobody receives any more', () => {
    expect(called(given('OnUpdated', timeout))).toEqual(['send OnUpdated later']);
  });

  it('is no leak without the question', () => {
    const result = explore(given('OnUpdated', timeout));
    expect(result.leaks).toEqual([]);
    expect(result.handsOut).toBe(true);
  });

  it('is quiet while somebody receives, or there is room', () => {
    expect(called(given('OnUpdated', 'q = chan\n go collect c q'))).toEqual([]);
    expect(
      called(given('OnReady', 'recv c', 'c = chan 1').replace('send c v', 'select default:out send c v out\n out:')),
    ).toEqual([]);
  });

  it('is quiet when the registration ends', () => {
    expect(called(given('OnUpdated', `defer $token\n ${timeout}`, 'c = chan 1'))).toEqual([]);
    expect(called(given('OnUpdated', `defer $token\n ${timeout}`))).toEqual(['send OnUpdated later']);
    expect(called(given('OnUpdated', `${timeout}\n call Forget token`))).toEqual([]);
    expect(called(given('OnUpdated', `${timeout}\n ret token`))).toEqual([]);
  });

  it('is quiet when its registry is closed, and stuck when something else is done with it', () => {
    const source = (method: string): string =>
      given('.OnUpdated', `defer .${method} x\n ${timeout}`).replace('call .OnUpdated f', 'call .OnUpdated x f');
    expect(called(source('RemoveListener'))).toEqual([]);
    expect(called(source('Lookup'))).toEqual(['send OnUpdated later']);
  });
});

describe('a callback that is called for each of many things', () => {
  const walk = (rest: string, made?: string): string =>
    given('Walk', '', made).replace('call Walk f -> token', `q = chan\n ${rest}\n call Walk f\n close q`);

  it('is stuck when the receiver leaves early', () => {
    expect(called(walk('go one c').concat('\n func one c\n recv c'))).toEqual(['send Walk during']);
  });

  it('fills a small buffer', () => {
    expect(called(walk('', 'c = chan 3'))).toEqual(['send Walk during']);
  });

  it('is not called when the callee has returned', () => {
    expect(called(walk('go collect c q'))).toEqual([]);
  });
});

describe('a callee whose name does not tell', () => {
  it('leaves a callback stuck only if it is stuck in either way', () => {
    expect(called(given('Frob', timeout))).toEqual(['send Frob unknown']);
    expect(called(given('Frob', 'recv c'))).toEqual([]);
  });
});

describe('a callback that runs in a goroutine of its own', () => {
  it('is stuck when its starter does not wait', () => {
    expect(called(given('Submit', timeout))).toEqual(['send Submit later']);
    expect(called(given('Submit', 'recv c'))).toEqual([]);
    expect(called(given('x', timeout).replace('call x f -> token', 'go Frob f'))).toEqual(['send Frob later']);
  });
});
