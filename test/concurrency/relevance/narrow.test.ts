/** A function that calls more than a search can run is still decided where it is about what it makes itself. */
import { describe, expect, test } from 'vitest';
import { explorePackage } from '../../../src/concurrency/explore.ts';
import { lowerPackage } from '../../../src/concurrency/lower/program.ts';
import { narrowEntry } from '../../../src/concurrency/relevance/narrow.ts';
import type { Slice } from '../../../src/concurrency/relevance/slice.ts';
import { loadPackage } from '../../../src/go/load.ts';
import { opsOf } from './sources.ts';

/** Statements that ask many questions whose answers stay remembered. */
const questions = Array.from({ length: 14 }, (_, at) => `if s.f${at} { s.n${at}++; <-s.gate }`).join('\n');
const fields = Array.from({ length: 14 }, (_, at) => `f${at} bool; n${at} int`).join('\n');

const large = `
type store struct {
	gate chan int
	${fields}
}

func (s *store) save(name string) error {
	busy := make(chan int)
	go func() { busy <- 1 }()
	<-busy
	${questions}
	if s.f3 && s.n4 > s.n5 { return errors.New(name) }
	return nil
}
`;

const header = 'package p\nimport (\n"context"\n"errors"\n"log"\n)\nvar _ = errors.New\nvar _ = log.Fatal\n';

function narrow(text: string, name: string): Slice | undefined {
  const pkg = loadPackage('p', [{ path: 'p/p.go', text: header + text }]);
  const lowering = lowerPackage(pkg);
  const decl = pkg.funcDecls.find((each) => each.name.name === name);
  if (!decl) throw new Error(`no function ${name}`);
  return narrowEntry(
    lowering.codeOf(decl),
    lowering.hintsOf(decl),
    (type, method) => lowering.method(type, method),
    'made',
  );
}

function leaks(text: string): readonly string[] {
  const pkg = loadPackage('p', [{ path: 'p/p.go', text: header + text }]);
  const budget = { states: 300, instructions: 3_000 };
  return explorePackage(pkg, { budget }).leaks.map((leak) => `${leak.entry.name}: ${leak.stuck[0]?.kind}`);
}

const leaking = `
func serve(ctx context.Context, s *store) error {
	done := make(chan error)
	go func() {
		for {
			if err := s.save("x"); err != nil {
				done <- err
				return
			}
		}
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}
`;

describe('a narrow search', () => {
  test('finds who is stuck at what the function made', () => {
    expect(leaks(large + leaking)).toContain('serve: send');
    expect(leaks(large + leaking.replace('make(chan error)', 'make(chan error, 1)'))).not.toContain('serve: send');
  });

  test('leaves out calls that keep to themselves', () => {
    const slice = narrow(large + leaking, 'serve');
    expect(slice?.relevant).toBe(true);
    expect(slice && opsOf(slice).filter((op) => op === 'makeChan')).toHaveLength(1);
  });

  test('sees the functions that are given what it made, in fields, too', () => {
    const text = `${large}
type job struct{ reply chan int }
func (s *store) run(j job) { s.save("y"); ${'_ = s.n1;'.repeat(30)} j.reply <- 1 }
func ask(s *store) { j := job{reply: make(chan int)}; go s.run(j) }`;
    const slice = narrow(text, 'ask');
    expect(slice && opsOf(slice)).toContain('send');
  });

  test('knows of calls that never return', () => {
    const text = `${large}
func die(s *store, err error) { ${'_ = s.n1;'.repeat(30)} if s.f1 { log.Fatal(err) }; log.Fatalf("no: %v", err) }
func use(s *store) {
	ch := make(chan int)
	go func() { ch <- 1 }()
	if err := s.save("z"); err != nil { die(s, err) } else { <-ch }
}`;
    expect(leaks(text).filter((each) => each.startsWith('use'))).toEqual([]);
  });
});
