import { describe, expect, it } from 'vitest';
import { explorePackage } from '../../../src/concurrency/explore.ts';
import { loadPackage } from '../../../src/go/load.ts';

/** Who is stuck for sure when `consume` runs, as `kind line`: the producer starts in `lines`, `consume` ranges over it. */
function stuck(consume: string, lines = readAhead): readonly string[] {
  const text = `package p

import "iter"

type source struct{ at int }

func (s *source) next() (string, bool)
func use(string)

${lines}

${consume}
`;
  const pkg = loadPackage('p', [{ path: 'p.go', text }]);
  const only = (decl: { readonly name: { readonly name: string } }) => decl.name.name === 'consume';
  const { leaks, undecided } = explorePackage(pkg, { only });
  if (undecided.length > 0) return undecided.map(({ reason }) => reason);
  return leaks.flatMap((leak) =>
    leak.stuck.map(({ kind, site }) => {
      const at = text.slice(site.range.start, site.range.end).split('\n')[0];
      return `${leak.outsider ? 'perhaps ' : ''}${kind} ${at}`;
    }),
  );
}

const readAhead = `
func start(s *source) (chan string, func()) {
	ahead := make(chan string)
	go func() {
		defer close(ahead)
		for {
			line, ok := s.next()
			if !ok {
				return
			}
			ahead <- line
		}
	}()
	return ahead, func() { for range ahead {} }
}

func (s *source) lines() iter.Seq[string] {
	return func(yield func(string) bool) {
		ahead, _ := start(s)
		for line := range ahead {
			if !yield(line) {
				return
			}
		}
	}
}`;

const left = ['send ahead <- line'];

describe('a loop over an iterator of the package', () => {
  it('leaves the producer behind when it is left', () => {
    expect(stuck('func consume(s *source) { for range s.lines() { break } }')).toEqual(left);
    expect(stuck('func consume(s *source) string { for line := range s.lines() { return line }; return "" }')).toEqual(
      left,
    );
    expect(
      stuck(`func consume(s *source) (found string) {
	for line := range s.lines() {
		if line == "x" {
			found = line
			return
		}
	}
	return
}`),
    ).toEqual(left);
  });

  it('leaves nobody behind when it runs to the end', () => {
    expect(stuck('func consume(s *source) { for line := range s.lines() { use(line) } }')).toEqual([]);
    expect(
      stuck('func consume(s *source) { for line := range s.lines() { if line == "" { continue }; use(line) } }'),
    ).toEqual([]);
  });

  it('leaves nobody behind when the iterator drains what is left', () => {
    const draining = readAhead.replace('ahead, _ := start(s)', 'ahead, drain := start(s)\n\t\tdefer drain()');
    expect(stuck('func consume(s *source) { for range s.lines() { break } }', draining)).toEqual([]);
  });

  it('may be left for a loop or label around it', () => {
    expect(
      stuck(`func consume(s *source) {
outer:
	for i := 0; i < 2; i++ {
		for range s.lines() {
			continue outer
		}
	}
}`),
    ).toContain(left[0]);
    expect(
      stuck(`func consume(s *source) {
outer:
	for i := 0; i < 2; i++ {
		for line := range s.lines() {
			for range 3 {
				if line == "" {
					break
				}
			}
			if line == "x" {
				continue
			}
		}
		break outer
	}
}`),
    ).toEqual([]);
  });

  it('goes on with what comes behind it, once it was left', () => {
    const consume = (body: string) => `func consume(s *source) int {
	done := make(chan int)
	go func() { done <- 1 }()
	found := false
	for range s.lines() {
		found = true
	}
	${body}
}`;
    expect(stuck(consume('return <-done'))).toEqual([]);
    expect(stuck(consume('if found { return 0 }; return <-done'))).toEqual(['send done <- 1']);
  });

  it('is followed through loops in loops', () => {
    const nested = (exit: string) => `func consume(s, t *source) string {
	done := make(chan int)
	go func() { done <- 1 }()
	for range s.each() {
		for line := range t.each() {
			${exit}
		}
	}
	<-done
	return ""
}`;
    const each = `func (s *source) each() func(func(string) bool) {
	return func(yield func(string) bool) {
		for {
			line, ok := s.next()
			if !ok || !yield(line) {
				return
			}
		}
	}
}`;
    expect(stuck(nested('use(line)'), each)).toEqual([]);
    expect(stuck(nested('break'), each)).toEqual([]);
    expect(stuck(nested('return line'), each)).toEqual(['send done <- 1']);
  });

  it('runs any number of times on an iterator that is not in sight', () => {
    const unseen = 'func (s *source) lines() iter.Seq[string]';
    expect(stuck('func consume(s *source) { for range s.lines() { break } }', unseen)).toEqual([]);
  });

  it('is not followed when it defers, which the function around it has to do', () => {
    expect(
      stuck(`func consume(s *source) {
	done := make(chan int)
	go func() { done <- 1 }()
	for range s.lines() {
		defer func() { <-done }()
		return
	}
	<-done
}`),
    ).toEqual([]);
  });

  it('is followed into a method value, a variable and a generic function', () => {
    const method = readAhead
      .replace(
        'lines() iter.Seq[string] {\n\treturn func(yield func(string) bool) {',
        'lines(yield func(string) bool) {',
      )
      .replace(/\t\}\n\}$/, '}');
    expect(stuck('func consume(s *source) { go use(""); for range s.lines { break } }', method)).toEqual(left);
    expect(stuck('func consume(s *source) { seq := s.lines(); for range seq { break } }')).toEqual(left);
    const generic = readAhead.replace('func (s *source) lines() ', 'func lines[T any](s *source, _ T) ');
    expect(stuck('func consume(s *source) { for range lines(s, 1) { break } }', generic)).toEqual(left);
  });
});
