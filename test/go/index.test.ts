import { describe, expect, test } from 'vitest';
import type { CallExpr, Node } from '../../src/go/ast.ts';
import type { Callee, GoPackage } from '../../src/go/package.ts';
import { allOf, func, goPackage, show, sourceOf } from './snippets.ts';

const imports =
  'package p\nimport (\n"context"\n"sync"\n"time"\n"os/exec"\n"golang.org/x/sync/errgroup"\n"example.com/other"\n)\n';

function describeCallee(pkg: GoPackage, callee: Callee): string {
  switch (callee.kind) {
    case 'func':
      return `func ${callee.decl.name.name}`;
    case 'method':
      return `method ${callee.decl.name.name} of ${sourceOf(pkg, callee.recv)}`;
    case 'lit':
      return `lit line ${pkg.fileOf(callee.lit).lines.lineAt(callee.lit.range.start)}`;
    case 'external':
      return `${callee.path}.${callee.name}`;
    case 'externalMethod':
      return `${callee.path}.${callee.type}.${callee.name} of ${sourceOf(pkg, callee.recv)}`;
    case 'builtin':
      return `builtin ${callee.name}`;
    case 'conversion':
      return `conversion ${show(callee.type)}`;
    case 'dynamic':
      return `dynamic ${callee.binding?.kind ?? ''}`.trim();
    default:
      return 'unknown';
  }
}

const declarations = `
type S struct { sync.Mutex; wg sync.WaitGroup; *inner; cb func(); cmd *exec.Cmd; other.Thing; i iface }
type inner struct{ n int }
func (i *inner) deep() {}
func (s *S) run() {}
type iface interface { Do(); context.Context }
type G[T any] struct{ v T }
func (g *G[T]) get() T { return g.v }
func plain() {}
func generic[T any](x T) {}
type fn func()
var global = func() {}
`;

describe('calleeOf', () => {
  test.each([
    ['plain()', 'func plain'],
    ['(plain)()', 'func plain'],
    ['generic[int](1)', 'func generic'],
    ['generic("x")', 'func generic'],
    ['s.run()', 'method run of s'],
    ['(&s).run()', 'method run of (&s)'],
    ['s.deep()', 'method deep of s'],
    ['(*S).run(&s)', 'method run of &s'],
    ['g.get()', 'method get of g'],
    ['func() {}()', 'lit line 24'],
    ['f := func() {}; f()', 'lit line 24'],
    ['var f = s.run; f()', 'method run of s'],
    ['f := plain; k := f; k()', 'func plain'],
    ['f := func() {}; if s.n > 0 { f = plain }; f()', 'dynamic var'],
    ['var f func(); f = func() { f() }; f()', 'lit line 24'],
    ['f := func() {}; h(&f); f()', 'dynamic var'],
    ['global()', 'dynamic var'],
    ['param()', 'dynamic param'],
    ['s.cb()', 'dynamic field'],
    ['s.i.Do()', 'dynamic'],
    ['s.i.Done()', 'context.Context.Done of s.i'],
    ['time.Sleep(1)', 'time.Sleep'],
    ['other.Unknown()', 'example.com/other.Unknown'],
    ['s.wg.Wait()', 'sync.WaitGroup.Wait of s.wg'],
    ['s.Lock()', 'sync.Mutex.Lock of s'],
    ['s.cmd.Wait()', 'os/exec.Cmd.Wait of s.cmd'],
    ['s.Mystery()', 'example.com/other.Thing.Mystery of s'],
    ['close(nil)', 'builtin close'],
    ['fn(nil)', 'conversion fn'],
    ['[]byte("x")', 'conversion []uint8'],
    ['(*S)(nil)', 'conversion *S'],
    ['(chan int)(nil)', 'conversion chan int'],
    ['time.Duration(3)', 'conversion time.Duration'],
    ['m["x"]()', 'dynamic'],
    ['undefined()', 'unknown'],
  ])('%s', (body, expected) => {
    const pkg = goPackage(
      `${imports}${declarations}\nfunc f(s S, param func(), g G[int], m map[string]func()) {\n${body}\n}`,
    );
    const calls = allOf(pkg, 'CallExpr').filter((call) => pkg.enclosing(call).func === func(pkg, 'f'));
    const call = calls.filter((found) => !isInside(pkg, found, calls)).at(-1);
    expect(call && describeCallee(pkg, pkg.calleeOf(call))).toBe(expected);
  });

  function isInside(pkg: GoPackage, call: CallExpr, calls: readonly CallExpr[]): boolean {
    for (let up: Node | undefined = pkg.parentOf(call); up; up = pkg.parentOf(up))
      if (calls.includes(up as CallExpr)) return true;
    return pkg.enclosing(call).inner !== undefined;
  }
});

test('callersOf finds calls, go statements, and calls through a local variable', () => {
  const pkg = goPackage([
    'type T struct{}\nfunc (t *T) run() {}\nfunc run() {}',
    'func f(t *T) {\n  go t.run()\n  run()\n  r := t.run\n  r()\n  defer func() { t.run() }()\n}',
  ]);
  const method = pkg.types.get('T')?.methods.get('run');
  expect(method && pkg.callersOf(method).map((call) => sourceOf(pkg, call))).toEqual(['t.run()', 'r()', 't.run()']);
  expect(pkg.callersOf(pkg.funcs.get('run') ?? func(pkg, '')).map((call) => sourceOf(pkg, call))).toEqual(['run()']);
  expect(method && pkg.callersOf(method, [func(pkg, 'run')])).toEqual([]);
  expect(method && pkg.callersOf(method, [func(pkg, 'f')]).length).toBe(3);
});

