import { describe, expect, test } from 'vitest';
import { explorePackage } from '../../../src/concurrency/explore.ts';
import { loadPackage } from '../../../src/go/load.ts';
import { weigher } from '../../../src/rules/blocked/plausibility/verdict.ts';

/** Kinds of what is stuck in a package. */
function stuck(text: string): readonly string[] {
  const pkg = loadPackage('p', [{ path: 'p.go', text: `package p\n\n${text}` }]);
  const { leaks } = explorePackage(pkg, { weigh: weigher(pkg) });
  return leaks.filter(({ weight }) => weight !== 'silent').flatMap((leak) => leak.stuck.map(({ kind }) => kind));
}

function sharded(size: string, fill: string, send: string): string {
  return `
func shard(keys []uint64, n int, work func(uint64)) {
	lanes := make([]chan uint64, ${size})
	${fill}
	for _, key := range keys {
		${send}
	}
	for i := 0; i < ${size}; i++ {
		if lanes[i] != nil {
			close(lanes[i])
		}
	}
}
`;
}

const fillAll = (size: string): string => `
	for i := 0; i < ${size}; i++ {
		lanes[i] = make(chan uint64)
		go func(lane chan uint64) {
			for key := range lane {
				work(key)
			}
		}(lanes[i])
	}`;

describe('An element at a computed index', () => {
  test('is one of those that fill the list', () => {
    expect(stuck(sharded('3', fillAll('3'), 'lanes[key%3] <- key'))).toEqual([]);
  });

  test('is one of those that fill a list of unknown length', () => {
    expect(stuck(sharded('n', fillAll('n'), 'lanes[key%uint64(n)] <- key'))).toEqual([]);
  });

  test('is not known when only some were written', () => {
    const some = 'lanes[0] = make(chan uint64, 1)';
    expect(stuck(sharded('3', some, 'if len(keys) == 1 { lanes[key%3] <- key }'))).toEqual([]);
  });

  test('is the zero value when none was written', () => {
    expect(stuck(sharded('3', '', 'lanes[key%3] <- key'))).toEqual(['nil-send']);
  });

  test('is the zero value at an index that is known not to be written', () => {
    expect(stuck(sharded('3', 'lanes[0] = make(chan uint64)', 'lanes[1] <- key'))).toEqual(['nil-send']);
  });

  test('of structs has what was stored in one of them', () => {
    const text = `
type lane struct{ jobs chan int }

func spread(n, key int) {
	lanes := make([]lane, n)
	for i := range lanes {
		lanes[i].jobs = make(chan int, 1)
	}
	lanes[key%n].jobs <- key
}
`;
    expect(stuck(text)).toEqual([]);
  });
});

describe('An element beyond the length', () => {
  test('is not read: a list of unknown length is as long as its use needs', () => {
    const text = `
func first(n int) {
	lanes := make([]chan int, n)
	for i := range lanes {
		lanes[i] = make(chan int, 1)
	}
	lanes[0] <- 1
}
`;
    expect(stuck(text)).toEqual([]);
  });
});
