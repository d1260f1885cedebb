import { describe, expect, it } from 'vitest';
import {
  bounded,
  Interrupted,
  interruptible,
  isEnding,
  unbilled,
  WorkLimit,
  work,
  workLeft,
} from '../../src/work/meter.ts';

/** Steps that are taken until something is thrown, at most `most`. */
function stepsUntilThrown(most: number): number {
  let taken = 0;
  try {
    for (; taken < most; taken += 1) work();
  } catch {
    return taken;
  }
  return taken;
}

describe('the meter', () => {
  it('gives what a part returns, and what it took', () => {
    const part = bounded(100, () => {
      work(30);
      return 'done';
    });
    expect(part).toEqual({ kind: 'done', value: 'done', used: 30 });
  });

  it('ends a part that takes more than its account, at the same step each time', () => {
    let taken = 0;
    const run = () => {
      taken = 0;
      for (;;) {
        work();
        taken += 1;
      }
    };
    expect(bounded(1000, run).kind).toBe('limit');
    const first = taken;
    expect(bounded(1000, run).kind).toBe('limit');
    expect(taken).toBe(first);
    expect(first).toBe(1000);
  });

  it('takes what an inner part needs from the outer account', () => {
    const outer = bounded(1000, () => {
      expect(bounded(100, () => work(200)).kind).toBe('limit');
      expect(workLeft()).toBe(800);
      expect(bounded(5000, () => stepsUntilThrown(5000))).toMatchObject({ kind: 'done', value: 800 });
    });
    expect(outer.kind).toBe('done');
  });

  it('goes on throwing when a part swallows the end of its account', () => {
    const part = bounded(10, () => {
      expect(() => work(11)).toThrow(WorkLimit);
      expect(() => work()).toThrow(WorkLimit);
      work();
    });
    expect(part.kind).toBe('limit');
  });

  it('is open without an account', () => {
    expect(stepsUntilThrown(100_000)).toBe(100_000);
  });

  it('lets errors of the program through and closes the account', () => {
    const before = workLeft();
    expect(() =>
      bounded(10, () => {
        throw new TypeError('mistake');
      }),
    ).toThrow(TypeError);
    expect(workLeft()).toBe(before);
  });
});

describe('work that is nobody’s', () => {
  it('takes nothing from the account around it, also when it throws', () => {
    const run = bounded(100, () => {
      unbilled(() => work(1e6));
      expect(() =>
        unbilled(() => {
          throw new TypeError('x');
        }),
      ).toThrow(TypeError);
      work(60);
    });
    expect(run).toMatchObject({ kind: 'done', used: 60 });
  });

  it('has its own accounts inside', () => {
    expect(bounded(10, () => unbilled(() => bounded(50, () => work(40)).kind))).toMatchObject({
      value: 'done',
      used: 0,
    });
  });
});

describe('a wish to stop', () => {
  it('ends work through all accounts, and is known afterwards', async () => {
    let asked = 0;
    const run = interruptible(
      () => ++asked > 3,
      async () => bounded(1e12, () => stepsUntilThrown(1e9)),
    );
    await expect(run).resolves.toMatchObject({ kind: 'done' });
    expect(asked).toBe(4);
    expect(isEnding()).toBe(false);
  });

  it('leaves some work for writing down what was found, and then ends for good', async () => {
    await interruptible(
      () => true,
      async () => {
        expect(() => work(1e5)).toThrow(Interrupted);
        expect(isEnding()).toBe(true);
        work(1e5);
        expect(() => work(1e9)).toThrow(Interrupted);
        expect(() => work(1e5)).toThrow(Interrupted);
      },
    );
  });
});
