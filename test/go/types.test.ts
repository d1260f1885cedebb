import { describe, expect, test } from 'vitest';
import { allOf, exprOf, goPackage, identAt, show } from './snippets.ts';

const imports =
  'package p\nimport (\n"context"\n"database/sql"\n"io"\n"net"\n"net/http"\n"os/exec"\n"sync"\n"testing"\n"time"\n"golang.org/x/sync/errgroup"\n)\n';

/** Types of the variables `a`, `b`, `c` that a function body declares; `?` for unknown. */
function variables(body: string, before = ''): string {
  const pkg = goPackage(`${imports}${before}\nfunc f() {\n${body}\n}`);
  const names = ['a', 'b', 'c'].filter((name) => allOf(pkg, 'Ident').some((ident) => ident.name === name));
  return names.map((name) => `${name} ${show(typeOfName(pkg, name))}`).join(', ');
}

function typeOfName(pkg: ReturnType<typeof goPackage>, name: string) {
  const binding = pkg.bindingOf(identAt(pkg, name));
  return binding ? pkg.typeOfBinding(binding) : ({ kind: 'unknown' } as const);
}

describe('variables', () => {
  test.each([
    ['a := make(chan int, 3)', 'a chan int'],
    ['a := make(<-chan []string)', 'a <-chan []string'],
    ['var a chan<- struct{}', 'a chan<- struct{}'],
    ['a := new(sync.Mutex)', 'a *sync.Mutex'],
    ['a := new(1.5)', 'a *float64'],
    ['a := &T{}', 'a *T'],
    ['a := []*T{{}}; b := a[0]; c := b.ch', 'a []*T, b *T, c chan T'],
    ['a := map[string]chan int{}; b, c := a["x"]', 'a map[string]chan int, b chan int, c bool'],
    ['a, b := <-make(chan T)', 'a T, b bool'],
    ['var x any; a, b := x.(*T)', 'a *T, b bool'],
    ['a, b := T{}.pair()', 'a int, b error'],
    ['a := T.pair', 'a func(T) (int, error)'],
    ['a := T{}.pair', 'a func() (int, error)'],
    ['a := func(n int, s ...string) error { return nil }', 'a func(int, []string...) (error)'],
    ['a := 5 * time.Second', 'a time.Duration'],
    ['a, b, c := 1, \'x\', "s"', 'a int, b int32, c string'],
    ['a := 1 < 2', 'a bool'],
    ['a := [...]int{1}; b := a[:]', 'a [n]int, b []int'],
    ['a := "text"[0]', 'a uint8'],
    ['a := []byte("x")', 'a []uint8'],
    ['a := append([]T(nil), T{})', 'a []T'],
    ['a := struct{ x chan int }{}; b := a.x', 'a struct{x chan int}, b chan int'],
    ['a := recover()', 'a any'],
    ['a := unknownThing()', 'a ?'],
  ])('%s', (body, types) => {
    expect(variables(body, 'type T struct{ ch chan T }\nfunc (T) pair() (int, error) { return 0, nil }')).toBe(types);
  });

  test.each([
    ['for a, b := range []string{} {}', 'a int, b string'],
    ['for a, b := range map[string]T{} {}', 'a string, b T'],
    ['for a := range make(chan T) {}', 'a T'],
    ['for a := range 10 {}', 'a int'],
    ['for a, b := range "x" {}', 'a int, b int32'],
    ['for a, b := range seq {}', 'a string, b T'],
    ['for a := range iter() {}', 'a T'],
  ])('%s', (body, types) => {
    const before =
      'type T struct{}\ntype seq2 func(yield func(string, T) bool)\nvar seq seq2\nfunc iter() func(func(T) bool) { return nil }';
    expect(variables(body, before)).toBe(types);
  });
});

