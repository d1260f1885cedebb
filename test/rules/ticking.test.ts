import { describe, expect, it } from 'vitest';
import { startPass } from '../../src/analysis/pass.ts';
import { explorePackage } from '../../src/concurrency/explore.ts';
import { loadPackage } from '../../src/go/load.ts';
import { findingsOf, reportOf } from '../../src/rules/blocked/finding.ts';

/** What is said of a package with a goroutine that a ticker keeps awake, started by `New`. */
function told(start: string): readonly string[] {
  const text = `package p

import (
	"context"
	"errors"
	"time"
)

type Keeper struct{ sweep func() }

func (k *Keeper) loop(ctx context.Context) {
	every := time.NewTicker(time.Minute)
	defer every.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-every.C:
			k.sweep()
		}
	}
}

func New(sweep func(), room int) (*Keeper, error) {
	k := &Keeper{sweep: sweep}
	${start}
	if room == 0 {
		return nil, errors.New("no room")
	}
	return k, nil
}
`;
  const pkg = loadPackage('.', [{ path: 'p.go', text }]);
  const { pass } = startPass(pkg);
  return findingsOf(pass, explorePackage(pkg).leaks).map((finding) => reportOf(finding, pass).severity ?? 'error');
}

describe('a goroutine that only time keeps awake', () => {
  it('is a question when its starter says that its context has no end', () => {
    expect(told('go k.loop(context.Background())')).toEqual(['warning']);
  });

  it('is an error when its starter lost the way to end it', () => {
    expect(told('ctx, cancel := context.WithCancel(context.Background())\n\t_ = cancel\n\tgo k.loop(ctx)')).toEqual([
      'error',
    ]);
  });
});
