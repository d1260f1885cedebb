import { expect, test } from 'vitest';
import { explorePackage } from '../../../src/concurrency/explore.ts';
import { loadPackage } from '../../../src/go/load.ts';

const imports = ['log', 'os', 'testing', 'fmt'];

function stuck(body: string): readonly string[] {
  const text = `package p\n\nimport (\n${imports.map((path) => `\t"${path}"`).join('\n')}\n)\n\n${body}`;
  return explorePackage(loadPackage('p', [{ path: 'p.go', text }])).leaks.flatMap((leak) =>
    leak.stuck.map(({ kind }) => kind),
  );
}

const start = `
func start(name string, out chan string) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	go func() { out <- string(data) }()
	return nil
}
`;

/** A caller of `start` that receives after some handling of the error. */
function receivesAfter(handling: string): string {
  return `${start}\nfunc First(name string, t *testing.T) string {\n\tout := make(chan string)\n\t${handling}\n\treturn <-out\n}\n`;
}

test.each([
  ['log.Fatal', 'if err := start(name, out); err != nil { log.Fatal(err) }'],
  ['panic', 'if err := start(name, out); err != nil { panic(err) }'],
  ['os.Exit, later', 'err := start(name, out)\nfmt.Println(name)\nif err != nil { os.Exit(1) }'],
  ['t.Fatal', 'if err := start(name, out); err != nil { t.Fatal(err) }'],
  [
    'a captured variable',
    'var err error\nprint := func() { log.Print(err) }\nerr = start(name, out)\nif err != nil { print(); log.Fatal() }',
  ],
])('who gets past a branch that ends the program knows what it asked: %s', (_, handling) => {
  expect(stuck(receivesAfter(handling))).toEqual([]);
});

test.each([
  ['what is only printed ends nothing', 'if err := start(name, out); err != nil { log.Print(err) }'],
  [
    'another error says nothing of the start',
    'start(name, out)\nif err := os.Remove(name); err != nil { log.Fatal(err) }',
  ],
  ['the other way round', 'if err := start(name, out); err == nil { log.Fatal(err) }'],
])('%s', (_, handling) => {
  expect(stuck(receivesAfter(handling))).toEqual(['recv']);
});

test('a function may end the program by what it is given', () => {
  const must = 'func must(err error) { if err != nil { log.Fatal(err) } }\n';
  const check =
    'func check(what string, err error) { if err == nil { return }; must(fmt.Errorf("%s: %w", what, err)) }\n';
  expect(stuck(must + receivesAfter('must(start(name, out))'))).toEqual([]);
  expect(stuck(must + check + receivesAfter('check("start", start(name, out))'))).toEqual([]);
  expect(stuck(must + receivesAfter('start(name, out); must(os.Remove(name))'))).toEqual(['recv']);
});

test('what was received, or kept in a field, is asked in the same way', () => {
  const received = (handling: string) => `func First(f func() error) int {
	errs := make(chan error, 1)
	done := make(chan int)
	go func() { err := f(); errs <- err; if err == nil { done <- 1 } }()
	if err := <-errs; err != nil { ${handling} }
	return <-done
}`;
  expect(stuck(received('log.Fatal(err)'))).toEqual([]);
  expect(stuck(received('log.Print(err)'))).toEqual(['recv']);
  const kept = (handling: string) => `type reader struct { err error; out chan string }
func (r *reader) start(name string) {
	data, err := os.ReadFile(name)
	if err != nil { r.err = err; return }
	go func() { r.out <- string(data) }()
}
func First(name string) string {
	r := &reader{out: make(chan string)}
	r.start(name)
	if r.err != nil { ${handling} }
	return <-r.out
}`;
  expect(stuck(kept('log.Fatal(r.err)'))).toEqual([]);
  expect(stuck(kept('log.Print(r.err)'))).toEqual(['recv']);
});