describe('the standard library', () => {
  test.each([
    ['a, b := context.WithCancel(context.Background())', 'a context.Context, b context.CancelFunc'],
    ['a, b := context.WithTimeoutCause(context.TODO(), 1, nil)', 'a context.Context, b context.CancelFunc'],
    ['a, b := context.WithCancelCause(nil)', 'a context.Context, b context.CancelCauseFunc'],
    ['a := context.WithValue(nil, 1, 2); b := a.Done(); c := <-b', 'a context.Context, b <-chan struct{}, c struct{}'],
    ['a := context.WithoutCancel(nil)', 'a context.Context'],
    ['a := context.AfterFunc(nil, nil); b := a()', 'a func() (bool), b bool'],
    ['a := time.After(1)', 'a <-chan time.Time'],
    ['a := time.NewTicker(1); b := a.C', 'a *time.Ticker, b <-chan time.Time'],
    ['a := time.AfterFunc(1, nil); b := a.Stop()', 'a *time.Timer, b bool'],
    ['a := time.Now().Add(1).Sub(time.Now())', 'a time.Duration'],
    ['var a sync.WaitGroup; b := sync.OnceFunc(nil)', 'a sync.WaitGroup, b func()'],
    ['var m sync.Map; a, b := m.Load(1)', 'a any, b bool'],
    [
      'a, b := errgroup.WithContext(nil); c := a.Wait()',
      'a *golang.org/x/sync/errgroup.Group, b context.Context, c error',
    ],
    ['a := exec.CommandContext(nil, "x"); b, c := a.StdoutPipe()', 'a *os/exec.Cmd, b io.ReadCloser, c error'],
    ['a, b := http.Get("x"); c := a.Body', 'a *net/http.Response, b error, c io.ReadCloser'],
    [
      'r, _ := http.NewRequest("", "", nil); a := r.Context(); b, c := http.DefaultClient.Do(r)',
      'a context.Context, b *net/http.Response, c error',
    ],
    ['a, b := net.Listen("tcp", ""); c, _ := a.Accept()', 'a net.Listener, b error, c net.Conn'],
    ['a, b := net.Dial("tcp", "")', 'a net.Conn, b error'],
    ['a, b := io.Pipe()', 'a *io.PipeReader, b *io.PipeWriter'],
    [
      'db, _ := sql.Open("", ""); a, b := db.QueryContext(nil, ""); c, _ := db.Begin()',
      'a *database/sql.Rows, b error, c *database/sql.Tx',
    ],
    ['var t *testing.T; a := t.Context(); b := t.TempDir()', 'a context.Context, b string'],
    ['var s http.Server; a := s.Shutdown(nil); b := s.Addr', 'a error, b string'],
  ])('%s', (body, types) => {
    expect(variables(body)).toBe(types);
  });

  test('embedded types of other packages give their fields and methods', () => {
    expect(
      variables(
        'var s S; a := s.Context(); b := s.Body; c := s.TryLock()',
        'type S struct { *http.Request; sync.Mutex }',
      ),
    ).toBe('a context.Context, b io.ReadCloser, c bool');
  });
});

describe('generics', () => {
  const before =
    'type List[T any] struct { items []T; next *List[T] }\nfunc (l *List[E]) All() []E { return nil }\ntype Pair[K comparable, V any] struct { k K; v V }\n' +
    'func Map[T, U any](xs []T, f func(T) U) []U { return nil }\nfunc Zero[T any]() T { var z T; return z }\nfunc First[K comparable, V any](m map[K]V, xs ...V) (K, V) { panic(0) }';
  test.each([
    ['var a List[int]; b := a.items; c := a.next', 'a List[int], b []int, c *List[int]'],
    ['var a List[chan int]; b := a.All()', 'a List[chan int], b []chan int'],
    ['a := Map([]int{}, func(int) string { return "" })', 'a []string'],
    ['a := Zero[chan int]()', 'a chan int'],
    ['a, b := First(map[string]bool{})', 'a string, b bool'],
    ['a := Pair[string, chan int]{}; b := a.v', 'a Pair[string, chan int], b chan int'],
    ['a := Zero()', 'a ?'],
  ])('%s', (body, types) => {
    expect(variables(body, before)).toBe(types);
  });
});

