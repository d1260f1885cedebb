/** What an analysis may take must not depend on what the process has analysed before. */
import { expect, it } from 'vitest';
import { explorePackage } from '../../src/concurrency/explore.ts';
import { loadPackage } from '../../src/go/load.ts';
import { bounded } from '../../src/work/meter.ts';

const text = `package p

import (
	"net/http"
	"os/exec"
	"sync"
)

func run(mu *sync.Mutex, req *http.Request, cmd *exec.Cmd) error {
	errs := make(chan error)
	go func() { errs <- cmd.Run() }()
	select {
	case err := <-errs:
		return err
	case <-req.Context().Done():
		return req.Context().Err()
	}
}
`;

function stepsOfARun(): number {
  const run = bounded(100_000_000, () => explorePackage(loadPackage('p', [{ path: 'p/p.go', text }])));
  if (run.kind !== 'done' || run.value.leaks.length !== 1) throw new Error('the leak was not found');
  return run.used;
}

/** Types of the facts about libraries are kept; all else, above all the parse of those facts, is nobody's or everybody's. */
const share = 0.01;

it('takes the same steps the first and the second time, but for types that are kept', () => {
  const first = stepsOfARun();
  expect(Math.abs(stepsOfARun() - first)).toBeLessThan(first * share);
});
