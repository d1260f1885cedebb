import { describe, expect, it } from 'vitest';
import { ownedFields } from '../../../src/concurrency/open/owned-fields.ts';
import { loadPackage } from '../../../src/go/load.ts';

const head = `package p
import "golang.org/x/sync/errgroup"
type T struct{ out chan int }
`;

/** The fields that belong to `Run`. */
function owned(source: string): readonly string[] {
  const pkg = loadPackage('p', [{ path: 'p.go', text: head + source }]);
  expect(pkg.files.flatMap((file) => file.broken)).toEqual([]);
  const run = pkg.funcDecls.find((decl) => decl.name.name === 'Run');
  return run ? [...ownedFields(pkg, run)] : [];
}

const run = (body: string) => `func (t *T) Run() { t.out = make(chan int)\n ${body}\n <-t.out }\n`;
const feed = 'func (t *T) feed() { t.out <- 1 }\n';

describe('a field belongs to the function that makes its channel', () => {
  it('when only it leads to the other users', () => {
    expect(owned(run('go t.feed()') + feed)).toEqual(['out']);
    expect(owned(`${run('go t.start()') + feed}func (t *T) start() { t.feed() }\n`)).toEqual(['out']);
    expect(owned(run('go func() { t.feed() }()') + feed)).toEqual(['out']);
    expect(owned(run('f := func() { t.feed() }\n f()') + feed)).toEqual(['out']);
    expect(owned(run('var g errgroup.Group\n g.Go(func() error { t.feed(); return nil })') + feed)).toEqual(['out']);
  });

  it('not when somebody else leads to one', () => {
    expect(owned(`${run('go t.feed()') + feed}func (t *T) Feed() { t.feed() }\n`)).toEqual([]);
    expect(owned(`${run('')}func (t *T) Feed() { t.out <- 1 }\n`)).toEqual([]);
    expect(owned(`${run('go t.feed()') + feed}var feeder = (*T).feed\n`)).toEqual([]);
  });

  it('not when a function that uses it is given away', () => {
    expect(owned(`func keep(func()) {}\n${run('keep(t.feed)')}${feed}`)).toEqual([]);
    expect(owned(`func keep(func()) {}\n${run('keep(func() { t.feed() })')}${feed}`)).toEqual([]);
    expect(owned(run('go t.feed()\n f := func() { <-t.out }\n func(g func()) { g() }(f)') + feed)).toEqual([]);
  });

  it('not when another type has a field of that name', () => {
    expect(owned(`${run('go t.feed()') + feed}type U struct{ out chan int }\n`)).toEqual([]);
  });
});
