import { describe, expect, it } from 'vitest';
import { explorePackage } from '../../../src/concurrency/explore.ts';
import { loadPackage } from '../../../src/go/load.ts';

/** Kinds of what is stuck for sure in a function whose goroutines another package starts. */
function stuck(body: string): readonly string[] {
  const text = `package p

import (
	"example.com/app/async"
	"example.com/app/pool"
)

func both(one, other func() error, workers *pool.Pool) error {
${body}
}
`;
  const pkg = loadPackage('p', [{ path: 'p.go', text }]);
  const sure = explorePackage(pkg).leaks.filter((leak) => !leak.outsider);
  return sure.flatMap((leak) => leak.stuck.map(({ kind }) => kind));
}

const firstOfTwo = `
	failed := make(chan error)
	async.Go(func() { failed <- one() })
	async.Go(func() { failed <- other() })
	if err := <-failed; err != nil {
		return err
	}
	return <-failed`;

describe('a package function that is named as one that starts its argument', () => {
  it('starts it', () => {
    expect(stuck(firstOfTwo)).toContain('send');
    expect(stuck(firstOfTwo.replaceAll('async.Go(', 'async.GoSafe('))).toContain('send');
    expect(stuck(firstOfTwo.replace('make(chan error)', 'make(chan error, 2)'))).toEqual([]);
  });

  it('is not a function of another name, nor one with a result or more arguments', () => {
    expect(stuck(firstOfTwo.replaceAll('async.Go(', 'async.Later('))).toEqual([]);
    expect(stuck(firstOfTwo.replaceAll('async.Go(', '_ = async.Go('))).toEqual([]);
    expect(stuck(firstOfTwo.replaceAll('async.Go(', 'async.Go("name", '))).toEqual([]);
  });

  it('is not a method: a pool may wait for what it runs', () => {
    const body = firstOfTwo.replaceAll('async.Go(', 'workers.Go(').replace('if err', 'workers.Finish()\n\tif err');
    expect(stuck(body)).toEqual([]);
  });
});