describe('declarations', () => {
  test('promotion takes the shallowest member, through pointers', () => {
    const before =
      'type A struct { x int; B }\ntype B struct { x string; y chan int; *C }\ntype C struct { z error; y int }\nfunc (C) m() bool { return true }';
    expect(variables('var v A; a := v.x; b := v.y; c := v.z', before)).toBe('a int, b chan int, c error');
    expect(variables('var v *A; a := v.m()', before)).toBe('a bool');
  });

  test('recursive embedding and recursive types end', () => {
    expect(variables('var v A; a := v.q', 'type A struct { *B }\ntype B struct { *A }')).toBe('a ?');
    expect(variables('a := x', 'var x = y\nvar y = x')).toBe('a ?');
    expect(variables('var v A; a := v.q; b := v.m()', 'type A B\ntype B A')).toBe('a ?, b ?');
    expect(variables('var a T; b := *a', 'type T *T')).toBe('a T, b T');
  });

  test('interfaces give the results of their methods, embedded ones too', () => {
    expect(
      variables(
        'var v I; a := v.M(); b, c := v.Read(nil)',
        'type I interface { J; io.Reader }\ntype J interface { M() chan int }',
      ),
    ).toBe('a chan int, b int, c error');
  });

  test('aliases are the type they name; defined types keep their name', () => {
    expect(variables('var a X; b := Y(nil); c := <-b', 'type X = chan int\ntype Y chan string')).toBe(
      'a chan int, b Y, c string',
    );
  });

  test('constants of a group repeat the specification before them', () => {
    expect(variables('a := Two; b := Three', 'type K int\nconst (\nOne K = iota\nTwo\nThree\n)')).toBe('a K, b K');
  });

  test('types of the same name in two functions are kept apart', () => {
    const pkg = goPackage(
      'func f() { type t struct{ x int }; var a t; _ = a.x }\nfunc g() { type t struct{ x string }; var b t; _ = b.x }',
    );
    expect(show(pkg.typeOf(exprOf(pkg, 'a.x')))).toBe('int');
    expect(show(pkg.typeOf(exprOf(pkg, 'b.x')))).toBe('string');
    expect(pkg.typeOf(exprOf(pkg, 'a'))).not.toEqual(pkg.typeOf(exprOf(pkg, 'b')));
  });

  test('underlying goes below defined types of this and other packages', () => {
    const pkg = goPackage(
      'package p\nimport "time"\ntype T struct{}\ntype U T\ntype F func()\nvar x U\nvar y F\nvar z time.Duration\nvar w T',
    );
    const below = (name: string) => show(pkg.underlying(typeOfName(pkg, name)));
    expect([below('x'), below('y'), below('z'), below('w')]).toEqual(['struct{}', 'func()', 'int64', 'struct{}']);
  });
});

describe('constants', () => {
  test.each([
    ['1 << 10', 1024],
    ['0x10 + 0b11 + 0o7 + 017 + 1_000', 1041],
    ['"a" + `b\\n`', 'ab\\n'],
    ['"\\u00e9\\t"', 'é\t'],
    ["'a' + 1", 98],
    ['!(1 > 2) && true', true],
    ['7 / 2', 3],
    ['size * 2', 8],
    ['third', 12],
    ['int64(size)', 4],
    ['-size % 3', -1],
    ['time.Second', 1e9],
    ['1 / 0', undefined],
    ['variable', undefined],
    ['9223372036854775807', undefined],
  ])('%s', (source, value) => {
    const pkg = goPackage(
      `package p\nimport "time"\nconst size = 4\nconst (\nfirst = (iota + 1) * size\nsecond\nthird\n)\nvar variable = 1\nvar x = ${source}`,
    );
    const spec = allOf(pkg, 'ValueSpec').find((found) => found.names[0]?.name === 'x');
    expect(spec?.values[0] && pkg.constantOf(spec.values[0])).toBe(value);
  });
});

test('a chain of many variables is answered without a stack overflow', () => {
  const chain = Array.from({ length: 5000 }, (_, i) => `var v${i + 1} = v${i}`).join('\n');
  const pkg = goPackage(`var v0 = 1\n${chain}\nfunc f() { x := v5000; _ = x }`);
  expect(['?', 'int']).toContain(show(typeOfName(pkg, 'x')));
  expect(show(typeOfName(pkg, 'v1'))).toBe('int');
});
