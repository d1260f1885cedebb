import { describe, expect, it } from 'vitest';
import { explorePackage } from '../../../src/concurrency/explore.ts';
import { loadPackage } from '../../../src/go/load.ts';
import { weigher } from '../../../src/rules/blocked/plausibility/verdict.ts';

/** The literal of a leaking query, under a head such as `return` or `Run:`. */
const query = `func() {
  answer := make(chan int)
  go func() { answer <- ask() }()
  select {
  case <-answer:
  case <-quit:
  }
}`;

/** Number of leaks that need no outsider. */
function leaks(source: string): number {
  const text = `package p\nimport "github.com/urfave/cli/v2"\nvar quit chan int\nfunc ask() int { return cli.Ask() }\n${source}`;
  const pkg = loadPackage('p', [{ path: 'p.go', text }]);
  expect(pkg.files.flatMap((file) => file.broken)).toEqual([]);
  const { leaks } = explorePackage(pkg, { weigh: weigher(pkg) });
  return leaks.filter(({ outsider, weight }) => !outsider && weight !== 'silent').length;
}

describe('a literal that nobody in sight calls', () => {
  it('is searched when it is returned, handed on, or stored', () => {
    expect(leaks(`func f() func() { return ${query} }`)).toBe(1);
    expect(leaks(`func f() { cli.Handle("/", ${query}) }`)).toBe(1);
    expect(leaks(`type s struct{ handle func() }\nfunc f() *s { return &s{handle: ${query}} }`)).toBe(1);
    expect(leaks(`var handle = ${query}`)).toBe(1);
  });

  it('is searched at any depth', () => {
    expect(leaks(`func f() func() func() { return func() func() { return ${query} } }`)).toBe(1);
    expect(leaks(`type run func()\nfunc f() func(run) run { return func(run) run { return run(${query}) } }`)).toBe(1);
    expect(leaks(`var f = func() func() { return ${query} }`)).toBe(1);
  });

  it('is searched although somebody in sight calls it who leaves nobody waiting', () => {
    const reading = query.replace('select {', 'if wait { <-answer }\n select {').replace('func()', 'func(wait bool)');
    expect(leaks(`func F() func(bool) { return ${reading} }\nfunc g() { F()(true) }`)).toBe(1);
  });

  it('plays no part in tests', () => {
    const text = `package p\nimport "github.com/urfave/cli/v2"\nvar quit chan int\nfunc ask() int { return 1 }
      func f() { cli.Handle("/", ${query}) }`;
    const pkg = loadPackage('p', [{ path: 'p_test.go', text }]);
    expect(explorePackage(pkg, { testsOnly: true }).leaks).toEqual([]);
  });

  it('is told once when its function runs it', () => {
    expect(leaks(`func f() { run := ${query}\n run() }`)).toBe(1);
  });

  it('is as good as main when it is a command', () => {
    expect(leaks(`func f() *cli.Command { return &cli.Command{Run: ${query}} }`)).toBe(0);
    expect(leaks(`var command = &cli.Command{Action: ${query}}`)).toBe(0);
    expect(leaks(`type Command struct{ Run func() }\nvar command = &Command{Run: ${query}}`)).toBe(1);
  });

  it('remembers what it sets itself in a variable around it', () => {
    const body = `answer := make(chan int)
      on = cli.Wanted()
      if on { go func() { answer <- ask() }() }
      if on { <-answer }`;
    expect(leaks(`func f() func() { on := false\n return func() { ${body} } }`)).toBe(0);
    expect(
      leaks(`func f() func() { on := false\n return func() { ${body.replace('if on { <-', 'if !on { <-')} } }`),
    ).toBe(2);
  });

  it('is left out when a variable around it measures a buffer', () => {
    const measured = query.replace('make(chan int)', 'make(chan int, room)');
    expect(leaks(`func f(room int) func() { return ${measured} }`)).toBe(0);
    expect(leaks(`func f() func() { const room = 0\n return ${measured} }`)).toBe(1);
  });
});