test('selectorsNamed looks into declarations whose text passes a test', () => {
  const pkg = goPackage(['type T struct{ n int }', 'func f(t *T) { g(&t.n) }', 'func h(t *T) int { return t.n }']);
  expect(pkg.selectorsNamed('n', /&/).map((selector) => sourceOf(pkg, selector))).toEqual(['t.n']);
  expect(pkg.selectorsNamed('n', /t/).length).toBe(2);
});

describe('goroutineStarts', () => {
  test('go statements, WaitGroup.Go, errgroup and AfterFunc', () => {
    const pkg = goPackage(`${imports}
type T struct{ wg sync.WaitGroup }
func (t *T) loop() {}
func work() error { return nil }
var _ = func() { go work() }
func f(t *T, eg *errgroup.Group, ctx context.Context) {
  go t.loop()
  t.wg.Go(t.loop)
  eg.Go(work)
  eg.TryGo(func() error { return nil })
  time.AfterFunc(time.Second, func() { go unknown() })
  context.AfterFunc(ctx, t.loop)
  other.Go(t.loop)
}`);
    expect(pkg.goroutineStarts.map((start) => `${start.kind}: ${describeCallee(pkg, start.callee)}`)).toEqual([
      'go: func work',
      'go: method loop of t',
      'waitgroup-go: method loop of t',
      'errgroup-go: func work',
      'errgroup-go: lit line 19',
      'afterfunc: lit line 20',
      'go: unknown',
      'afterfunc: method loop of t',
    ]);
    expect(pkg.goroutineStarts.map((start) => start.func?.name.name)).toEqual([
      undefined,
      'f',
      'f',
      'f',
      'f',
      'f',
      'f',
      'f',
    ]);
    expect(pkg.goroutineStarts[0]?.inner?.kind).toBe('FuncLit');
  });

  test.each([
    '{ go f() }',
    '{ x: go f() }',
    '{ switch { case true: go f() } }',
    '{\n\t/* why */ go (f)()\n}',
    '{ f(); go\tf() }',
    '{\r\n\tgo func() {}()\r\n}',
  ])('is found in %j', (body) => {
    expect(goPackage(`func f() ${body}`).goroutineStarts).toHaveLength(1);
  });

  test('a package without the words is not parsed', () => {
    const pkg = goPackage('func f() {');
    expect(pkg.goroutineStarts).toEqual([]);
  });
});

describe('fields', () => {
  const pkg = goPackage([
    `${imports}
type Server struct {
  stop, idle chan struct{}
  jobs []chan int
  wg sync.WaitGroup
  handler func(int)
  inner
}
type inner struct{ done chan int }
func New() *Server { return &Server{stop: make(chan struct{}), handler: nil} }
`,
    `package p
func (s *Server) Start() {
  s.idle = make(chan struct{})
  go s.loop()
  go func() { <-s.idle }()
}
func (s *Server) loop() {
  for { select { case <-s.stop: return; case v := <-s.jobs[0]: s.handler(v); s.jobs[1] <- v } }
}
func (s *Server) Stop() { close(s.stop); s.wg.Wait(); (s.wg).Add(1); for range s.done {}; s.done <- 1; x := s.stop; _ = x; n := Server{nil, nil}; _ = n }
`,
  ]);
  const uses = (type: string, field: string) =>
    (pkg.types.get(type)?.fields.get(field)?.uses ?? []).map(
      (use) =>
        `${use.kind}${use.method === undefined ? '' : ` ${use.method}`}${use.inGoroutine ? ' in goroutine' : ''} in ${use.func?.name.name}`,
    );

  test('operations on channels', () => {
    expect(uses('Server', 'stop')).toEqual([
      'init in New',
      'receive in goroutine in loop',
      'close in Stop',
      'read in Stop',
      'init in Stop',
    ]);
    expect(uses('Server', 'idle')).toEqual(['assign in Start', 'receive in goroutine in Start', 'init in Stop']);
    expect(uses('Server', 'jobs')).toEqual(['receive in goroutine in loop', 'send in goroutine in loop']);
  });

  test('methods of fields, calls of fields, promoted fields', () => {
    expect(uses('Server', 'wg')).toEqual(['call Wait in Stop', 'call Add in Stop']);
    expect(uses('Server', 'handler')).toEqual(['init in New', 'call in goroutine in loop']);
    expect(uses('inner', 'done')).toEqual(['range in Stop', 'send in Stop']);
    expect(uses('Server', 'inner')).toEqual([]);
  });

  test('fields keep their order, their type and whether they are embedded', () => {
    const fields = [...(pkg.types.get('Server')?.fields.values() ?? [])];
    expect(fields.map((field) => `${field.name} ${show(field.type)}${field.embedded ? ' embedded' : ''}`)).toEqual([
      'stop chan struct{}',
      'idle chan struct{}',
      'jobs []chan int',
      'wg sync.WaitGroup',
      'handler func(int)',
      'inner inner embedded',
    ]);
  });

  test('the value of an assignment or initialisation is given', () => {
    const values = pkg.types
      .get('Server')
      ?.fields.get('idle')
      ?.uses.flatMap((use) => (use.value ? [sourceOf(pkg, use.value)] : []));
    expect(values).toEqual(['make(chan struct{})', 'nil']);
  });
});

test('types, functions and methods by name', () => {
  const pkg = goPackage(
    'type T struct{}\ntype A = T\nfunc (T) m() {}\nfunc (*T) n() {}\nfunc f() {}\nfunc init() {}\nfunc init() {}\nfunc _() {}',
  );
  expect([...pkg.types.keys()]).toEqual(['T']);
  expect([...(pkg.types.get('T')?.methods.keys() ?? [])]).toEqual(['m', 'n']);
  expect([...pkg.funcs.keys()]).toEqual(['f']);
  expect(pkg.funcDecls).toHaveLength(6);
});
