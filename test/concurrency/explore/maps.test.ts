import { expect, test } from 'vitest';
import { explorePackage } from '../../../src/concurrency/explore.ts';
import { loadPackage } from '../../../src/go/load.ts';

/** Kinds of what is stuck when every guest of a party is sent home, in a body that may delete entries of maps. */
function stuck(body: string): readonly string[] {
  const text = `package p

import "sync"

type party struct{ guests, gone map[int]string }

func (p *party) end() {
	var group sync.WaitGroup
	group.Add(len(p.guests))
	for id := range p.guests {
		${body}
	}
	group.Wait()
}
`;
  const pkg = loadPackage('p', [{ path: 'p.go', text }]);
  return explorePackage(pkg).leaks.flatMap((leak) => leak.stuck.map(({ kind }) => kind));
}

test('a loop visits every entry of a map from outside, also when its body deletes some', () => {
  expect(stuck('go func() {\n delete(p.gone, id)\n group.Done()\n }()')).toEqual([]);
  expect(stuck('delete(p.gone, id)\n go group.Done()')).toEqual([]);
  expect(stuck('if id > 0 {\n delete(p.gone, id)\n go group.Done()\n }')).toEqual(['wait']);
});
