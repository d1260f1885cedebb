import { describe, expect, it } from 'vitest';
import { concernedBy } from '../../src/analysis/affected.ts';
import { loadPackage } from '../../src/go/load.ts';

const source = `package p

type server struct {
	done chan struct{}
	log  logger
}

type logger interface{ note(text string) }

type quiet struct{}

func (quiet) note(text string) { text = trim(text) }

type loud struct{}

func (loud) note(text string) { println(text) }

func trim(text string) string { return text }

func (s *server) run() { <-s.done }

func (s *server) start() { go s.run() }

func (s *server) say() { s.log.note("x") }

func useQuiet() { (&server{log: quiet{}}).say() }

func useLoud() { var l logger = loud{}; l.note("x") }

func apply(f func()) { f() }

func passes(s *server) { apply(s.start) }

func (s *server) idle() { println(s.done == nil) }

func alone() {}

var limit = 3

func limited() bool { return limit > 1 }
`;

function concerned(change: (text: string) => string): readonly string[] | undefined {
  const load = (text: string) => loadPackage('.', [{ path: 'p.go', text }]);
  const [before, after] = [load(source), load(change(source))];
  expect(after.files[0]?.text).not.toBe(source);
  const concerns = concernedBy(before, after);
  const names = concerns && after.funcDecls.filter(concerns).map((decl) => decl.name.name);
  if (concerns) expect(before.funcDecls.filter(concerns).map((decl) => decl.name.name)).toEqual(names);
  return names;
}

const body = (name: string, text: string) => (all: string) =>
  all.replace(new RegExp(`(func (\\([^)]*\\) )?${name}\\(.*?) \\{.*\\}\\n`), `$1 { ${text} }\n`);

describe('functions that a change concerns', () => {
  it('is the function itself when nobody calls it', () => {
    expect(concerned(body('alone', 'println(1)'))).toEqual(['alone']);
  });

  it('are callers through `go`, method values and function values', () => {
    expect(concerned(body('run', 'for { <-s.done }'))).toEqual(['run', 'start', 'passes']);
    expect(concerned(body('apply', 'go f()'))).toEqual(['apply', 'passes']);
  });

  it('are callers through an interface where the type is made', () => {
    expect(concerned(body('trim', 'return text + text'))).toEqual(['note', 'trim', 'useQuiet']);
  });

  it('are the users of a field that is used otherwise now', () => {
    expect(concerned(body('idle', 'close(s.done)'))).toEqual(['run', 'start', 'passes', 'idle']);
    expect(concerned(body('idle', 's.log.note("y")'))).toContain('run');
  });

  it('are the users of a package variable that the change mentions', () => {
    expect(concerned(body('alone', 'limit = 4'))).toEqual(['alone', 'limited']);
  });

  it('are not those that use a package variable with the name of a local one', () => {
    expect(concerned(body('alone', 'limit := 4; println(limit)'))).toEqual(['alone']);
  });

  it('are all when a type or variable changes, or a function comes', () => {
    expect(concerned((text) => text.replace('limit = 3', 'limit = 4'))).toBeUndefined();
    expect(concerned((text) => text.replace('done chan struct{}', 'done chan int'))).toBeUndefined();
    expect(concerned((text) => `${text}\nfunc more() {}\n`)).toBeUndefined();
  });
});
