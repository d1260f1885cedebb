import { expect, test } from 'vitest';
import { explorePackage } from '../../../src/concurrency/explore.ts';
import { loadPackage } from '../../../src/go/load.ts';

function stuck(body: string): readonly string[] {
  const text = `package p\n\nimport (\n\t"context"\n\n\t"example.com/units"\n)\n\nvar _ context.Context\n\n${body}`;
  return explorePackage(loadPackage('p', [{ path: 'p.go', text }])).leaks.flatMap((leak) =>
    leak.stuck.map(({ kind }) => kind),
  );
}

test('a variable of a type that cannot be seen starts as zero, whatever zero is', () => {
  const body = (limit: string) => `func f(items []units.Item) {
	var size units.Bytes
	for i := 0; i < len(items) && size < ${limit}; i++ {
		size += items[i].Size()
	}
	ch := make(chan int)
	go func() { ch <- 1 }()
	if size ${limit === '0' ? '!=' : '<'} ${limit} {
		<-ch
	}
}`;
  expect(stuck(body('100000'))).toEqual(['send']);
  expect(stuck(body('0').replace('!=', '=='))).toEqual([]);
});

test('a sum of many unknown numbers is one unknown number, the same each time it is asked for', () => {
  const terms = ['a', 'b', 'c', 'd', 'e', 'g', 'h'];
  const body = (second: string) => `func f(${terms.join(', ')} int) {
	ch := make(chan int)
	sum := ${terms.join(' + ')}
	if sum > 0 {
		go func() { ch <- 1 }()
	}
	if ${second} {
		<-ch
	}
}`;
  expect(stuck(body('sum > 0'))).toEqual([]);
  expect(stuck(body('a > 0'))).not.toEqual([]);
});
